"""Claim, heartbeat, claim again, release, expiry and pause, row by row of the table of transitions."""

import asyncio

import pytest

from services.contracts.ids import item_id
from services.contracts.projects import RunState
from services.kit.problems import Refused
from tests.queue.bench import MINUTE, Bench, answered, project, token


async def test_claim_gives_a_page_that_nobody_else_gets(bench: Bench) -> None:
    items = await bench.fill(20)
    ann, bob = await bench.claim("ann", 9), await bench.claim("bob", 9)
    assert len(ann.items) == len(bob.items) == 9
    assert not {item.id for item in ann.items} & {item.id for item in bob.items}
    assert {item.id for item in ann.items} <= set(items)
    assert ann.until == bench.now + 15 * MINUTE
    assert ann.kind == 2


async def test_same_token_gives_the_same_page_in_the_same_order(bench: Bench) -> None:
    await bench.fill(20)
    first = await bench.claim("ann", 4)
    assert await bench.claim("ann", 4, token_=first.token) == first


async def test_token_of_somebody_else_is_just_another_token(bench: Bench) -> None:
    await bench.fill(20)
    ann = await bench.claim("ann", 4)
    eve = await bench.claim("eve", 4, token_=ann.token)
    assert not {item.id for item in ann.items} & {item.id for item in eve.items}
    assert (await bench.submit("eve", ann.token, [answered(ann.items[0].id)]))[0].result == "lost"


async def test_last_page_is_smaller_and_then_all_is_held(bench: Bench) -> None:
    await bench.fill(5)
    await bench.discover(["unprobed.png"])
    assert len((await bench.claim("ann", 4)).items) == 4
    assert len((await bench.claim("bob", 4)).items) == 1
    empty = await bench.claim("cid", 4)
    assert (empty.items, empty.others_hold, empty.pending) == ([], 5, 1)


async def test_all_done_says_so(bench: Bench) -> None:
    await bench.fill(1)
    page = await bench.claim("ann", 1)
    await bench.submit("ann", page.token, [answered(page.items[0].id)])
    empty = await bench.claim("ann", 1)
    assert (empty.items, empty.others_hold, empty.pending) == ([], 0, 0)


async def test_what_another_tab_holds_is_told_and_comes_back_when_that_is_closed(bench: Bench) -> None:
    await bench.fill(3)
    lost = await bench.claim("ann", 2, client="first-tab")
    left = await bench.claim("ann", 2, client="second-tab")
    assert (len(lost.items), len(left.items)) == (2, 1)
    empty = await bench.claim("ann", 2, client="second-tab", have=[left.token])
    assert (empty.items, empty.others_hold, empty.own_hold) == ([], 0, 2)
    assert (await bench.claim("bob", 2, gone=["first-tab"])).others_hold == 3  # tabs of other people are theirs
    back = await bench.claim("ann", 2, client="second-tab", have=[left.token], gone=["first-tab"])
    assert [item.id for item in back.items] == [item.id for item in lost.items]
    assert (await bench.submit("ann", lost.token, [answered(lost.items[0].id)]))[0].result == "lost"


async def test_reload_gives_back_the_pages_that_the_client_lost_sight_of(bench: Bench) -> None:
    await bench.fill(20)
    working = await bench.claim("ann", 2)
    bench.now += 1
    ahead = await bench.claim("ann", 2, have=[working.token])
    again = await bench.claim("ann", 2)
    assert [item.id for item in again.items] == [item.id for item in working.items]
    assert again.token not in (working.token, ahead.token)
    then = await bench.claim("ann", 2, have=[again.token])
    assert [item.id for item in then.items] == [item.id for item in ahead.items]
    assert (await bench.submit("ann", working.token, [answered(working.items[0].id)]))[0].result == "lost"


async def test_smaller_layout_gets_the_rest_of_a_lost_page_later(bench: Bench) -> None:
    await bench.fill(9)
    whole = await bench.claim("ann", 9)
    seen: set[str] = set()
    for _ in range(3):
        page = await bench.claim("ann", 3)
        assert not seen & {item.id for item in page.items}
        seen |= {item.id for item in page.items}
        await bench.submit("ann", page.token, [answered(item.id) for item in page.items])
    assert seen == {item.id for item in whole.items}


async def test_third_page_is_refused(bench: Bench) -> None:
    await bench.fill(20)
    first = await bench.claim("ann", 2)
    second = await bench.claim("ann", 2, have=[first.token])
    with pytest.raises(Refused) as refused:
        await bench.claim("ann", 2, have=[first.token, second.token])
    assert (refused.value.status, refused.value.code) == (409, "too_many_pages")


