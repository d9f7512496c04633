"""Regions that may not be saved: each is refused by name, at once, and what else is on the page is saved."""

import time
from collections.abc import Awaitable, Callable

import numpy as np
import pytest

from services.contracts import limits
from services.contracts.items import Media, MediaFormat
from services.contracts.labels import Region, Shape
from services.contracts.projects import TaskType
from services.contracts.queue_api import ItemResult, SubmitItem
from services.kit import geometry
from services.kit.outbox import Outbox
from services.kit.store import Store
from services.queue.regions.validation import Regions
from services.queue.settings import QueueSettings
from tests.queue.bench import Bench, project
from tests.queue.drawings import box, drawn, mask, painted, polygon, rle_of, span, submit_one

W, H, CHARS = 640, 480, 20
MakeBench = Callable[[TaskType], Awaitable[Bench]]
WHOLE = painted(H, W, (0, 0, H, W))
LEFT = painted(H, W, (0, 0, H, 320))


@pytest.fixture
def make(store: Store, settings: QueueSettings) -> MakeBench:
    async def bench(task: TaskType) -> Bench:
        made = Bench(store, Outbox(store), settings)
        made.media = Media(format=MediaFormat.PNG, width=W, height=H)
        if task.media == "text":
            made.media = Media(format=MediaFormat.TEXT, chars=CHARS)
        await made.prepare(task)
        await made.fill(3)
        return made

    return bench


def wrong(task: TaskType, regions: list[Region]) -> tuple[str, str]:
    """What the rules say of regions, without a store: field inside the item, and message."""
    assert task.regions is not None
    rules = Regions(project("p" + "0" * 16, task=task), task.regions)
    media = Media(format=MediaFormat.PNG, width=W, height=H, chars=CHARS)
    return rules.wrong(drawn("i", *rules.rounded(regions)), media) or ("", "")


async def refused(bench: Bench, regions: list[Region], field: str, message: str) -> ItemResult:
    """The result of an item that must be refused; its neighbour on the page is saved."""
    page = await bench.claim("ann", 2)
    good = _good(bench.task)
    wrong, right = await bench.submit(
        "ann", page.token, [drawn(page.items[0].id, *regions), drawn(page.items[1].id, good)]
    )
    assert (wrong.result, wrong.field) == ("refused", f"items.0.{field}"), wrong
    assert message in wrong.message, wrong
    assert right.result == "saved", right
    assert (await bench.read(wrong.id))["version"] == 0
    return wrong


def _good(task: TaskType) -> Region:
    good = {
        Shape.BOX: box("r", 0, 0, 1, 1),
        Shape.POLYGON: polygon("r", 0, 0, 1, 0, 1, 1),
        Shape.MASK: mask("r", LEFT),
        Shape.SPAN: span("r", 0, 1),
    }
    assert task.regions is not None
    return good[task.regions]


BOXES: list[tuple[str, list[Region], str, str]] = [
    ("no width", [box("r", 5, 5, 5, 9)], "points", "region 1 has no width: x1 (5) must be greater than x0 (5)"),
    ("no height", [box("r", 5, 5, 9, 5)], "points", "region 1 has no height: y1 (5) must be greater than y0 (5)"),
    ("turned round", [box("r", 9, 9, 5, 5)], "points", "has no width"),
    ("less than rounding", [box("r", 5, 5, 5.004, 9)], "points", "has no width"),
    ("right of it", [box("r", 0, 0, 640.01, 9)], "points", "x is 640.01 and must be between 0 and 640"),
    ("below it", [box("r", 0, 0, 9, 481)], "points", "y is 481 and must be between 0 and 480"),
    ("left of it", [box("r", -1, 0, 9, 9)], "points", "x is -1 and must be"),
    ("above it", [box("r", 0, -0.01, 9, 9)], "points", "y is -0.01 and must be"),
    ("far away", [box("r", 0, 0, 1e308, 1e308)], "points", "lies outside the picture"),
    ("no points", [box("r")], "points", "must have four numbers, x0, y0, x1, y1; it has 0"),
    ("three numbers", [box("r", 1, 2, 3)], "points", "it has 3"),
    ("five numbers", [box("r", 1, 2, 3, 4, 5)], "points", "it has 5"),
    ("a polygon", [polygon("r", 0, 0, 9, 0, 9, 9)], "shape", "must be a box, not a polygon"),
    ("a mask", [mask("r", WHOLE)], "shape", "must be a box, not a mask"),
    ("unknown label", [box("r", 0, 0, 1, 1, label="l9")], "label", "region 1 has a label that is not there: 'l9'"),
    ("retired label", [box("r", 0, 0, 1, 1, label="l2")], "label", "region 1 has a label that is retired: 'l2'"),
    ("no id", [box("", 0, 0, 1, 1)], "id", "must have an id"),
    ("long id", [box("r" * 33, 0, 0, 1, 1)], "id", "1 to 32 letters"),
    ("odd id", [box("r.1\n", 0, 0, 1, 1)], "id", "letters, digits, hyphens and underscores"),
    ("another frame", [box("r", 0, 0, 1, 1, frame=1)], "frame", "must be on frame 0"),
    ("attributes", [box("r", 0, 0, 1, 1, attributes={"a": "b"})], "attributes", "must have no attributes"),
    ("of a model", [box("r", 0, 0, 1, 1, origin="model")], "origin", "must have the origin human"),
    ("with rle", [box("r", 0, 0, 1, 1, rle=WHOLE)], "rle", "must have no rle: only masks have"),
]


