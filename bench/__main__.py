"""`python -m bench`: all rows of the README's table, in one run on one machine.

JSON goes to bench/out/, the table to the terminal.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from bench import browser, events, exports, memory, pictures, projects, queueing
from bench.client import Person
from bench.figures import OUT, Figure, as_json, as_table, machine
from deploy.local.system import System

LABELS = ["zero", "one", "two", "three", "four"]
_CROWD_ITEMS = 20_000
"""Enough for a rate."""


def main() -> int:
    """Run, print, write. The exit status is 1 when a budget was missed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--items", type=int, default=100_000, help="size of the largest project")
    parser.add_argument("--labelers", type=int, default=32)
    items = parser.parse_args().items
    people = parser.parse_args().labelers
    sizes = sorted({min(1_000, items), min(10_000, items), items})
    say(f"On {machine()}")
    with tempfile.TemporaryDirectory(prefix="labelbus-bench-") as folder:
        system = System(Path(folder))
        try:
            began = time.perf_counter()
            system.start()
            figures = [Figure("start of everything, first time", time.perf_counter() - began, "s")]
            system.stop()
            began = time.perf_counter()
            system.start()
            figures.append(Figure("start of everything, second time", time.perf_counter() - began, "s", 20))
            figures += asyncio.run(measure(system, sizes, people))
        finally:
            system.stop()
    OUT.mkdir(exist_ok=True)
    (OUT / "bench.json").write_text(as_json(figures) + "\n")
    say("\n" + as_table(figures))
    say(f"\nJSON: {OUT / 'bench.json'}")
    return 0 if all(figure.met is not False for figure in figures) else 1


def say(text: str) -> None:
    """Print at once."""
    print(text, flush=True)


async def measure(system: System, sizes: list[int], labelers: int) -> list[Figure]:
    """Everything that needs a running system."""
    owner = Person.with_token(system.url, system.token)
    say(f"Filling the bucket with {sum(sizes):,} pictures (not timed) …")
    for size in sizes:
        pictures.fill(system.stack, f"n{size}/", size)
    made, figures = await _imports(system, owner, sizes)
    say("Inviting labelers …")
    people = [await Person.invited(owner, f"labeler{number}") for number in range(labelers)]
    say("Claim and submit by one …")
    figures += await queueing.flatness(people[0], made)
    say("The next page in a browser …")
    figures += await browser.next_page(people[0], made[sizes[0]])
    say("Events …")
    figures += await events.delay(people[0], made[sizes[-1]], system.stack.kafka)
    say(f"{labelers} labelers at once …")
    figures += await queueing.crowd(people, made[sizes[-1]], min(_CROWD_ITEMS, sizes[-1]))
    say("Labeling the rest in the store (not timed), then exporting …")
    await exports.label_rest(system, made[sizes[-1]])
    figures += await exports.measure(system, owner, made[sizes[-1]], ("coco", "coco_azure", "jsonl"))
    figures += memory.of_each({name: part.process.pid for name, part in system.parts.items()})
    for person in [owner, *people]:
        await person.close()
    return figures


async def _imports(system: System, owner: Person, sizes: list[int]) -> tuple[dict[int, str], list[Figure]]:
    """A project of each size.

    The largest is timed: from Create until all keys are in the queue's store, then probing.
    """
    made: dict[int, str] = {}
    figures: list[Figure] = []
    for size in sizes:
        say(f"Importing {size:,} keys …")
        began = time.perf_counter()
        with memory.Peak(system.services["ingest"].process.pid) as peak:
            project = await projects.create(owner, f"Bench {size:,}", f"n{size}/", LABELS)
            made[size] = project["id"]
            await projects.wait_for(owner, project["id"], lambda counts: bool(counts["ready"]), 600)
            keys = time.perf_counter() - began
            await projects.wait_for(owner, project["id"], lambda counts: counts["pending"] == 0, 1800)
            probed = time.perf_counter() - began
        if size == sizes[-1]:
            figures = [
                Figure(
                    "import of keys, listing to queued",
                    size / keys,
                    "items/s",
                    5_000,
                    "higher",
                    peers="Label Studio 1,200 to 2,650 /s",
                ),
                Figure("keys and probing of headers", size / probed, "items/s", better="higher"),
                Figure("memory of ingest while importing, growth", peak.growth_mb, "MB"),
            ]
        await projects.wait_running(owner, project["id"])
    return made, figures


if __name__ == "__main__":
    sys.exit(main())
