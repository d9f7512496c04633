"""Checks of imports by a real process: kill -9 in the middle, large files, what stands in chunks and reports."""

import asyncio
import json
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import pytest

from services.contracts import ids
from services.contracts.import_lines import ImportLine, chunk_key
from services.contracts.imports import ImportFormat, ImportJob, ImportMode, ImportRequested, ImportState
from services.contracts.labels import Label, LabelSet
from services.contracts.projects import DataSource, Project, TaskType
from services.ingest.settings import IngestSettings
from services.kit import clock
from tests.ingest.harness import Ingest, World, world_of
from tests.ingest.reading import zipped

LABELS = [LabelSet(id="main", labels=[Label(id="l0", name="cat"), Label(id="l1", name="dog")])]
MB = 1_000_000


async def scanned(world: World, prefix: str, files: int, task: TaskType = TaskType.IMAGE_MULTI_CLASS) -> Project:
    """A project over so many pictures that are all known."""
    world.put_all([f"{prefix}/{number:04d}.png" for number in range(files)])
    source = DataSource(datastore=world.settings.bucket, prefix=prefix)
    project = await world.new_project(source, task_type=task, label_sets=LABELS)
    await world.ended(project.id)
    return project


async def requested(world: World, project: Project, key: str, format_: ImportFormat = ImportFormat.JSONL) -> ImportJob:
    """An import of an object of the default bucket."""
    job = ImportJob(
        id=ids.new_id("i"),
        project=project.id,
        version=1,
        format=format_,
        mode=ImportMode.LABELS,
        state=ImportState.REQUESTED,
        datastore=world.settings.bucket,
        key=key,
        requested_by="u1",
        requested_at=clock.now(),
    )
    await world.publish(ImportRequested(job=job), job.id)
    return job


async def ended(world: World, job: ImportJob, seconds: float = 60) -> ImportJob:
    """The import when its check is over."""
    over = (ImportState.COUNTING, ImportState.CHECKED, ImportState.FAILED, ImportState.CANCELED)
    found: list[ImportJob] = await world.until(
        lambda: [one for one in world.imports(job.id) if one.state in over], seconds
    )
    return found[-1]


def lines_of(world: World, job: ImportJob) -> list[ImportLine]:
    """What stands in the chunks of an import."""
    keys = [chunk_key(job.project, job.id, number) for number in range(job.chunks)]
    texts = [world.s3.get_object(world.settings.bucket, key).data for key in keys]
    return [ImportLine.model_validate_json(row) for text in texts for row in text.splitlines()]


class TestCrash:
    @pytest.mark.timeout(600)
    @pytest.mark.parametrize(("rows", "kills"), [(6_000, 1), pytest.param(200_000, 10, marks=pytest.mark.proof)])
    async def test_a_check_begins_anew_and_says_the_same(
        self, own_settings: IngestSettings, start: Callable[..., Ingest], prefix: str, rows: int, kills: int
    ) -> None:
        chance = random.Random(rows)
        quick = {"LABELBUS_INGEST_LEASE_MS": "1000"}
        process = start(own_settings, **quick).wait_ready()
        async with world_of(own_settings) as world:
            project = await scanned(world, prefix, 20)
            names = [f"{place:04d}.png" if place < 20 else f"other/{place}.png" for place in range(rows)]
            chance.shuffle(names)
            file = "\n".join(json.dumps({"image_url": name, "label": "cat"}) for name in names)
            world.put(f"{prefix}/labels.jsonl", file.encode())
            job = await requested(world, project, f"{prefix}/labels.jsonl")
            for number in range(kills):
                await world.until(partial(_more_than, world, job, number))
                process.kill9()
                process = start(own_settings, **quick)
            done = await ended(world, job, 120)
            assert (done.state, done.total, done.matched, done.unmatched) == (ImportState.COUNTING, rows, 20, rows - 20)
            wanted = {ids.item_id(project.id, f"{prefix}/{place:04d}.png"): 1 for place in range(20)}
            assert Counter(line.item for line in lines_of(world, done)) == wanted
            report = world.s3.get_object(own_settings.bucket, done.report_key).data.splitlines()
            results = Counter(json.loads(line)["result"] for line in report)
            assert results == {"matched": 20, "unmatched": rows - 20, "problem": rows - 20}
            await world.until(partial(_swept, job))
            versions = [one.version for one in world.imports(job.id)]
            assert sorted(set(versions)) == list(range(2, max(versions) + 1))