@pytest.mark.parametrize(("regions", "field", "message"), [case[1:] for case in BOXES], ids=[case[0] for case in BOXES])
def test_a_box_that_can_not_be(regions: list[Region], field: str, message: str) -> None:
    where, said = wrong(TaskType.IMAGE_BOX, regions)
    assert (where, message in said) == (f"regions.0.{field}", True), said


async def test_a_wrong_region_is_named_by_its_number_and_stops_no_other_item(make: MakeBench) -> None:
    regions = [box(f"r{number}", 0, 0, 1, 1) for number in range(5)]
    await refused(
        await make(TaskType.IMAGE_BOX),
        [*regions[:3], box("bad", 7, 7, 7, 7), *regions[3:]],
        "regions.3.points",
        "region 4 has no width",
    )


def test_two_regions_with_one_id() -> None:
    twice = [box("r1", 0, 0, 1, 1), box("r2", 0, 0, 1, 1), box("r1", 2, 2, 3, 3)]
    message = "region 3 has the id of region 1: ids must be unique in the item"
    assert wrong(TaskType.IMAGE_BOX, twice) == ("regions.2.id", message)


POLYGONS: list[tuple[str, list[float], str]] = [
    ("no points", [], "must have at least three distinct points; it has 0"),
    ("two points", [0, 0, 9, 9], "it has 2"),
    ("one point thrice", [5, 5, 5, 5, 5, 5], "it has 1"),
    ("two distinct", [5, 5, 9, 9, 5, 5, 9, 9], "it has 2"),
    ("odd numbers", [0, 0, 9, 9, 5], "must have pairs of x and y; it has 5 numbers"),
    ("a line", [0, 0, 5, 5, 9, 9], "crosses or touches itself"),
    ("a bow tie", [0, 0, 9, 9, 9, 0, 0, 9], "crosses or touches itself near (4.5, 4.5)"),
    ("touches itself", [0, 0, 4, 0, 2, 2, 4, 4, 0, 4, 2, 2], "crosses or touches itself near (2, 2)"),
    ("a spike", [0, 0, 9, 0, 9, 9, 4, 4, 12, 12], "crosses or touches itself"),
    ("off the picture", [0, 0, 9, 0, 9, 480.01], "y is 480.01 and must be between 0 and 480"),
    ("huge", [0, 0, 1e300, 0, 1e300, 1e300], "lies outside the picture"),
]


@pytest.mark.parametrize(("points", "message"), [case[1:] for case in POLYGONS], ids=[case[0] for case in POLYGONS])
def test_a_polygon_that_can_not_be(points: list[float], message: str) -> None:
    where, said = wrong(TaskType.IMAGE_POLYGON, [polygon("good", 0, 0, 5, 0, 5, 5), polygon("r", *points)])
    assert (where, said[:9], message in said) == ("regions.1.points", "region 2 ", True), said


