"""CSV as pandas and the standard library read it, with cells that would break what is careless."""

import csv
import io
import json

import pytest

from services.contracts.exports import ExportFormat, JobState
from services.contracts.items import Media, MediaFormat
from services.contracts.projects import TaskType
from tests.export.world import World, project
from tests.queue.drawings import box

pytestmark = pytest.mark.asyncio(loop_scope="package")

PICTURE = Media(format=MediaFormat.PNG, width=640, height=480)


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline=""), strict=True))


async def test_whole_items(world: World) -> None:
    for multi, expected in ((False, ["Dog", "1.0"]), (True, ['["Dog","Cat"]', "[1.0,1.0]"])):
        of = project("Cat", "Dog", multi=multi)
        await world.publish(of, of.id)
        await world.label(await world.discover(of.id, ['a,"b".png']), lambda _: ["l1", "l0"][: 1 + multi])  # noqa: B023 - called at once
        job = await world.ended(await world.request(of.id, ExportFormat.CSV))
        assert job.key.endswith(".csv")
        assert read(world.file(job)) == [
            ["Url", "Label", "LabelConfidence"],
            ['AmlDatastore://pictures/a,"b".png', *expected],
        ]


async def test_boxes_are_json(world: World) -> None:
    of = project("Cat", task=TaskType.IMAGE_BOX)
    await world.publish(of, of.id)
    await world.draw(of, await world.discover(of.id, ["a.png"], PICTURE), lambda _: [box("r", 0, 0, 320, 120)])
    (_, (_, label, confidence)) = read(world.file(await world.ended(await world.request(of.id, ExportFormat.CSV))))
    corners = {"topX": 0, "topY": 0, "bottomX": 0.5, "bottomY": 0.25}
    assert json.loads(label) == [{"label": "Cat", **corners, "isCrowd": 0}]
    assert confidence == "[1.0]"


async def test_rows_of_tables_keep_their_columns(world: World) -> None:
    """Of two tables with different columns, one of which already has a column Label."""
    of = project("Cat", "Dog", task=TaskType.TEXT_MULTI_CLASS)
    await world.publish(of, of.id)
    tables = {
        "a.csv": [{"id": "1", "text": "line one\nline two", "Label": "old"}, {"id": "2", "text": "=1+1", "Label": ""}],
        "b.csv": [{"text": "ä☃", "more": " "}],
    }
    for table, cells in tables.items():
        await world.table(of.id, table, cells)
    for escape in (False, True):
        job = await world.ended(await world.request(of.id, ExportFormat.CSV, escape_formulas=escape))
        assert (job.state, job.rows, job.error) == (JobState.SUCCEEDED, 3, "")
        header, *found = read(world.file(job))
        assert sorted(header[:4]) == ["Label", "id", "more", "text"]
        assert header[4:] == ["Label_", "LabelConfidence"]
        by_text = {row[header.index("text")]: row for row in found}
        sum_ = "'=1+1" if escape else "=1+1"
        assert sorted(by_text) == sorted(["line one\nline two", sum_, "ä☃"])
        assert {by_text[text][header.index("id")] for text in by_text} == {"1", "2", ""}
        assert {row[4] for row in found} == {"Cat"}
