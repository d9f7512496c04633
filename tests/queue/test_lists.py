"""Lists of items against a model: whatever is asked for, each item that fits comes exactly once."""

import random
import statistics
import time
from typing import Any

import pytest

from services.contracts.labels import ItemState
from services.kit.outbox import Outbox
from services.kit.problems import Refused
from services.kit.store import Document
from services.queue.items import lists, models
from services.queue.items.walks import Wanted
from tests.queue.bench import START, Bench, answered, found

PEOPLE = ("ann", "bob")
OUT = (ItemState.LABELED, ItemState.SKIPPED, ItemState.NEEDS_REVIEW, ItemState.MISSING, ItemState.REMOVED)


async def fill(bench: Bench, number: int, chance: random.Random, in_queue: float = 0.4) -> list[Document]:
    """Items in all states, labeled by two people."""
    items = []
    for place in range(number):
        item = models.discovered(bench.project, found(bench.project, f"a b/{place}.png"), 1, START)
        state = chance.choice(list(ItemState) if chance.random() > in_queue else [ItemState.QUEUED])
        item = {**item, "state": state, "media": {"format": "png", "width": 8, "height": 8}}
        if state in (ItemState.LABELED, ItemState.SKIPPED):
            item["label"] = label(chance, skipped=state is ItemState.SKIPPED)
        items.append(item)
    for start in range(0, number, 10_000):
        await bench.store["items"].insert_many(items[start : start + 10_000], ordered=False)
    return items


def label(chance: random.Random, *, skipped: bool) -> Document:
    made: Document = {"by": chance.choice(PEOPLE), "at": START + chance.randrange(50), "skip_reason": "", "note": ""}
    which = chance.choice(["l0", "l1"])
    if skipped:
        return {**made, "answers": [], "applied": []}
    if chance.random() < 0.5:
        return {**made, "answers": [{"set": "main", "labels": [which]}], "applied": []}
    return {**made, "answers": [], "applied": [{"set": "main", "label": which, "regions": 3}]}


def carries(item: Document, wanted: str) -> bool:
    its = item.get("label", {"answers": [], "applied": []})
    return any(wanted in each["labels"] for each in its["answers"]) or any(
        each["label"] == wanted for each in its["applied"]
    )


def fits(item: Document, wanted: Wanted) -> bool:
    by = item.get("label", {}).get("by")
    return (
        (wanted.state is None or item["state"] == wanted.state)
        and (not wanted.labeler or by == wanted.labeler)
        and (not wanted.label or (item["state"] == ItemState.LABELED and carries(item, wanted.label)))
    )


async def whole(bench: Bench, wanted: Wanted, limit: int) -> tuple[list[str], int]:
    """The ids of a list to its end, and how many requests it took."""
    ids: list[str] = []
    cursor, requests = "", 0
    while True:
        page = await bench.queue.lists.page(wanted, cursor, limit)
        assert len(page.items) <= limit
        ids += [item.id for item in page.items]
        cursor, requests = page.cursor, requests + 1
        if not cursor:
            return ids, requests


async def test_each_list_has_each_item_that_fits_once(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "EXAMINED", 40)  # so that filters need many windows
    items = await fill(bench, 400, random.Random(5))
    await fill(Bench(bench.store, Outbox(bench.store), bench.settings), 20, random.Random(6))
    asked: list[dict[str, Any]] = [
        {},
        *({"state": state} for state in ItemState),
        *({"label": each} for each in ("l0", "l1", "none")),
        {"labeler": "ann"},
        {"labeler": "ann", "state": ItemState.SKIPPED},
        {"labeler": "bob", "label": "l1"},
        {"label": "l0", "state": ItemState.LABELED},
        {"label": "l0", "state": ItemState.SKIPPED},
    ]
    for fields in asked:
        wanted = Wanted(bench.project, **fields)
        ids, _ = await whole(bench, wanted, 7)
        assert len(set(ids)) == len(ids)
        assert set(ids) == {item["_id"] for item in items if fits(item, wanted)}, fields


async def test_what_a_list_says_of_an_item(bench: Bench) -> None:
    await bench.fill(3)
    page = await bench.claim("ann", 2)
    await bench.submit("ann", page.token, [answered(page.items[0].id)])
    (labeled,) = (await bench.queue.lists.page(Wanted(bench.project, ItemState.LABELED), "", 9)).items
    assert (labeled.labeler, labeled.labeled_at, labeled.version) == ("ann", bench.now, 1)
    assert labeled.answers[0].labels == ["l0"]
    (leased,) = (await bench.queue.lists.page(Wanted(bench.project, ItemState.LEASED), "", 9)).items
    assert (leased.id, leased.labeler, leased.answers) == (page.items[1].id, "", [])


async def test_wrong_cursors_are_refused(bench: Bench) -> None:
    await bench.fill(1)
    for cursor in ("nonsense", "q-2.5.0.5", "i-" + "g" * 32, "i-" + "0" * 31, "n-1." + "0" * 32, "i-$gt"):
        with pytest.raises(Refused) as refused:
            await bench.queue.lists.page(Wanted(bench.project), cursor, 5)
        assert (refused.value.status, refused.value.fields[0].field) == (422, "cursor")
    with pytest.raises(Refused):
        await bench.queue.lists.page(Wanted(bench.project, ItemState.QUEUED), "q-2.5.nan", 5)


@pytest.mark.proof
@pytest.mark.timeout(1_800)
async def test_any_list_of_500_000_items_answers_within_50_ms(bench: Bench) -> None:
    chance = random.Random(7)
    await fill(bench, 500_000, chance, in_queue=0.5)
    cursors = {
        "i": [f"i-{chance.getrandbits(128):032x}" for _ in range(20)],
        "q": [f"q-2.5.{chance.random():.6f}" for _ in range(20)],
        "n": [f"n-{START + chance.randrange(50)}.{chance.getrandbits(128):032x}" for _ in range(20)],
    }
    asked: dict[str, list[dict[str, Any]]] = {
        "i": [{}, {"label": "l0"}, {"label": "none"}, *({"state": state} for state in OUT)],
        "q": [{"state": ItemState.QUEUED}, {"state": ItemState.LEASED}],
        "n": [{"labeler": "ann"}, {"labeler": "ann", "label": "none"}],
    }
    for kind, filters in asked.items():
        for fields in filters:
            for places in ([""] * 20, cursors[kind]):
                seconds = [await timed(bench, Wanted(bench.project, **fields), place) for place in places]
                assert statistics.median(seconds) < 0.05, (fields, places[0], seconds)


async def timed(bench: Bench, wanted: Wanted, cursor: str) -> float:
    began = time.perf_counter()
    await bench.queue.lists.page(wanted, cursor, 50)
    return time.perf_counter() - began
