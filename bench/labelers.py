"""Simulated labelers: each claims pages and submits them until nothing is left.

Counts what was acknowledged, finds doubles.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from bench.client import ApiError, Person, answer, new_token

Choose = Callable[[dict[str, Any]], str]
"""Item to the id of its label."""


@dataclass
class Tally:
    """What a run of labelers saw. `saved` maps an item to the version, label and person that were acknowledged last."""

    saved: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    submits: Counter[str] = field(default_factory=Counter)
    lost: int = 0
    retries: int = 0
    claim_ms: list[float] = field(default_factory=list)
    submit_ms: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def doubles(self) -> int:
        """Items that were saved more than once as new work: somebody labeled what another had labeled."""
        return sum(count - 1 for count in self.submits.values())


async def label_all(
    people: Sequence[Person],
    project: str,
    choose: Choose,
    size: int = 9,
    deadline_s: float = 600,
    most: int | None = None,
) -> Tally:
    """Let `people` label at once until all is done, `most` items are saved, or the deadline.

    A request that fails is sent again.
    """
    tally = Tally()
    began = time.perf_counter()
    end = began + deadline_s
    await asyncio.gather(*(_work(person, project, choose, size, tally, end, most) for person in people))
    tally.seconds = time.perf_counter() - began
    return tally


async def _work(
    person: Person, project: str, choose: Choose, size: int, tally: Tally, end: float, most: int | None
) -> None:
    while time.perf_counter() < end and (most is None or len(tally.saved) < most):
        page = await _insist(lambda token: person.claim(project, size, token), tally, tally.claim_ms, end)
        if page is None:
            return
        if not page["items"]:
            if page["others_hold"] == 0 and page["pending"] == 0:
                return
            await asyncio.sleep(0.2)
            continue
        await _submit(person, project, page, choose, tally, end)


async def _submit(person: Person, project: str, page: dict[str, Any], choose: Choose, tally: Tally, end: float) -> None:
    chosen = {item["id"]: choose(item) for item in page["items"]}
    items = [answer(item, chosen[item["id"]]) for item in page["items"]]
    done = await _insist(lambda key: person.submit(project, page["token"], items, key), tally, tally.submit_ms, end)
    for result in done["results"] if done else []:
        if result["result"] == "saved":
            tally.saved[result["id"]] = (result["version"], chosen[result["id"]], person.id)
            tally.submits[result["id"]] += 1
        else:
            tally.lost += 1


async def _insist(call: Callable[[str], Any], tally: Tally, times: list[float], end: float) -> Any:
    """Send the same request with the same token until it is answered, as the browser's outbox does.

    None: out of time.
    """
    token = new_token()
    while time.perf_counter() < end:
        began = time.perf_counter()
        try:
            answered = await call(token)
        except ApiError as error:
            if error.status < 500 and error.status != 429:  # noqa: PLR2004  retryable answers of HTTP
                raise
        except httpx.TransportError:
            pass
        else:
            times.append((time.perf_counter() - began) * 1000)
            return answered
        tally.retries += 1
        await asyncio.sleep(0.2)
    return None
