"""Decoding processes: what dies, dies alone."""

import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bench.scans import dicom
from services.ingest.dicom import tasks
from services.ingest.dicom.tasks import Task
from services.ingest.dicom.workers import Workers
from services.ingest.probes.window import UnreadableError
from tests.ingest.dicom_files import ramp


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    workers = Workers()
    yield workers
    await workers.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "object"
    path.write_bytes(dicom(ramp()))
    return path


@pytest.fixture
def nothing(tmp_path: Path) -> Path:
    path = tmp_path / "nothing"
    path.write_bytes(b"nothing")
    return path


class TestWorkers:
    async def test_one_is_used_again(self, workers: Workers, path: Path) -> None:
        first = await workers.run(Task.of(path, tasks.FACTS))
        process = workers._idle[0]
        assert await workers.run(Task.of(path, tasks.FACTS)) == first
        assert workers._idle == [process]

    async def test_one_that_was_killed_while_it_waited_costs_nothing(self, workers: Workers, path: Path) -> None:
        await workers.run(Task.of(path, tasks.FACTS))
        process = workers._idle[0]
        os.kill(process.pid, signal.SIGKILL)
        await process.wait()
        assert (await workers.run(Task.of(path, tasks.PIXELS))).keys() == {tasks.PIXELS}
        assert workers._idle != [process]

    async def test_a_file_that_is_none_is_told_and_ends_no_process(
        self, workers: Workers, path: Path, nothing: Path
    ) -> None:
        await workers.run(Task.of(path, tasks.FACTS))
        process = workers._idle[0]
        with pytest.raises(UnreadableError):
            await workers.run(Task.of(nothing, tasks.FACTS))
        assert workers._idle == [process]

    async def test_none_outlives_its_parent(self, workers: Workers, path: Path) -> None:
        await workers.run(Task.of(path, tasks.FACTS))
        process = workers._idle.pop()
        assert process.stdin is not None
        process.stdin.close()
        assert await process.wait() == 0

    async def test_after_the_end_none_is_kept(self, workers: Workers, path: Path) -> None:
        await workers.close()
        await workers.run(Task.of(path, tasks.FACTS))
        assert workers._idle == []
