"""Submit, skip, back and done: what is saved, what is lost, what is refused, and what a repeated request answers."""

import asyncio

import pytest

from services.contracts.labels import Answer, Effort, Region, Shape
from services.contracts.projects import TaskType
from services.contracts.queue_api import ItemResult, SubmitItem
from services.kit.outbox import Outbox
from services.kit.problems import Refused
from services.kit.store import Store
from services.queue.settings import QueueSettings
from tests.queue.bench import Bench, answered, skipped, token


def results(found: list[ItemResult]) -> list[str]:
    return [result.result for result in found]


@pytest.fixture
async def multi(store: Store, settings: QueueSettings) -> Bench:
    bench = Bench(store, Outbox(store), settings)
    await bench.prepare(TaskType.IMAGE_MULTI_LABEL)
    return bench


async def test_submit_saves_label_history_and_event_together(bench: Bench) -> None:
    await bench.fill(1)
    page = await bench.claim("ann", 1)
    item = page.items[0].id
    given = answered(item, effort=Effort(active_ms=900, actions=2), note="sure")
    (result,) = await bench.submit("ann", page.token, [given])
    assert result == ItemResult(id=item, result="saved", version=1, state="labeled")
    document = await bench.read(item)
    assert (document["state"], document["version"], "lease" in document) == ("labeled", 1, False)
    assert document["label"]["answers"] == [{"set": "main", "labels": ["l0"]}]
    assert (document["label"]["by"], document["label"]["note"]) == ("ann", "sure")
    (row,) = await bench.history(item)
    assert (row["_id"], row["state"], row["by"], row["at"]) == (f"{item}:1", "labeled", "ann", bench.now)
    (event,) = await bench.events()
    assert event["_id"] == {"a": item, "v": 1}
    assert event["headers"]["ce_type"] == "labelbus.v1.LabelSubmitted"
    assert b'"names":["cat"]' in event["value"]
    assert dict(event["counters"]) == {"labeled": 1, "labels.main.l0": 1, "labelers.ann.labeled": 1}


async def test_skip_is_a_version_of_its_own_kind(bench: Bench) -> None:
    await bench.fill(1)
    page = await bench.claim("ann", 1)
    (result,) = await bench.submit("ann", page.token, [skipped(page.items[0].id)])
    assert (result.result, result.state) == ("saved", "skipped")
    (event,) = await bench.events()
    assert event["headers"]["ce_type"] == "labelbus.v1.ItemSkipped"
    assert dict(event["counters"]) == {"skipped": 1, "labelers.ann.skipped": 1}
    assert (await bench.read(page.items[0].id))["label"]["skip_reason"] == "blurred"


async def test_one_wrong_and_one_lost_item_do_not_stop_the_others(bench: Bench) -> None:
    await bench.fill(9)
    page = await bench.claim("ann", 4)
    good, wrong, gone, skip = (item.id for item in page.items)
    await bench.release("ann", page.token, items=[gone])
    found = await bench.submit(
        "ann",
        page.token,
        [answered(good), answered(wrong, label="nope"), answered(gone), skipped(skip), answered("other/item")],
    )
    assert results(found) == ["saved", "refused", "lost", "saved", "refused"]
    assert found[1].field == "items.1.answers.0.labels.0"
    assert (found[2].version, found[2].state) == (0, "queued")
    assert found[4].field == "items.4.id"


async def test_same_key_answers_what_the_first_request_answered(bench: Bench) -> None:
    await bench.fill(2)
    page = await bench.claim("ann", 2)
    key, items = token(), [answered(item.id) for item in page.items]
    first = await bench.submit("ann", page.token, items, key=key)
    assert await bench.submit("ann", page.token, items, key=key) == first
    assert len(await bench.events()) == 2
    with pytest.raises(Refused) as refused:
        await bench.submit("ann", page.token, items[:1], key=key)
    assert (refused.value.status, refused.value.code, refused.value.fields[0].field) == (409, "key_reused", "key")
    assert results(await bench.submit("eve", page.token, items, key=key)) == ["lost", "lost"]


async def test_same_request_ten_times_at_once_is_saved_once(bench: Bench) -> None:
    await bench.fill(3)
    page = await bench.claim("ann", 3)
    key, items = token(), [answered(item.id) for item in page.items]
    found = await asyncio.gather(*(bench.submit("ann", page.token, items, key=key) for _ in range(10)))
    assert all(results(one) == ["saved"] * 3 for one in found)
    assert len(await bench.events()) == 3


