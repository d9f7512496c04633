"""Regions that may be saved: where they are kept, what is told of them, how they are counted and read again."""

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable

import pytest

from services.contracts.events import decode
from services.contracts.items import Media, MediaFormat
from services.contracts.labels import LabelEvent, RegionsRef
from services.contracts.projects import RunState, TaskType
from services.contracts.queue_api import LabelCount, SubmitItem
from services.contracts.topics import LABELS
from services.kit import regions
from services.kit.blobs import BlobMissing, BlobsDown
from services.kit.outbox import Outbox
from services.kit.problems import Refused, unexpected
from services.kit.store import Store
from services.queue.settings import QueueSettings
from tests.queue.bench import Bench, skipped, token
from tests.queue.drawings import box, drawn, mask, painted, polygon, span, submit_one

MakeBench = Callable[..., Awaitable[Bench]]


@pytest.fixture
def make(store: Store, settings: QueueSettings) -> MakeBench:
    async def bench(task: TaskType, *, allow_empty: bool = False, items: int = 3) -> Bench:
        made = Bench(store, Outbox(store), settings)
        made.media = Media(format=MediaFormat.TEXT, chars=20) if task.media == "text" else made.media
        made.media = made.media.model_copy(update={"width": 640, "height": 480})
        await made.prepare(task, allow_empty=allow_empty)
        await made.fill(items)
        return made

    return bench


async def told(bench: Bench) -> list[LabelEvent]:
    """Events of the outbox, as a subscriber reads them."""
    found = []
    for entry in await bench.events():
        event = decode(LABELS.name, entry["headers"]["ce_type"], entry["value"])
        assert isinstance(event, LabelEvent)
        found.append(event)
    return found


async def of(bench: Bench, item: str, user: str = "ann") -> list[dict[str, object]]:
    """All regions of an own label, as `id, label, points`."""
    label = await bench.queue.labeling.own(bench.project, item, user)
    return [region.model_dump(mode="json", include={"id", "label", "points"}) for region in label.regions]


async def test_boxes_stand_in_item_history_and_event(make: MakeBench) -> None:
    bench = await make(TaskType.IMAGE_BOX)
    result = await submit_one(bench, box("r1", 0, 0, 640, 480), box("r2", 1.234, 2.345, 3.456, 4.567, label="l1"))
    assert (result.result, result.version, result.field) == ("saved", 1, "")
    expected = [{"id": "r1", "label": "l0", "points": [0, 0, 640, 480]}]
    expected += [{"id": "r2", "label": "l1", "points": [1.23, 2.35, 3.46, 4.57]}]
    (event,), document, (row,) = await told(bench), await bench.read(result.id), await bench.history(result.id)
    for kept in (document["label"], row, event.item.model_dump(mode="json")):
        assert [{key: region[key] for key in ("id", "label", "points")} for region in kept["regions"]] == expected
        assert not kept.get("regions_ref")
    assert await of(bench, result.id) == expected
    (entry,) = await bench.events()
    assert dict(entry["counters"]) == {
        "labeled": 1, "labelers.ann.labeled": 1, "labels.main.l0": 1, "labels.main.l1": 1,
        "regions.main.l0": 1, "regions.main.l1": 1,
    }  # fmt: skip


async def test_coordinates_are_rounded_before_they_are_judged(make: MakeBench) -> None:
    bench = await make(TaskType.IMAGE_BOX)
    result = await submit_one(bench, box("r1", -0.004, -0.001, 640.004, 480.0049))
    assert await of(bench, result.id) == [{"id": "r1", "label": "l0", "points": [0, 0, 640, 480]}]
    assert "-0" not in json.dumps((await bench.read(result.id))["label"]["regions"])
    thin = await submit_one(bench, box("r1", 5.001, 5, 5.004, 9))
    assert (thin.result, thin.field) == ("refused", "items.0.regions.0.points")


async def test_masks_lie_in_object_storage_under_their_content(make: MakeBench) -> None:
    bench = await make(TaskType.IMAGE_MASK)
    cat, dog = painted(480, 640, (0, 0, 100, 100)), painted(480, 640, (100, 100, 480, 640))
    result = await submit_one(bench, mask("a", cat), mask("b", dog, label="l1"))
    assert result.result == "saved"
    document = (await bench.read(result.id))["label"]
    ref = RegionsRef.model_validate(document["regions_ref"])
    content = await bench.blobs.get(bench.settings.bucket, ref.key)
    assert ref.key == f"Labeling/regions/{bench.project}/{hashlib.sha256(content).hexdigest()}.json"
    assert json.loads(content) == {
        "regions": [
            {"id": "a", "label": "l0", "shape": "SHAPE_MASK", "rle": cat},
            {"id": "b", "label": "l1", "shape": "SHAPE_MASK", "rle": dog},
        ]
    }
    (event,), (row,) = await told(bench), await bench.history(result.id)
    assert (event.item.regions, event.item.regions_ref) == ([], ref)
    assert (row["regions"], row["regions_ref"], document["regions"]) == ([], ref.model_dump(), [])
    assert cat not in json.dumps(document, default=str)
    label = await bench.queue.labeling.own(bench.project, result.id, "ann")
    assert [(region.label, region.rle) for region in label.regions] == [("l0", cat), ("l1", dog)]
    assert [region.count for region in [ref]] == [2]


