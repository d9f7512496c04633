"""Claim and submit: latency of one labeler at several project sizes, throughput of many at once."""

import random
import time
from collections.abc import Sequence

from bench.client import Person, answer, label_ids
from bench.figures import Figure, p50, p95
from bench.labelers import label_all

PAGE = 9


async def latencies(person: Person, project: str, rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds of `rounds` claims and submits of nine items, by one person."""
    view = await person.call("GET", f"/projects/{project}")
    labels = list(label_ids(view).values())
    claims: list[float] = []
    submits: list[float] = []
    for _ in range(rounds):
        began = time.perf_counter()
        page = await person.claim(project, PAGE)
        claimed = time.perf_counter()
        items = [answer(item, random.choice(labels)) for item in page["items"]]
        done = await person.submit(project, page["token"], items)
        submits.append((time.perf_counter() - claimed) * 1000)
        claims.append((claimed - began) * 1000)
        if any(result["result"] != "saved" for result in done["results"]):
            raise RuntimeError(f"not saved: {done}")
    return claims, submits


async def flatness(person: Person, projects: dict[int, str], rounds: int = 100) -> list[Figure]:
    """Claim and submit at each project size, interleaved so that noise of the machine hits all alike."""
    claims: dict[int, list[float]] = {size: [] for size in projects}
    submits: dict[int, list[float]] = {size: [] for size in projects}
    for _ in range(10):
        for size, project in projects.items():
            claimed, submitted = await latencies(person, project, rounds // 10)
            claims[size] += claimed
            submits[size] += submitted
    largest = max(projects)
    figures = [
        Figure(
            "claim a page of nine, 100,000 items, p50",
            p50(claims[largest]),
            "ms",
            15,
            peers="Label Studio 178 to 328 ms for one item",
        ),
        Figure("claim a page of nine, 100,000 items, p95", p95(claims[largest]), "ms"),
        Figure("submit nine, p50", p50(submits[largest]), "ms", 20, peers="Label Studio 52 to 178 ms for one item"),
        Figure("submit nine, p95", p95(submits[largest]), "ms"),
    ]
    flat = [Figure(f"claim a page of nine, {size:,} items, p50", p50(claims[size]), "ms") for size in projects]
    return figures + flat


async def crowd(people: Sequence[Person], project: str, most: int) -> list[Figure]:
    """All of `people` at once until `most` items are labeled. Raises when an item was saved twice."""
    view = await people[0].call("GET", f"/projects/{project}")
    labels = list(label_ids(view).values())
    tally = await label_all(
        people, project, lambda item: labels[int(item["id"][-1], 16) % len(labels)], PAGE, most=most
    )
    rate = len(tally.saved) / tally.seconds
    who = f"{len(people)} labelers at once"
    return [
        Figure(
            who,
            rate,
            "items/s",
            400,
            "higher",
            peers="Label Studio 2.9 to 5.2 items/s",
            note=f"{len(tally.saved):,} items",
        ),
        Figure(f"{who}: items labeled twice", tally.doubles, "", 0, peers="Label Studio: some, on its default store"),
        Figure(f"{who}: claim p95", p95(tally.claim_ms), "ms"),
        Figure(f"{who}: submit p95", p95(tally.submit_ms), "ms"),
    ]