async def test_pages_of_a_dead_client_come_back_to_the_same_person_only(bench: Bench) -> None:
    await bench.fill(4)
    lost = await bench.claim("ann", 4, client="tab-closed")
    bench.now += 11 * MINUTE
    assert (await bench.claim("ann", 4, client="tab-fresh")).items == []
    bench.now += 2 * MINUTE
    assert (await bench.claim("bob", 4)).items == []
    back = await bench.claim("ann", 4, client="tab-fresh")
    assert {item.id for item in back.items} == {item.id for item in lost.items}


async def test_hidden_page_that_beats_is_not_dead(bench: Bench) -> None:
    await bench.fill(4)
    page = await bench.claim("ann", 4, client="tab-hidden")
    for _ in range(3):
        bench.now += 5 * MINUTE
        assert (await bench.beat("ann", page.token, client="tab-hidden", idle_ms=5 * MINUTE)).alive
    assert (await bench.claim("ann", 4, client="tab-other")).items == []


async def test_page_never_mixes_kinds_and_takes_the_first_kind_first(bench: Bench) -> None:
    items = await bench.fill(6)
    await bench.store["items"].update_many({"_id": {"$in": items[:2]}}, {"$set": {"kind": 0}})
    first = await bench.claim("ann", 4)
    assert ({item.id for item in first.items}, first.kind) == (set(items[:2]), 0)
    second = await bench.claim("bob", 4)
    assert ({item.id for item in second.items}, second.kind) == (set(items[2:]), 2)


async def test_page_goes_on_with_the_next_priority(bench: Bench) -> None:
    items = await bench.fill(6)
    await bench.store["items"].update_many({"_id": {"$in": items[4:]}}, {"$set": {"priority": 1}})
    page = await bench.claim("ann", 4)
    assert {item.id for item in page.items[:2]} == set(items[4:])
    assert len(page.items) == 4


async def test_heartbeat_extends_and_answers_only_what_is_held(bench: Bench) -> None:
    await bench.fill(4)
    page = await bench.claim("ann", 4)
    bench.now += 10 * MINUTE
    answer = await bench.beat("ann", page.token, token())
    assert answer.alive == {page.token: bench.now + 15 * MINUTE}
    assert (await bench.beat("bob", page.token)).alive == {}
    assert (await bench.beat("ann", page.token, client="other-tab")).alive == {}


async def test_idle_page_is_not_extended(bench: Bench) -> None:
    await bench.fill(1)
    page = await bench.claim("ann", 1)
    bench.now += MINUTE
    assert (await bench.beat("ann", page.token, idle_ms=16 * MINUTE)).alive == {page.token: page.until}


async def test_old_page_is_not_extended(bench: Bench) -> None:
    await bench.fill(1)
    page = await bench.claim("ann", 1)
    while bench.now < page.until + 4 * 60 * MINUTE - 15 * MINUTE:
        bench.now += 10 * MINUTE
        last = (await bench.beat("ann", page.token)).alive[page.token]
    bench.now += 10 * MINUTE
    assert (await bench.beat("ann", page.token)).alive in ({page.token: last}, {})
    bench.now = last + 1
    await bench.queue.sweeper.expire()
    assert (await bench.beat("ann", page.token)).alive == {}


async def test_expired_page_is_held_again_by_a_heartbeat_if_nobody_took_it(bench: Bench) -> None:
    await bench.fill(2)
    page = await bench.claim("ann", 2)
    bench.now = page.until + 1
    await bench.queue.sweeper.expire()
    taken = await bench.claim("bob", 1)
    assert (await bench.beat("ann", page.token)).alive
    (rest,) = [item.id for item in page.items if item.id != taken.items[0].id]
    results = await bench.submit("ann", page.token, [answered(rest), answered(taken.items[0].id)])
    assert [result.result for result in results] == ["saved", "lost"]


async def test_expiry_ends_only_what_is_over(bench: Bench) -> None:
    await bench.fill(4)
    old = await bench.claim("ann", 2)
    bench.now += 10 * MINUTE
    await bench.claim("bob", 2)
    bench.now = old.until + 1
    await bench.queue.sweeper.expire()
    assert {item.id for item in (await bench.claim("cid", 4)).items} == {item.id for item in old.items}