@pytest.mark.parametrize(
    "points",
    [
        [0, 0, 640, 0, 640, 480, 0, 480],
        [0, 0, 9, 0, 9, 9, 0, 0],
        [0, 0, 9, 0, 9, 0, 9, 9],
        [0, 0, 0, 9, 9, 9],
    ],
    ids=["whole picture", "closed", "a point twice", "the other way round"],
)
def test_a_polygon_that_may_be(points: list[float]) -> None:
    assert wrong(TaskType.IMAGE_POLYGON, [polygon("r", *points)]) == ("", "")


SPANS: list[tuple[str, list[Region], int, str]] = [
    ("over the end", [span("r", 3, 21)], 0, "start and end must be between 0 and 20"),
    ("before the start", [span("r", -1, 3)], 0, "lies outside the text"),
    ("empty", [span("r", 3, 3)], 0, "is empty: end (3) must be greater than start (3)"),
    ("turned round", [span("r", 9, 3)], 0, "is empty"),
    ("half a code point", [span("r", 0.5, 3)], 0, "must begin and end between code points"),
    ("nearly whole", [span("r", 0, 2.9999)], 0, "must be whole numbers"),
    ("one number", [span("r", 3)], 0, "must have two numbers, start and end; it has 1"),
    ("far away", [span("r", 0, 1e300)], 0, "lies outside the text"),
    ("overlapping", [span("a", 0, 5), span("b", 8, 9), span("c", 4, 6)], 2, "region 3 overlaps region 1"),
    ("inside", [span("a", 2, 3), span("b", 0, 9)], 0, "region 1 overlaps region 2"),
    ("the same twice", [span("a", 2, 3), span("b", 2, 3, label="l1")], 1, "region 2 overlaps region 1"),
]


@pytest.mark.parametrize(("regions", "place", "message"), [case[1:] for case in SPANS], ids=[case[0] for case in SPANS])
def test_a_span_that_can_not_be(regions: list[Region], place: int, message: str) -> None:
    where, said = wrong(TaskType.TEXT_ENTITIES, regions)
    assert (where, message in said) == (f"regions.{place}.points", True), said


MASKS: list[tuple[str, list[Region], str, str]] = [
    ("no rle", [mask("r", "")], "0.rle", "region 1 is cut off"),
    ("of another size", [mask("r", painted(W, W, (0, 0, 9, 9)))], "0.rle", "has 640 x 480 = 307200"),
    ("does not add up", [mask("r", LEFT[:-2])], "0.rle", "region 1 "),
    ("garbage", [mask("r", "~~~")], "0.rle", "holds a character that COCO's encoding does not know"),
    ("letters of other scripts", [mask("r", "маска")], "0.rle", "holds a character"),
    ("without an end", [mask("r", "o" * 5_000)], "0.rle", "is cut off"),
    ("endless numbers", [mask("r", "o" * 5_000 + "0")], "0.rle", "more digits"),
    ("empty", [mask("r", rle_of(np.zeros((H, W), np.uint8)))], "0.rle", "region 1 is empty"),
    ("with points", [mask("r", WHOLE, points=[1.0, 2.0])], "0.points", "must have no points"),
    ("a box", [box("r", 0, 0, 1, 1)], "0.shape", "must be a mask, not a box"),
    ("one label twice", [mask("a", LEFT), mask("b", painted(H, W, (0, 400, 9, 409)))], "1.label", "label of region 1"),
    (
        "overlapping by one pixel",
        [mask("a", LEFT), mask("b", painted(H, W, (479, 319, 480, 321)), label="l1")],
        "1.rle",
        "region 2 covers pixels of region 1: a pixel has one label",
    ),
    ("inside", [mask("a", painted(H, W, (5, 5, 9, 9))), mask("b", WHOLE, label="l1")], "1.rle", "region 2 covers"),
]


@pytest.mark.parametrize(("regions", "field", "message"), [case[1:] for case in MASKS], ids=[case[0] for case in MASKS])
def test_a_mask_that_can_not_be(regions: list[Region], field: str, message: str) -> None:
    where, said = wrong(TaskType.IMAGE_MASK, regions)
    assert (where, message in said) == (f"regions.{field}", True), said


@pytest.mark.parametrize("task", [task for task in TaskType if task.regions])
async def test_a_wrong_region_of_each_type_is_the_result_of_its_item(make: MakeBench, task: TaskType) -> None:
    bad = {
        Shape.BOX: box("bad", 5, 5, 5, 5),
        Shape.POLYGON: polygon("bad", 0, 0, 9, 9, 9, 0, 0, 9),
        Shape.MASK: mask("bad", LEFT[:-3], label="l1"),
        Shape.SPAN: span("bad", 3, CHARS + 1),
    }
    field = "rle" if task.regions is Shape.MASK else "points"
    assert task.regions is not None
    await refused(await make(task), [_good(task), bad[task.regions]], f"regions.1.{field}", "region 2 ")


