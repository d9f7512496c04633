"""`make run` as a person sees it: it says when it is ready, stops everything when asked, and when a service dies."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from minio import Minio

from deploy.local.lineage import start_time
from deploy.local.stack import Stack

CHECKOUT = Path(__file__).parents[2]
SECONDS = 60


class Run:
    """A supervisor on the parts of the test session, so that only the services are its own."""

    def __init__(self, data: Path, stack: Stack, prefix: str) -> None:
        names = {"LABELBUS_TOPIC_PREFIX": prefix, "LABELBUS_DATABASE_PREFIX": prefix}
        self.data = data
        self.environment = {**os.environ, **stack.settings(), **names}
        self._said = data / "said"

    def start(self, **environment: str) -> None:
        self.data.mkdir(exist_ok=True)
        with self._said.open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "deploy.local", "run", "--data", str(self.data)],
                cwd=CHECKOUT,
                env={**self.environment, **environment},
                stdout=said,
                stderr=subprocess.STDOUT,
            )

    def recount(self) -> tuple[int, str]:
        """As `make recount`: it gets everything from the run, nothing from the environment."""
        own = {name: value for name, value in os.environ.items() if not name.startswith("LABELBUS_")}
        command = [sys.executable, "-m", "deploy.local", "recount", "--data", str(self.data)]
        ended = subprocess.run(command, cwd=CHECKOUT, env=own, capture_output=True, text=True, check=False)
        return ended.returncode, ended.stdout + ended.stderr

    @property
    def said(self) -> str:
        return self._said.read_text()

    def wait_for(self, text: str) -> None:
        until = time.monotonic() + SECONDS
        while text not in self.said:
            assert self.process.poll() is None, self.said
            assert time.monotonic() < until, self.said
            time.sleep(0.05)

    def children(self) -> dict[str, int]:
        return {name: pid for name, (pid, _) in json.loads((self.data / "children.json").read_text()).items()}

    def get(self, path: str) -> int:
        line = next(line for line in self.said.splitlines() if line.strip().startswith("Open "))
        connection = HTTPConnection(urlsplit(line.split()[1]).netloc, timeout=10)
        connection.request("GET", path)
        status = connection.getresponse().status
        connection.close()
        return status


@pytest.fixture
def run(tmp_path: Path, stack: Stack, prefix: str) -> Iterator[Run]:
    run = Run(tmp_path, stack, prefix)
    yield run
    run.process.kill()
    run.process.wait()
    _forget_demo(stack)


def _forget_demo(stack: Stack) -> None:
    """What a demo left half-made in the bucket of the session: another test makes one there."""
    host = stack.s3_url.removeprefix("http://")
    store = Minio(endpoint=host, access_key=stack.s3_access_key, secret_key=stack.s3_secret_key, secure=False)
    for one in store.list_objects(stack.bucket, prefix="demo/", recursive=True):
        store.remove_object(stack.bucket, one.object_name)


def gone(pids: Iterable[int]) -> bool:
    until = time.monotonic() + 10
    while any(start_time(pid) for pid in pids):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def test_when_a_service_dies_it_says_which_and_stops_the_rest(run: Run) -> None:
    run.start()
    run.wait_for("Labelbus is ready")
    children = run.children()
    assert ((run.data / "settings.json").stat().st_mode & 0o777, run.recount()) == (0o600, (0, ""))
    os.kill(children["ingest"], signal.SIGKILL)
    assert run.process.wait(SECONDS) == 1
    assert run.recount() == (1, "Labelbus does not run in this checkout: start it with `make run`.\n")
    assert "ingest ended with code -9. Its last lines" in run.said
    assert "All stopped. ingest ended with code -9." in run.said
    assert gone(children.values())


def test_kill_9_leaves_no_child_and_the_next_start_finds_its_ports_and_stops_all_when_asked(run: Run) -> None:
    run.start()
    run.wait_for("Labelbus is ready")
    assert run.get("/health/ready") == 200
    ports = (run.data / "ports").read_text()
    children = run.children()
    run.process.kill()
    run.process.wait()
    assert gone(children.values())
    run.start()
    run.wait_for("Labelbus is ready")
    assert run.get("/health/ready") == 200
    assert (run.data / "ports").read_text() == ports
    children = run.children()
    run.process.send_signal(signal.SIGINT)
    assert run.process.wait(SECONDS) == 0
    assert gone(children.values())
    assert "All stopped." in run.said


def test_a_wanted_port_that_is_taken_is_named_before_anything_starts(run: Run, stack: Stack) -> None:
    taken = stack.kafka.rpartition(":")[2]
    run.start(LABELBUS_PORT=taken)
    assert run.process.wait(SECONDS) == 1
    assert f"Port {taken} is wanted by LABELBUS_PORT" in run.said
    assert "Starting" not in run.said
