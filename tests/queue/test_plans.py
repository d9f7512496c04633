"""What the database examines: no call of a labeler may read in proportion to the project."""

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Self

import pytest

from services.contracts import ids
from services.contracts.labels import ItemState
from services.queue.items import models
from services.queue.items.walks import Wanted
from services.queue.leases.models import Lane, start_rank
from tests.queue.bench import START, Bench, answered, found, skipped

if TYPE_CHECKING:
    from services.kit.store import Document

ITEMS = 20_000
"""What is read would be 500 times as much if it grew with them."""
N = 9


async def fill(bench: Bench, number: int) -> None:
    """Insert queued items directly: what counts here is how many there are."""
    for start in range(0, number, 10_000):
        items = []
        for place in range(start, min(start + 10_000, number)):
            item = models.discovered(bench.project, found(bench.project, f"{place}.png"), 1, START)
            items.append({**item, "state": ItemState.QUEUED, "media": {"format": "png", "width": 8, "height": 8}})
        await bench.store["items"].insert_many(items, ordered=False)


class Profile:
    """What MongoDB's profiler saw of the commands that ran inside the block."""

    def __init__(self, bench: Bench) -> None:
        self._database = bench.store["items"].database
        self.commands: list[Document] = []

    async def __aenter__(self) -> Self:
        await self._database.command("profile", 2)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._database.command("profile", 0)
        self.commands = (
            await self._database["system.profile"].find({"ns": {"$not": {"$regex": "system"}}}).to_list(None)
        )
        await self._database["system.profile"].drop()

    def keys(self) -> int:
        return sum(command.get("keysExamined", 0) for command in self.commands)

    def documents(self) -> int:
        return sum(command.get("docsExamined", 0) for command in self.commands)


@pytest.mark.timeout(180)
async def test_calls_of_labelers_examine_few_keys_of_many(bench: Bench) -> None:
    await fill(bench, ITEMS)
    for number in range(20):
        await bench.claim(f"other{number}", N)
    async with Profile(bench) as claim:
        page = await bench.claim("ann", N)
    # A window of rank, the write by id (which counts a key before and after each), the page read back, and two keys for
    # the project and the lane.
    assert len(page.items) == N
    assert claim.keys() <= 4 * N + 2, claim.commands
    async with Profile(bench) as beat:
        await bench.beat("ann", page.token)
    assert beat.keys() <= 2 * N + 2
    async with Profile(bench) as submit:
        await bench.submit(
            "ann", page.token, [answered(item.id) for item in page.items[:5]] + [skipped(page.items[5].id)]
        )
    assert submit.keys() <= 2 * N + 2
    async with Profile(bench) as done:
        await bench.queue.labeling.done(bench.project, "ann", "", 5)
    assert done.keys() <= 8
    async with Profile(bench) as release:
        await bench.release("ann", page.token)
    assert release.keys() <= N + 2
    async with Profile(bench) as progress:
        await bench.queue.progresses.find(bench.project)
    assert progress.keys() <= 20 * N + 10
    assert progress.documents() <= 5
    async with Profile(bench) as sweep:
        await bench.queue.sweeper.expire()
        await bench.queue.sweeper.pause()
    assert sweep.keys() <= 2
    await _lists_examine_few_keys(bench)


async def _lists_examine_few_keys(bench: Bench) -> None:
    """From their start and from a place in their middle, whatever they are asked for."""
    label = {"answers": [{"set": "main", "labels": ["l0"]}], "applied": [], "by": "ann", "at": START}
    half = {"project": bench.project, "rank": {"$lt": 0.5}, "state": ItemState.QUEUED}
    await bench.store["items"].update_many(half, {"$set": {"state": ItemState.LABELED, "label": label}})
    asked: dict[str, list[dict[str, Any]]] = {
        "i-8" + "0" * 31: [{}, {"state": ItemState.LABELED}, {"label": "l0"}, {"label": "none"}],
        "q-2.5.0.75": [{"state": ItemState.QUEUED}, {"state": ItemState.LEASED}],
        f"n-{START}." + "8" * 32: [{"labeler": "ann"}, {"labeler": "ann", "label": "none"}, {"labeler": "nobody"}],
    }
    for cursor, filters in asked.items():
        for wanted in filters:
            for place in ("", cursor):
                async with Profile(bench) as listed:
                    await bench.queue.lists.page(Wanted(bench.project, **wanted), place, 200)
                assert listed.keys() <= 2_010, (wanted, place, listed.commands)
                assert listed.documents() <= 1_010


async def test_first_and_last_window_of_rank_both_use_the_queue_index(bench: Bench) -> None:
    await bench.fill(30)
    lane = Lane(models.MANUAL, models.PRIORITY)
    for start in (0.0, start_rank("ann"), 0.999999):
        query = {
            "project": bench.project,
            "state": ItemState.QUEUED.value,
            "kind": lane.kind,
            "priority": lane.priority,
            "rank": {"$gte": start},
        }
        plan = await bench.store["items"].find(query, {"_id": 1}).sort("rank", 1).limit(N).explain()
        text = str(plan["queryPlanner"]["winningPlan"])
        assert "'indexName': 'queue'" in text
        assert "SORT'" not in text


def test_start_ranks_of_people_are_spread() -> None:
    starts = sorted(start_rank(ids.new_id("u")) for _ in range(1_000))
    assert max(later - earlier for earlier, later in pairwise(starts)) < 0.02
