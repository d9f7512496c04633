"""Exports in the hands of pandas, Hugging Face `datasets`, seqeval and a reader of MLTable: every value is there."""

import asyncio
import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from services.contracts.exports import ExportFormat, ExportJob, JobState
from services.contracts.items import Media, MediaFormat
from services.contracts.projects import Project, TaskType
from tests.export.world import World, project
from tests.queue.drawings import box, span

pytestmark = [
    pytest.mark.asyncio(loop_scope="package"),
    # Of the libraries themselves.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

PICTURE = Media(format=MediaFormat.PNG, width=64, height=48)
BOXES = [box("a", 8, 12, 40, 36, label="l1"), box("b", 0.25, 0, 64, 47.5)]
TEXTS = ["Zoë met Tom in New York.", "Nobody was there.", "犬 and 🐈!"]
SPANS = [[span("a", 0, 3), span("b", 8, 11), span("c", 15, 23, label="l1")], [], [span("d", 0, 1)]]


async def exported(world: World, of: Project, format_: ExportFormat, **wishes: object) -> ExportJob:
    job = await world.ended(await world.request(of.id, format_, **wishes))
    assert (job.state, job.error) == (JobState.SUCCEEDED, "")
    return job


async def boxes(world: World) -> Project:
    """Two pictures: one with boxes, one without."""
    of = project("Cat", "Dog", task=TaskType.IMAGE_BOX)
    await world.publish(of, of.id)
    keys = [f"{of.id}/{number}.png" for number in range(2)]
    file = io.BytesIO()
    Image.new("RGB", (64, 48)).save(file, "PNG")
    for key in keys:
        world.put("pictures", key, file.getvalue())
    await world.draw(of, await world.discover(of.id, keys, PICTURE), lambda number: [] if number else BOXES)
    return of


async def entities(world: World) -> Project:
    of = project("Person", "Place", task=TaskType.TEXT_ENTITIES)
    await world.publish(of, of.id)
    keys = [f"{of.id}/{number}.txt" for number in range(len(TEXTS))]
    for key, text in zip(keys, TEXTS, strict=True):
        world.put("pictures", key, text.encode())
    found = await world.discover(of.id, keys, Media(format=MediaFormat.TEXT, chars=30))
    await world.draw(of, found, lambda number: SPANS[number])
    return of


def load(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Rows of the data set in the folder."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    from datasets import load_dataset  # noqa: PLC0415 - slow to import

    return [dict(row) for row in load_dataset(str(folder), split="train", cache_dir=str(folder / "cache"))]


@pytest.mark.parametrize("images", [False, True])
async def test_datasets_has_boxes(
    world: World,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    images: bool,  # noqa: FBT001 - a parameter
) -> None:
    of = await boxes(world)
    world.zip(await exported(world, of, ExportFormat.HUGGINGFACE, images=images)).extractall(tmp_path)
    rows = await asyncio.to_thread(load, tmp_path, monkeypatch)
    found = sorted((row["objects"]["bbox"], row["objects"]["categories"], row["width"]) for row in rows)
    assert found == [([], [], 64), ([[8, 12, 32, 24], [0.25, 0, 63.75, 47.5]], ["Dog", "Cat"], 64)]
    if images:
        assert {row["image"].size for row in rows} == {(64, 48)}
    else:
        assert {row["image_url"].rpartition("/")[2] for row in rows} == {"0.png", "1.png"}


async def test_datasets_has_entities(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    of = await entities(world)
    world.zip(await exported(world, of, ExportFormat.HUGGINGFACE)).extractall(tmp_path)
    rows = await asyncio.to_thread(load, tmp_path, monkeypatch)
    found = {
        row["text"]: [(row["text"][one["start"] : one["end"]], one["label"]) for one in row["entities"]] for row in rows
    }
    assert found == {
        TEXTS[0]: [("Zoë", "Person"), ("Tom", "Person"), ("New York", "Place")],
        TEXTS[1]: [],
        TEXTS[2]: [("犬", "Person")],
    }


async def test_seqeval_finds_each_entity(world: World) -> None:
    from seqeval.metrics import classification_report, f1_score  # noqa: PLC0415 - slow to import

    of = await entities(world)
    data = world.file(await exported(world, of, ExportFormat.CONLL)).decode()
    assert data.endswith("\n\n")
    assert "\n\n\n" not in data
    texts = [[line.split(" ") for line in text.splitlines()] for text in data.split("\n\n") if text]
    assert {len(line) for text in texts for line in text} == {2}
    tags = [[tag for _, tag in text] for text in texts]
    report = classification_report(tags, tags, output_dict=True)
    assert (report["Person"]["support"], report["Place"]["support"], f1_score(tags, tags)) == (3, 1, 1.0)


async def test_pandas_reads_rows_as_they_are(world: World) -> None:
    import pandas as pd  # noqa: PLC0415 - slow to import

    of = await boxes(world)
    lines = pd.read_json(io.BytesIO(world.file(await exported(world, of, ExportFormat.JSONL))), lines=True)
    assert list(lines.columns) == ["image_url", "image_details", "label", "label_confidence"]
    assert sorted(map(len, lines["label"])) == [0, 2]
    cells = pd.read_csv(io.BytesIO(world.file(await exported(world, of, ExportFormat.CSV))))
    assert list(cells.columns) == ["Url", "Label", "LabelConfidence"]
    assert sorted(cells["Url"]) == sorted(lines["image_url"])
