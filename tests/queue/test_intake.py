"""What scans find becomes items: once, whole, and never over something newer."""

import asyncio

from services.contracts.items import ItemsDiscovered
from services.contracts.projects import RunState
from tests.queue.bench import Bench, answered, found


async def test_items_wait_to_be_probed_and_then_to_be_labeled(bench: Bench) -> None:
    await bench.discover(["a.png", "b.png", "c.txt"])
    assert (await bench.claim("ann")).items == []
    await bench.probe(["a.png", "b.png"])
    await bench.probe(["c.txt"], unreadable="not an image")
    progress = await bench.queue.progresses.find(bench.project)
    assert (progress.total, progress.pending, progress.unreadable, progress.queued["2"]) == (2, 0, 1, 2)
    (item, _) = (await bench.claim("ann")).items
    assert item.media is not None


async def test_chunk_that_comes_again_changes_nothing(bench: Bench) -> None:
    chunk = ItemsDiscovered(project=bench.project, scan=1, index=7, items=[found(bench.project, "a.png")])
    await asyncio.gather(*(bench.queue.intake.apply(bench.project, [chunk, chunk]) for _ in range(4)))
    await bench.queue.intake.apply(bench.project, [chunk])
    progress = await bench.queue.progresses.find(bench.project)
    assert (progress.total, progress.pending) == (1, 1)


async def test_project_is_ready_when_all_announced_chunks_are_applied(bench: Bench) -> None:
    await bench.discover(["a.png"])
    assert not (await bench.queue.progresses.find(bench.project)).ready
    await bench.finish(chunks=2)
    assert not (await bench.queue.progresses.find(bench.project)).ready
    await bench.discover(["b.png"])
    assert (await bench.queue.progresses.find(bench.project)).ready


async def test_changed_object_keeps_label_and_etag_and_tells_the_project(bench: Bench) -> None:
    (item,) = await bench.fill(1)
    page = await bench.claim("ann", 1)
    await bench.submit("ann", page.token, [answered(item)])
    await bench.discover(["0.png"], scan=2, etag="e2")
    document = await bench.read(item)
    assert (document["state"], document["source_changed"], document["source"]["etag"]) == ("labeled", True, "e1")
    intake = await bench.store["intake"].find_one({"_id": bench.project})
    assert intake is not None
    assert intake["changed"] == 1
    await bench.discover(["0.png"], scan=3, etag="e1")
    assert "source_changed" not in await bench.read(item)
    assert not (await bench.recount()).drift()


async def test_changed_object_that_nobody_has_seen_is_simply_the_new_one(bench: Bench) -> None:
    await bench.discover(["a.png"])
    await bench.probe(["a.png"], unreadable="truncated")
    await bench.discover(["a.png"], scan=2, etag="e2")
    assert (await bench.read(bench.item("a.png")))["source"]["etag"] == "e2"
    await bench.probe(["a.png"], scan=2)
    progress = await bench.queue.progresses.find(bench.project)
    assert (progress.total, progress.unreadable, progress.queued["2"]) == (1, 0, 1)
    assert not (await bench.recount()).drift()


async def test_missing_labeled_item_comes_back_labeled(bench: Bench) -> None:
    (item,) = await bench.fill(1)
    page = await bench.claim("ann", 1)
    await bench.submit("ann", page.token, [answered(item)])
    await bench.miss(["0.png"], scan=2)
    await bench.publish()
    progress = await bench.queue.progresses.find(bench.project)
    assert (progress.total, progress.labeled, progress.missing, progress.labels) == (1, 0, 1, [])
    await bench.discover(["0.png"], scan=3)
    await bench.publish()
    progress = await bench.queue.progresses.find(bench.project)
    assert (progress.labeled, progress.missing) == (1, 0)
    assert [row["state"] for row in await bench.history(item)] == ["labeled", "missing", "labeled"]
    assert [row["version"] for row in await bench.history(item)] == [1, 2, 3]
    assert not (await bench.recount()).drift()


async def test_missing_leased_item_is_lost_and_comes_back_queued(bench: Bench) -> None:
    (item,) = await bench.fill(1)
    page = await bench.claim("ann", 1)
    await bench.miss(["0.png"], scan=2)
    assert (await bench.beat("ann", page.token)).alive == {}
    await bench.discover(["0.png"], scan=3)
    assert (await bench.submit("ann", page.token, [answered(item, 2)]))[0].result == "lost"
    assert [one.version for one in (await bench.claim("bob")).items] == [2]
    types = [event["headers"]["ce_type"].rsplit(".")[-1] for event in await bench.events()]
    assert types == ["ItemMissing", "ItemReappeared"]


async def test_older_scan_can_not_undo_a_newer_one(bench: Bench) -> None:
    (item,) = await bench.fill(1)
    await bench.discover(["0.png"], scan=3)
    await bench.miss(["0.png"], scan=2)
    assert (await bench.read(item))["state"] == "queued"
    await bench.miss(["0.png"], scan=4)
    await bench.discover(["0.png"], scan=3)
    assert (await bench.read(item))["state"] == "missing"


async def test_item_that_was_probed_while_missing_comes_back_queued(bench: Bench) -> None:
    await bench.discover(["a.png"])
    await bench.miss(["a.png"], scan=2)
    await bench.probe(["a.png"])
    await bench.discover(["a.png"], scan=3)
    assert (await bench.read(bench.item("a.png")))["state"] == "queued"
    assert not (await bench.recount()).drift()


async def test_unreadable_item_that_goes_missing_keeps_the_counts_right(bench: Bench) -> None:
    await bench.discover(["a.png"])
    await bench.probe(["a.png"], unreadable="truncated")
    await bench.miss(["a.png"], scan=2)
    assert not (await bench.recount()).drift()
    await bench.discover(["a.png"], scan=3)
    assert not (await bench.recount()).drift()
    assert (await bench.queue.progresses.find(bench.project)).unreadable == 1


async def test_scan_of_a_deleted_project_is_ignored(bench: Bench) -> None:
    await bench.turn(RunState.DELETING)
    await bench.discover(["a.png"])
    assert await bench.store["items"].find_one({}) is None