async def test_late_submit_saves_when_nobody_claimed_since(bench: Bench) -> None:
    await bench.fill(1)
    page = await bench.claim("ann", 1)
    bench.now = page.until + 1
    await bench.queue.sweeper.expire()
    assert (await bench.submit("ann", page.token, [answered(page.items[0].id)]))[0].result == "saved"


async def test_released_items_are_free_at_once_and_the_token_is_worth_nothing(bench: Bench) -> None:
    await bench.fill(3)
    page = await bench.claim("ann", 3)
    assert await bench.release("bob", page.token) == 0
    assert await bench.release("ann", page.token, items=[page.items[0].id]) == 1
    assert {item.id for item in (await bench.claim("bob", 3)).items} == {page.items[0].id}
    assert await bench.release("ann", page.token) == 2
    assert (await bench.submit("ann", page.token, [answered(page.items[1].id)]))[0].result == "lost"


async def test_pause_stops_claims_and_frees_but_the_token_saves_after_the_start(bench: Bench) -> None:
    await bench.fill(2)
    page = await bench.claim("ann", 2)
    await bench.turn(RunState.PAUSED)
    await bench.queue.sweeper.pause()
    for call in (
        bench.claim("bob"),
        bench.beat("ann", page.token),
        bench.submit("ann", page.token, [answered(page.items[0].id)]),
        bench.claim_items("ann", [page.items[0].id]),
    ):
        with pytest.raises(Refused) as refused:
            await call
        assert (refused.value.status, refused.value.code) == (409, "project_paused")
    assert {(await bench.read(item.id))["state"] for item in page.items} == {"queued"}
    await bench.turn(RunState.RUNNING)
    other = await bench.claim("bob", 1)
    (rest,) = [item.id for item in page.items if item.id != other.items[0].id]
    results = await bench.submit("ann", page.token, [answered(rest), answered(other.items[0].id)])
    assert [result.result for result in results] == ["saved", "lost"]


async def test_pause_holds_before_the_queue_hears_of_it(bench: Bench) -> None:
    await bench.fill(1)
    bench.version, bench.run_state = 2, RunState.PAUSED
    with pytest.raises(Refused, match="project_paused"):
        await bench.claim("ann")


async def test_queue_that_is_behind_says_that_it_is_late(bench: Bench) -> None:
    bench.version = 2
    with pytest.raises(Refused) as refused:
        await bench.claim("ann")
    assert (refused.value.status, refused.value.code, refused.value.retryable) == (503, "project_behind", True)


async def test_queue_waits_for_a_version_that_is_on_its_way(bench: Bench) -> None:
    await bench.fill(1)
    bench.version = 2
    claim = asyncio.create_task(bench.claim("ann", 1))
    await asyncio.sleep(0)
    await bench.queue.projects.apply(project(bench.project, version=2))
    assert len((await claim).items) == 1


async def test_claim_again_takes_free_and_own_items_and_tells_the_version(bench: Bench) -> None:
    await bench.fill(3)
    page = await bench.claim("ann", 3)
    mine, theirs, done = (item.id for item in page.items)
    await bench.release("ann", page.token, items=[theirs])
    await bench.claim("bob", 1)
    await bench.submit("ann", page.token, [answered(done)])
    again = await bench.claim_items("ann", [theirs, mine, done, item_id(f"p{0:016}", "nothing")])
    assert [(item.id, item.version) for item in again.items] == [(mine, 0)]
    assert (await bench.submit("ann", again.token, [answered(mine)]))[0].result == "saved"


async def test_claim_again_leaves_a_living_other_tab_alone(bench: Bench) -> None:
    await bench.fill(1)
    page = await bench.claim("ann", 1, client="tab-here")
    assert (await bench.claim_items("ann", [page.items[0].id], client="tab-there")).items == []
    bench.now += 13 * MINUTE
    assert len((await bench.claim_items("ann", [page.items[0].id], client="tab-there")).items) == 1


async def test_claim_again_never_mixes_kinds(bench: Bench) -> None:
    items = await bench.fill(2)
    await bench.store["items"].update_one({"_id": items[0]}, {"$set": {"kind": 0}})
    page = await bench.claim_items("ann", items)
    assert ([item.id for item in page.items], page.kind) == ([items[0]], 0)


async def test_claim_again_can_not_hoard(bench: Bench) -> None:
    items = await bench.fill(6)
    for item in items[:4]:
        await bench.claim_items("ann", [item])
    with pytest.raises(Refused, match="too_many_pages"):
        await bench.claim_items("ann", [items[4]])
