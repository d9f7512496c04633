"""A text project over one large table: each row an item."""

import io
import time
from collections.abc import Iterator
from typing import Final

from minio import Minio

from bench import lists, memory, projects, queueing
from bench.client import Person
from bench.figures import Figure, p50
from deploy.local.stack import Stack
from deploy.local.system import System

_WORDS: Final = "a customer writes that the parcel came late and asks for the money back, politely"
_PART_BYTES: Final = 8_000_000
_PAGES: Final = 60


class _Lines(io.RawIOBase):
    """A table that is made while it is read, since it is larger than what we want to hold."""

    def __init__(self, rows: int) -> None:
        self._made, self._left = _lines(rows), b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what `io` calls it with
        while len(self._left) < len(buffer) and (piece := next(self._made, b"")):
            self._left += piece
        taken, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


def _lines(rows: int) -> Iterator[bytes]:
    yield b"number,text,score\n"
    for start in range(0, rows, 1_000):
        numbers = range(start, min(start + 1_000, rows))
        yield "".join(f'{n},"{_WORDS[n % 7 :]} ({n})",{n % 100}\n' for n in numbers).encode()


def fill(stack: Stack, key: str, rows: int) -> None:
    """Put the table into the default bucket, outside of any timing."""
    client = Minio(stack.s3_url.removeprefix("http://"), stack.s3_access_key, stack.s3_secret_key, secure=False)
    client.put_object(stack.bucket, key, io.BufferedReader(_Lines(rows)), -1, part_size=_PART_BYTES)


async def measure(system: System, owner: Person, key: str, rows: int) -> tuple[str, list[Figure]]:
    """From Create until every row can be labeled: the project, and how long it took."""
    source = {
        "datastore": system.stack.bucket,
        "prefix": key.rpartition("/")[0] + "/",
        "kind": "table",
        "table": {"header": True, "columns": ["text"]},
    }
    body = {
        "name": f"Bench of {rows:,} rows",
        "task_type": "text_multi_class",
        "labels": [{"name": "calm"}, {"name": "angry"}],
        "source": source,
    }
    pids = {name: part.process.pid for name, part in system.services.items()}
    began = time.perf_counter()
    with memory.Peaks(pids) as peaks:
        project = await owner.call("POST", "/projects", json=body)
        counts, _ = await projects.wait_for(owner, project["id"], lambda now: bool(now["ready"]), 7_200)
    rate = rows / (time.perf_counter() - began)
    if counts["total"] != rows:
        message = f"{rows:,} rows made {counts['total']:,} items"
        raise RuntimeError(message)
    return project["id"], [
        Figure(f"table of {rows:,} rows, to the last row queued", rate, "rows/s", better="higher"),
        *peaks.figures("while a table is read"),
    ]


async def used(owner: Person, person: Person, project: str, rows: int) -> list[Figure]:
    """Whether a project of so many items answers like a small one."""
    claims, submits = await queueing.latencies(person, project, _PAGES)
    return [
        Figure(f"claim a page of nine of {rows:,} rows, p50", p50(claims), "ms"),
        Figure(f"submit nine of {rows:,} rows, p50", p50(submits), "ms"),
        *await lists.measure(owner, project, person.id, f" of {rows:,} rows"),
    ]