class TestFiles:
    @pytest.mark.parametrize(
        ("format_", "data", "said"),
        [
            (ImportFormat.COCO, b'{"images": [{"id": 1, "file_name": "a.png"', "ends too early"),
            (ImportFormat.COCO, b"%PDF-1.7", "no JSON"),
            (ImportFormat.COCO, b"[" * 50_000, "levels deep"),
            (ImportFormat.VOC, b"no zip", "no zip file"),
            (ImportFormat.YOLO, b"", "no zip file"),
            (ImportFormat.CVAT, b"<annotations><image", "broken"),
        ],
        ids=["truncated", "pdf", "deep", "voc", "empty", "cvat"],
    )
    async def test_what_can_not_be_read_fails_with_a_sentence(
        self, world: World, prefix: str, format_: ImportFormat, data: bytes, said: str
    ) -> None:
        project = await scanned(world, prefix, 1)
        world.put(f"{prefix}/labels", data)
        done = await ended(world, await requested(world, project, f"{prefix}/labels", format_))
        assert done.state is ImportState.FAILED
        assert said in done.error

    async def test_what_holds_nothing_is_called_empty(self, ingest: Ingest) -> None:
        async with ingest.client() as client:
            for data, what in ((b"", "file is empty"), (zipped({}), "zip file holds no file")):
                found = await client.put("/internal/projects/p/import-files", params={"name": "a.zip"}, content=data)
                assert (found.status_code, found.json()["code"]) == (422, "file_empty")
                assert what in found.json()["detail"]

    async def test_a_file_that_is_gone_and_a_kind_that_is_wrong(self, world: World, prefix: str) -> None:
        project = await scanned(world, prefix, 1)
        gone = await ended(world, await requested(world, project, f"{prefix}/nothing"))
        assert (gone.state, "There is no file" in gone.error) == (ImportState.FAILED, True)
        row = {"image_url": "0000.png", "label": [{"label": "cat", "topX": 0, "topY": 0, "bottomX": 0.5, "bottomY": 1}]}
        world.put(f"{prefix}/boxes.jsonl", json.dumps(row).encode())
        wrong = await ended(world, await requested(world, project, f"{prefix}/boxes.jsonl"))
        assert wrong.state is ImportState.FAILED
        assert wrong.error == (
            "The labels of the file are of another kind. It is a box; the project takes: label of the whole item."
        )

    @pytest.mark.proof
    @pytest.mark.timeout(3_600)
    @pytest.mark.parametrize(("size", "points"), [(200 * MB, 0), (5_000 * MB, 250)], ids=["200 MB", "5 GB"])
    async def test_a_large_file_needs_no_more_memory_than_a_small_one(
        self, own_settings: IngestSettings, start: Callable[..., Ingest], prefix: str, size: int, points: int
    ) -> None:
        process = start(own_settings).wait_ready()
        async with world_of(own_settings) as world:
            project = await scanned(world, prefix, 20, TaskType.IMAGE_BOX)
            with tempfile.NamedTemporaryFile() as file:
                written = _written(Path(file.name), size, points)
                world.s3.fput_object(own_settings.bucket, f"{prefix}/large.json", file.name)
            before = peak = _memory(process)
            job = await requested(world, project, f"{prefix}/large.json", ImportFormat.COCO)
            async with asyncio.timeout(3_000):
                while not [one for one in world.imports(job.id) if one.state is not ImportState.CHECKING]:
                    await world.poll()
                    peak = max(peak, _memory(process))
            done = world.imports(job.id)[-1]
            assert (done.state, done.matched) == (ImportState.COUNTING, 20)
            assert written > size
            assert peak - before < 150 * MB


def _swept(job: ImportJob) -> bool:
    """Whether neither the killed process nor its successor has left anything on disk."""
    return not list(Path(tempfile.gettempdir()).glob(f"labelbus-import-{job.id}-*"))


def _more_than(world: World, job: ImportJob, least: int) -> bool:
    return len(world.imports(job.id)) > least


def _memory(process: Ingest) -> int:
    return int(psutil.Process(process.pid).memory_info().rss)


def _written(path: Path, least: int, points: int) -> int:
    """COCO with annotations before the pictures that they are of, and an outline of so many points around each box."""
    chance = random.Random(5)
    drawn = [[[round(chance.random() * 10, 3) for _ in range(2 * points)]] if points else [] for _ in range(100)]
    outlines = [json.dumps(one) for one in drawn]

    def pieces() -> Iterator[str]:
        yield '{"annotations": ['
        size = number = 0
        while size < least:
            box = [round(chance.random() * 10, 3) for _ in range(4)]
            one: dict[str, Any] = {"id": number, "image_id": number % 400_000, "category_id": 1, "bbox": box}
            text = f'{"," if number else ""}{json.dumps(one)[:-1]}, "segmentation": {chance.choice(outlines)}}}'
            number, size = number + 1, size + len(text)
            yield text
        yield '], "images": ['
        names = (f"{number:04d}.png" if number < 20 else f"x/{number}.png" for number in range(400_000))
        yield ",".join(json.dumps({"id": number, "file_name": name}) for number, name in enumerate(names))
        yield '], "categories": [{"id": 1, "name": "cat"}]}'

    with path.open("w") as file:
        file.writelines(pieces())
    return path.stat().st_size
