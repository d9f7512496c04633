"""Exports of some items: by label, labeler, approval, time, and since an earlier export; as of their moment too."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.contracts.exports import ExportFilter, ExportFormat, JobState
from services.contracts.items import Media, MediaFormat
from services.contracts.projects import TaskType
from services.kit import clock
from services.kit.admission import Admission
from services.kit.store import Document
from tests.export.world import World, project
from tests.queue.drawings import box, mask, painted

pytestmark = pytest.mark.asyncio(loop_scope="package")

PICTURE = Media(format=MediaFormat.PNG, width=90, height=60)


async def keys(world: World, of: str, **wishes: object) -> list[str]:
    job = await world.ended(await world.request(of, ExportFormat.JSONL, **wishes))
    assert job.state is JobState.SUCCEEDED
    assert job.total == job.rows
    return sorted(row["image_url"].rpartition("/")[2] for row in world.rows(job))


async def test_each_filter_and_all_together(world: World) -> None:
    pets = project("Cat", "Dog", multi=True)
    await world.publish(pets, pets.id)
    items = await world.discover(pets.id, ["cat", "both", "dog", "approved", "old"])
    chosen = [["l0"], ["l0", "l1"], ["l1"], ["l0"], ["l0"]]
    labeled = await world.label(items, lambda number: chosen[number])
    await world.change(labeled[1], {"label.by": "ann"})
    await world.change(labeled[3], {"label.approved": {"by": "ben", "at": 1}})
    await world.change(labeled[4], {"label.at": labeled[4]["label"]["at"] - 60_000})
    at = clock.from_ms(labeled[0]["label"]["at"])
    for wanted, expected in (
        ({"labels": ["l1"]}, ["both", "dog"]),
        ({"labels": ["l1", "l0"]}, ["approved", "both", "cat", "dog", "old"]),
        ({"labelers": ["ann"]}, ["both"]),
        ({"labelers": ["nobody"]}, []),
        ({"approved": True}, ["approved"]),
        ({"approved": False}, ["both", "cat", "dog", "old"]),
        ({"labeled_to": at}, ["old"]),
        ({"labeled_from": at}, ["approved", "both", "cat", "dog"]),
        ({"labels": ["l0"], "labeled_from": at, "approved": False, "labelers": ["u1"]}, ["cat"]),
    ):
        assert await keys(world, pets.id, filter=ExportFilter(**wanted)) == expected, wanted


async def test_labels_of_regions_wherever_they_lie(world: World) -> None:
    of = project("Cat", "Dog", task=TaskType.IMAGE_MASK)
    await world.publish(of, of.id)
    cat, dog = mask("a", painted(60, 90, (0, 0, 5, 5))), mask("b", painted(60, 90, (9, 9, 20, 20)), label="l1")
    drawings = [[cat], [dog], [cat, dog], []]
    await world.draw(of, await world.discover(of.id, list("0123"), PICTURE), lambda number: drawings[number])
    assert await keys(world, of.id, filter=ExportFilter(labels=["l1"])) == ["1", "2"]


async def test_since_an_export_only_what_was_labeled_later(world: World) -> None:
    of = project("Cat", "Dog", task=TaskType.IMAGE_BOX)
    await world.publish(of, of.id)
    found = await world.discover(of.id, ["old", "again", "new"], PICTURE)
    old = await world.draw(of, found[:2], lambda _: [box("r", 1, 1, 9, 9)])
    await world.tick()
    first = await world.ended(await world.request(of.id, ExportFormat.CSV))
    await world.tick()
    await world.draw(of, [old[1], found[2]], lambda _: [box("r", 2, 2, 9, 9)])
    wishes: dict[str, Any] = {"since_export": first.id, "since": first.requested_at}
    assert await keys(world, of.id, **wishes) == ["again", "new"]
    job = await world.ended(await world.request(of.id, ExportFormat.JSONL, **wishes))
    assert world.manifest(job)["since_export"] == first.id


async def test_a_filter_looks_at_the_labels_of_its_moment(world: World) -> None:
    pets = project("Cat", "Dog")
    await world.publish(pets, pets.id)
    old = await world.label(await world.discover(pets.id, ["cat", "dog"]), lambda number: [f"l{number}"])
    world.kill9()  # so that what follows happens before a line is written
    await world.tick()
    asked = [
        await world.request(pets.id, ExportFormat.JSONL, filter=wanted)
        for wanted in (
            ExportFilter(labels=["l1"]),
            ExportFilter(labelers=["u1"], labeled_to=clock.now() + timedelta(seconds=1)),
        )
    ]
    await world.tick()
    await world.label(old, lambda number: [f"l{1 - number}"])
    world.start()
    jobs = [await world.ended(each) for each in asked]
    files = [[row["image_url"].rpartition("/")[2] for row in world.rows(job)] for job in jobs]
    assert (files[0], sorted(files[1])) == (["dog"], ["cat", "dog"])


FILTERS = st.builds(
    ExportFilter,
    labels=st.lists(st.sampled_from(["l0", "l1"]), max_size=2),
    labelers=st.lists(st.sampled_from(["ann", "ben"]), max_size=2),
    approved=st.none() | st.booleans(),
    labeled_from=st.none() | st.integers(1, 9).map(clock.from_ms),
    labeled_to=st.none() | st.integers(1, 9).map(clock.from_ms),
)
LABELS = st.fixed_dictionaries(
    {
        "by": st.sampled_from(["ann", "ben", "eve"]),
        "at": st.integers(1, 9),
        "answers": st.lists(st.sampled_from(["l0", "l1", "l2"]), max_size=2).map(
            lambda labels: [{"set": "main", "labels": labels}]
        ),
    },
    optional={"approved": st.just({"by": "ann"}), "applied": st.just([{"set": "main", "label": "l1", "regions": 2}])},
)


@given(st.lists(FILTERS, min_size=20, max_size=20), st.lists(LABELS, max_size=12))
@settings(max_examples=8, deadline=None)
async def test_the_query_and_the_look_agree(
    deployment: World, filters: list[ExportFilter], labels: list[Document]
) -> None:
    samples = deployment.annotations["samples"]
    await samples.delete_many({})
    if labels:
        await samples.insert_many([{"_id": number, "label": label} for number, label in enumerate(labels)])
    for wanted in filters:
        admission = Admission(wanted)
        found = [each["_id"] for each in await samples.find(admission.query()).sort("_id", 1).to_list(None)]
        assert found == [number for number, label in enumerate(labels) if admission.admits(label)]