async def test_large_geometry_is_put_away_and_small_is_not(make: MakeBench) -> None:
    bench = await make(TaskType.IMAGE_BOX)
    many = [box(f"region-{number:04}", 10.25, 10.25, 20.75, 20.75) for number in range(1_000)]
    size = len(regions.encode(many))
    assert size > 64_000
    few = await submit_one(bench, *many[: 64_000 * len(many) // size - 5])
    large = await submit_one(bench, *many)
    assert (await bench.read(few.id))["label"].get("regions_ref") is None
    assert (await bench.read(large.id))["label"]["regions_ref"]["count"] == 1_000
    assert len(await of(bench, large.id)) == 1_000
    by_item = {event.item.item: event.item for event in await told(bench)}
    assert len(by_item[few.id].regions) > 500
    assert by_item[large.id].regions == []
    done = await bench.queue.labeling.done(bench.project, "ann", "", 10)
    assert {item.id: item.region_count for item in done.items} == {
        few.id: len(by_item[few.id].regions),
        large.id: 1_000,
    }


async def test_texts_are_marked_by_code_points(make: MakeBench) -> None:
    bench = await make(TaskType.TEXT_ENTITIES)
    result = await submit_one(bench, span("r1", 3, 7), span("r2", 7, 20, label="l1"), span("r3", 0, 3))
    assert result.result == "saved"
    assert [region["points"] for region in await of(bench, result.id)] == [[3, 7], [7, 20], [0, 3]]
    assert (await submit_one(bench)).result == "saved"


@pytest.mark.parametrize(
    ("task", "allow_empty", "result"),
    [
        (TaskType.IMAGE_BOX, False, "refused"),
        (TaskType.IMAGE_POLYGON, False, "refused"),
        (TaskType.IMAGE_MASK, False, "refused"),
        (TaskType.IMAGE_BOX, True, "saved"),
        (TaskType.IMAGE_POLYGON, True, "saved"),
        (TaskType.IMAGE_MASK, True, "saved"),
        (TaskType.TEXT_ENTITIES, False, "saved"),
    ],
)
async def test_without_regions(make: MakeBench, task: TaskType, allow_empty: bool, result: str) -> None:  # noqa: FBT001 (a parameter)
    bench = await make(task, allow_empty=allow_empty)
    found = await submit_one(bench)
    assert (found.result, found.field) == (result, "items.0.regions" if result == "refused" else "")


@pytest.mark.parametrize("task", [TaskType.TEXT_MULTI_CLASS, TaskType.TEXT_MULTI_LABEL])
async def test_whole_texts_are_answered_like_whole_pictures(make: MakeBench, task: TaskType) -> None:
    bench = await make(task)
    page = await bench.claim("ann", 1)
    both = [{"set": "main", "labels": ["l0", "l1"]}]
    given = SubmitItem.model_validate({"id": page.items[0].id, "version": 0, "answers": both})
    (result,) = await bench.submit("ann", page.token, [given])
    assert result.result == ("saved" if task.multi else "refused")
    assert page.items[0].media is not None
    assert (page.items[0].media.format, page.items[0].media.chars) == (MediaFormat.TEXT, 20)


async def test_progress_counts_regions_and_items_and_agrees_with_a_recount(make: MakeBench) -> None:
    bench = await make(TaskType.IMAGE_BOX, items=4)
    two = [box("r1", 0, 0, 5, 5), box("r2", 0, 0, 9, 9)]
    first = await submit_one(bench, *two, box("r3", 1, 1, 2, 2, label="l1"))
    await submit_one(bench, *two)
    await submit_one(bench, *[box(f"r{number}", 0, 0, 600.25, 400.25) for number in range(1_000)])
    assert not (await bench.recount()).drift()
    await bench.publish()
    progress = await bench.queue.progresses.find(bench.project)
    assert sorted(progress.labels, key=lambda bar: bar.label) == [
        LabelCount(set="main", label="l0", items=3, regions=1_004),
        LabelCount(set="main", label="l1", items=1, regions=1),
    ]
    (result,) = await bench.back("ann", [drawn(first.id, *two[:1], version=1)])
    assert result.result == "saved"
    await bench.back("ann", [skipped(first.id, 2)])
    assert not (await bench.recount()).drift()
    await bench.publish()
    progress = await bench.queue.progresses.find(bench.project)
    assert progress.labels == [LabelCount(set="main", label="l0", items=2, regions=1_002)]
    assert await bench.queue.recounter.check([bench.project], repair=False) == []


async def test_a_label_that_is_gone_from_object_storage_is_told_as_lost(make: MakeBench) -> None:
    bench = await make(TaskType.IMAGE_MASK)
    result = await submit_one(bench, mask("a", painted(480, 640, (0, 0, 9, 9))))
    key = (await bench.read(result.id))["label"]["regions_ref"]["key"]
    await bench.blobs.put(bench.settings.bucket, key, b"{}")
    with pytest.raises(Refused, match="regions_lost"):
        await of(bench, result.id)
    await bench.blobs.delete(bench.settings.bucket, key)
    with pytest.raises(Refused, match="regions_lost"):
        await of(bench, result.id)


async def test_only_own_labels_are_read_whole(make: MakeBench) -> None:
    bench = await make(TaskType.IMAGE_POLYGON)
    result = await submit_one(bench, polygon("r1", 0, 0, 9, 0, 9, 9))
    other = next(item["_id"] for item in await bench.items() if item["_id"] != result.id)
    for user, item in (("eve", result.id), ("ann", other), ("ann", f"{bench.project}/none")):
        with pytest.raises(Refused, match="label_unknown"):
            await of(bench, item, user)
    await bench.back("ann", [skipped(result.id, 1)])
    label = await bench.queue.labeling.own(bench.project, result.id, "ann")
    assert (label.state, label.version, label.regions, label.skip_reason) == ("skipped", 2, [], "blurred")


async def test_a_repeated_request_saves_regions_once(make: MakeBench) -> None:
    bench = await make(TaskType.IMAGE_MASK)
    page = await bench.claim("ann", 1)
    given, key = [drawn(page.items[0].id, mask("a", painted(480, 640, (0, 0, 9, 9))))], token()
    found = await asyncio.gather(*(bench.submit("ann", page.token, given, key=key) for _ in range(6)))
    assert all(one == found[0] for one in found)
    assert found[0][0].result == "saved"
    assert len(await bench.events()) == 1
    prefix = regions.folder(bench.project)
    assert len((await bench.blobs.list_page(bench.settings.bucket, prefix))[0]) == 1


async def test_who_has_lost_the_item_puts_nothing_away(make: MakeBench) -> None:
    bench = await make(TaskType.IMAGE_MASK)
    page = await bench.claim("ann", 1)
    await bench.release("ann", page.token)
    (result,) = await bench.submit(
        "ann", page.token, [drawn(page.items[0].id, mask("a", painted(480, 640, (0, 0, 9, 9))))]
    )
    assert (result.result, result.state) == ("lost", "queued")
    assert (await bench.blobs.list_page(bench.settings.bucket, regions.folder(bench.project)))[0] == []


async def test_without_object_storage_masks_wait_and_boxes_do_not(
    make: MakeBench, store: Store, settings: QueueSettings
) -> None:
    bench = await make(TaskType.IMAGE_MASK)
    away = settings.model_copy(update={"s3_url": "http://127.0.0.1:9"})
    cut_off = Bench(store, Outbox(store), away)
    cut_off.project, cut_off.now = bench.project, bench.now
    page = await bench.claim("ann", 1)
    given, key = [drawn(page.items[0].id, mask("a", painted(480, 640, (0, 0, 9, 9))))], token()
    with pytest.raises(BlobsDown) as outage:
        await cut_off.submit("ann", page.token, given, key=key)
    assert (unexpected(outage.value).status, unexpected(outage.value).retryable) == (503, True)
    assert await bench.events() == []
    (result,) = await bench.submit("ann", page.token, given, key=key)
    assert result.result == "saved"
    boxes = await make(TaskType.IMAGE_BOX)
    cut_off.project = boxes.project
    assert (await submit_one(cut_off, box("r", 0, 0, 9, 9))).result == "saved"


async def test_a_deleted_project_takes_its_regions_with_it(make: MakeBench) -> None:
    bench, other = await make(TaskType.IMAGE_MASK), await make(TaskType.IMAGE_MASK)
    for each in (bench, other):
        await submit_one(each, mask("a", painted(480, 640, (0, 0, 9, 9))))
        await each.publish()
    (kept,) = (await other.blobs.list_page(other.settings.bucket, regions.folder(other.project)))[0]
    await bench.turn(RunState.DELETING)
    while await bench.queue.purge.step():
        pass
    await bench.publish()
    await bench.queue.purge.step()
    assert await bench.queue.purge.is_done(bench.project)
    assert (await bench.blobs.list_page(bench.settings.bucket, regions.folder(bench.project)))[0] == []
    assert await other.blobs.get(other.settings.bucket, kept.key)
    with pytest.raises(BlobMissing):
        await bench.blobs.get(bench.settings.bucket, kept.key.replace(other.project, bench.project))


async def test_missing_items_keep_their_regions(make: MakeBench) -> None:
    bench = await make(TaskType.IMAGE_MASK)
    result = await submit_one(bench, mask("a", painted(480, 640, (0, 0, 9, 9))))
    name = next(name for name in ("0.png", "1.png", "2.png") if bench.item(name) == result.id)
    await bench.miss([name])
    await bench.discover([name], scan=3)
    events = await told(bench)
    assert [event.item.version for event in events] == [1, 2, 3]
    assert len({str(event.item.regions_ref) for event in events}) == 1
    assert (await bench.queue.labeling.own(bench.project, result.id, "ann")).version == 3
    assert not (await bench.recount()).drift()