async def test_answers_and_regions_stay_apart(make: MakeBench) -> None:
    for task, regions, field in (
        (TaskType.IMAGE_BOX, [box("r", 0, 0, 1, 1)], "items.0.answers"),
        (TaskType.TEXT_MULTI_CLASS, [span("r", 0, 1)], "items.0.regions"),
    ):
        bench = await make(task)
        page = await bench.claim("ann", 1)
        answers = [{"set": "main", "labels": ["l0"]}]
        given = SubmitItem.model_validate(
            {"id": page.items[0].id, "version": 0, "answers": answers, "regions": [r.model_dump() for r in regions]}
        )
        (result,) = await bench.submit("ann", page.token, [given])
        assert (result.result, result.field) == ("refused", field)


async def test_a_skipped_item_has_no_regions(make: MakeBench) -> None:
    bench = await make(TaskType.IMAGE_BOX)
    page = await bench.claim("ann", 1)
    given = SubmitItem(id=page.items[0].id, version=0, skip=True, regions=[box("r", 0, 0, 1, 1)])
    (result,) = await bench.submit("ann", page.token, [given])
    assert (result.result, result.field) == ("refused", "items.0.regions")


async def test_ten_thousand_regions_are_saved_and_one_more_is_refused(make: MakeBench) -> None:
    bench = await make(TaskType.IMAGE_POLYGON)
    shapes = [polygon(f"r{n}", n % 600, n % 400, n % 600 + 9.5, n % 400, n % 600, n % 400 + 7) for n in range(10_001)]
    await refused(bench, shapes, "regions", "an item may have 10,000 regions; it has 10,001")
    assert (await submit_one(bench, *shapes[: limits.REGIONS])).result == "saved"


async def test_one_million_points_are_refused_and_as_many_as_may_be_are_saved(make: MakeBench) -> None:
    bench = await make(TaskType.IMAGE_POLYGON)
    await refused(
        bench,
        [polygon("r", *([1.0, 2.0] * 1_000_000))],
        "regions",
        "an item may have 100,000 points in all regions; it has 1,000,000",
    )
    turn = np.linspace(0, 2 * np.pi, limits.POINTS, endpoint=False)
    circle = np.column_stack((320 + 230 * np.cos(turn), 240 + 230 * np.sin(turn))).ravel()
    assert (await submit_one(bench, polygon("r", *circle.tolist()))).result == "saved"


async def test_a_polygon_that_would_take_minutes_is_refused_in_seconds(make: MakeBench) -> None:
    spikes = [number % 2 * 300 + number // 2 * 0.02 for number in range(30_000)]
    points = [value for number, x in enumerate(spikes) for value in (x, number % 2 * 300.0)]
    started = time.process_time()
    await refused(
        await make(TaskType.IMAGE_POLYGON),
        [polygon("r", *points, 639.0, 479.0, 0.0, 479.0)],
        "regions.0.points",
        "region 1 is too tangled to be checked",
    )
    assert time.process_time() - started < 20


def test_many_medium_polygons_share_one_limit() -> None:
    comb = [value for n in range(2_000) for value in (n % 2 * 300 + n // 2 * 0.1, n % 2 * 300.0)]
    assert geometry.wrong_polygons([[*comb, 639, 479, 0, 479]] * 49) is not None


def test_many_large_round_polygons_are_no_tangle() -> None:
    turn = np.linspace(0, 2 * np.pi, 600, endpoint=False)
    circle = np.round(np.column_stack((320 + 230 * np.cos(turn), 240 + 230 * np.sin(turn))), 2).ravel().tolist()
    assert geometry.wrong_polygons([circle] * 120) is None


def test_masks_of_noise_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MASK_RUNS", 1_000)
    noise = rle_of((np.indices((H, W)).sum(axis=0) % 2).astype(np.uint8))
    message = "region 1 is too fine: all masks of a picture may have 1,000 runs together"
    assert wrong(TaskType.IMAGE_MASK, [mask("r", noise)]) == ("regions.0.rle", message)