async def test_two_keys_for_one_page_at_once_save_it_once(bench: Bench) -> None:
    await bench.fill(3)
    page = await bench.claim("ann", 3)
    items = [answered(item.id) for item in page.items]
    found = await asyncio.gather(*(bench.submit("ann", page.token, items) for _ in range(8)))
    assert sorted(results(one)[0] for one in found) == ["lost"] * 7 + ["saved"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (SubmitItem(id="", version=0), "answers"),
        (SubmitItem(id="", version=0, answers=[Answer(set="other", labels=["l0"])]), "answers.0.set"),
        (SubmitItem(id="", version=0, answers=[Answer(set="main")]), "answers.0.labels"),
        (SubmitItem(id="", version=0, answers=[Answer(set="main", labels=["l0", "l1"])]), "answers.0.labels"),
        (SubmitItem(id="", version=0, answers=[Answer(set="main", labels=["l2"])]), "answers.0.labels.0"),
        (SubmitItem(id="", version=0, answers=[Answer(set="main", labels=["l0"])] * 2), "answers.1.set"),
        (SubmitItem(id="", version=0, skip=True, answers=[Answer(set="main", labels=["l0"])]), "answers"),
        (answered("", regions=[Region(id="r", label="l0", shape=Shape.BOX)]), "regions"),
        (answered("", skip_reason="blurred"), "skip_reason"),
    ],
)
async def test_wrong_answers_are_refused_by_field(bench: Bench, given: SubmitItem, field: str) -> None:
    await bench.fill(1)
    page = await bench.claim("ann", 1)
    item = given.model_copy(update={"id": page.items[0].id})
    (result,) = await bench.submit("ann", page.token, [item])
    assert (result.result, result.field) == ("refused", f"items.0.{field}")
    assert result.message
    assert results(await bench.submit("ann", page.token, [answered(item.id)])) == ["saved"]


async def test_multi_label_takes_several_but_none_twice(multi: Bench) -> None:
    await multi.fill(1)
    page = await multi.claim("ann", 1)
    item = page.items[0].id
    twice = SubmitItem(id=item, version=0, answers=[Answer(set="main", labels=["l0", "l0"])])
    both = SubmitItem(id=item, version=0, answers=[Answer(set="main", labels=["l0", "l1"])])
    (refused,) = await multi.submit("ann", page.token, [twice])
    assert (refused.result, refused.field) == ("refused", "items.0.answers.0.labels.1")
    assert results(await multi.submit("ann", page.token, [both])) == ["saved"]


async def test_item_twice_in_a_request_is_saved_once(bench: Bench) -> None:
    await bench.fill(1)
    page = await bench.claim("ann", 1)
    found = await bench.submit("ann", page.token, [answered(page.items[0].id)] * 2)
    assert results(found) == ["saved", "refused"]
    assert found[1].field == "items.1.id"


async def test_wrong_version_is_lost(bench: Bench) -> None:
    await bench.fill(1)
    page = await bench.claim("ann", 1)
    (result,) = await bench.submit("ann", page.token, [answered(page.items[0].id, version=3)])
    assert (result.result, result.version, result.state) == ("lost", 0, "leased")


async def test_submit_of_a_missing_item_says_what_it_is_now(bench: Bench) -> None:
    await bench.fill(1)
    page = await bench.claim("ann", 1)
    await bench.miss(["0.png"])
    (result,) = await bench.submit("ann", page.token, [answered(page.items[0].id)])
    assert (result.result, result.version, result.state) == ("lost", 1, "missing")


async def test_submit_of_a_removed_item_says_so(bench: Bench) -> None:
    await bench.fill(1)
    page = await bench.claim("ann", 1)
    await bench.store["items"].update_one({"_id": page.items[0].id}, {"$set": {"state": "removed"}})
    (result,) = await bench.submit("ann", page.token, [answered(page.items[0].id)])
    assert (result.result, result.state) == ("lost", "removed")


async def test_back_replaces_own_label_as_a_new_version(bench: Bench) -> None:
    await bench.fill(1)
    page = await bench.claim("ann", 1)
    item = page.items[0].id
    await bench.submit("ann", page.token, [answered(item)])
    assert results(await bench.back("bob", [answered(item, 1, "l1")])) == ["lost"]
    assert results(await bench.back("ann", [answered(item, 0, "l1")])) == ["lost"]
    assert results(await bench.back("ann", [answered(item, 1, "l1")])) == ["saved"]
    assert results(await bench.back("ann", [skipped(item, 2)])) == ["saved"]
    types = [event["headers"]["ce_type"].rsplit(".")[-1] for event in await bench.events()]
    assert types == ["LabelSubmitted", "LabelUpdated", "ItemSkipped"]
    assert [row["version"] for row in await bench.history(item)] == [1, 2, 3]
    assert not (await bench.recount()).drift()


async def test_done_lists_own_items_newest_first_page_by_page(bench: Bench) -> None:
    await bench.fill(5)
    order: list[str] = []
    for _ in range(5):
        page = await bench.claim("ann", 1)
        await bench.submit("ann", page.token, [answered(page.items[0].id)])
        order.insert(0, page.items[0].id)
        bench.now += 1
    first = await bench.queue.labeling.done(bench.project, "ann", "", 3)
    rest = await bench.queue.labeling.done(bench.project, "ann", first.cursor, 3)
    assert [item.id for item in first.items + rest.items] == order
    assert rest.cursor == ""
    assert (await bench.queue.labeling.done(bench.project, "bob", "", 3)).items == []


async def test_page_of_done_items_with_the_same_time_loses_none(bench: Bench) -> None:
    await bench.fill(9)
    page = await bench.claim("ann", 9)
    await bench.submit("ann", page.token, [answered(item.id) for item in page.items])
    seen: list[str] = []
    cursor = ""
    while True:
        done = await bench.queue.labeling.done(bench.project, "ann", cursor, 2)
        seen += [item.id for item in done.items]
        cursor = done.cursor
        if not cursor:
            break
    assert sorted(seen) == sorted(item.id for item in page.items)
