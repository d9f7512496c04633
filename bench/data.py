"""`python -m bench.data`: data in and out at a size where it matters, on a system of its own, in one run.

JSON goes to bench/out/data.json, the table to the terminal.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from bench import exports, lists, memory, pictures, projects, refreshes, rival, tables
from bench.client import Person, answer, label_ids
from bench.figures import OUT, Figure, as_json, as_table, machine
from deploy.local.system import System

FILE: Final = OUT / "data.json"
_PREFIX: Final = "many/"
_TABLE: Final = "rows/table.csv"
_MOST: Final = 2_000_000


def main() -> int:
    """Run, print, write. The exit status is 1 when a budget was missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.data", description=__doc__)
    parser.add_argument("--items", type=int, default=100_000, help="objects of the image project")
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the table, 1,200 or more")
    asked = parser.parse_args()
    figures = run(asked.items, asked.rows)
    print("\n" + as_table(figures))
    print(f"\nJSON: {FILE}")
    return 0 if all(figure.met is not False for figure in figures) else 1


def run(items: int, rows: int) -> list[Figure]:
    """Everything, on a system that is started for it."""
    say(f"On {machine()}")
    settings = {"LABELBUS_INGEST_ITEM_LIMIT": str(max(_MOST, items, rows))}
    with tempfile.TemporaryDirectory(prefix="labelbus-bench-") as folder, System(Path(folder), settings) as system:
        figures = asyncio.run(_measure(system, items, rows, Path(folder)))
    OUT.mkdir(exist_ok=True)
    FILE.write_text(as_json(figures) + "\n")
    return figures


def say(text: str) -> None:
    """Print at once."""
    print(text, flush=True)


def told(found: list[Figure]) -> list[Figure]:
    """Print figures as they come: what is measured for an hour is not lost with what fails at its end."""
    say(as_table(found))
    return found


async def _measure(system: System, items: int, rows: int, folder: Path) -> list[Figure]:
    owner = Person.with_token(system.url, system.token)
    person = await Person.invited(owner, "labeler")
    say(f"Filling the bucket with {items:,} pictures and a table of {rows:,} rows (not timed) …")
    await asyncio.to_thread(pictures.fill, system.stack, _PREFIX, items)
    await asyncio.to_thread(tables.fill, system.stack, _TABLE, rows)
    say("Importing keys …")
    project, figures = await _import(system, owner, items)
    told(figures)
    say(
        "Label Studio, the same bucket …"
        if rival.PROGRAM.exists()
        else "Without Label Studio: `make rival` installs it."
    )
    figures += told(await asyncio.to_thread(rival.measure, system.stack, folder / "rival"))
    say("Refreshing …")
    figures += told(await refreshes.measure(system, owner, project, _PREFIX, items))
    say("Lists …")
    await _label_page(person, project)
    await exports.label_rest(system, project)
    figures += told(await lists.measure(owner, project, person.id))
    say("Exporting …")
    figures += told(await exports.measure(system, owner, project, ("coco", "coco_azure", "jsonl", "csv")))
    say("Reading the table …")
    table, read = await tables.measure(system, owner, _TABLE, rows)
    figures += told(read)
    await projects.wait_running(owner, table)
    figures += told(await tables.used(owner, person, table, rows))
    for each in (owner, person):
        await each.close()
    return figures


async def _import(system: System, owner: Person, items: int) -> tuple[str, list[Figure]]:
    """Until all keys are in the queue's store, then until all are probed."""
    pids = {name: part.process.pid for name, part in system.parts.items()}
    began = time.perf_counter()
    with memory.Peaks(pids) as peaks:
        project = (await projects.create(owner, f"Bench {items:,}", _PREFIX, ["zero", "one", "two"]))["id"]
        await projects.wait_for(owner, project, lambda counts: bool(counts["ready"]), 3_600)
        keys = time.perf_counter() - began
        await projects.wait_for(owner, project, lambda counts: counts["pending"] == 0, 7_200)
        probed = time.perf_counter() - began
    await projects.wait_running(owner, project)
    what, peers = f"{items:,} objects", "Label Studio 1,200 to 2,650 /s"
    return project, [
        Figure(f"{what}: listed, shuffled and queued", items / keys, "objects/s", 5_000, "higher", peers=peers),
        Figure(f"{what}: probing of headers", items / (probed - keys), "objects/s", better="higher"),
        *peaks.figures("while objects are listed and probed"),
    ]


async def _label_page(person: Person, project: str) -> None:
    """Real labels, which the others are copies of."""
    labels = list(label_ids(await person.call("GET", f"/projects/{project}")).values())
    page = await person.claim(project)
    await person.submit(project, page["token"], [answer(item, labels[0]) for item in page["items"]])


if __name__ == "__main__":
    sys.exit(main())
