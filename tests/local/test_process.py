"""A child ends with its parent, whatever the parent dies of, and says why it ended."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy.local.lineage import AlreadyRunningError, Lineage, start_time
from deploy.local.process import ChildDiedError, Command, Process

CHECKOUT = Path(__file__).parents[2]
SLEEP = [sys.executable, "-c", "import time; print('here', flush=True); time.sleep(600)"]
PARENT = """
import sys, threading, time
from pathlib import Path
from deploy.local.process import Command, Process
child = Process("child", Path(sys.argv[1]) / "log")
# From a thread that ends, because the kernel's tether is one to the thread that starts.
starter = threading.Thread(target=child.start, args=(Command(["sleep", "600"], {}, Path("/")),))
starter.start()
starter.join()
print(child.pid, flush=True)
time.sleep(600)
"""


def eventually(condition: Callable[[], bool], seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux kills the children of a killed process")
def test_kill_9_of_the_parent_leaves_no_child(tmp_path: Path) -> None:
    argv = [sys.executable, "-c", PARENT, str(tmp_path)]
    with subprocess.Popen(argv, cwd=CHECKOUT, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert start_time(child) is not None
        parent.kill()
    assert eventually(lambda: start_time(child) is None)


def test_a_child_that_ended_is_reported_with_its_code_and_last_lines(tmp_path: Path) -> None:
    process = Process("short", tmp_path / "log")
    process.start(Command([sys.executable, "-c", "print('the reason'); raise SystemExit(3)"], {}, tmp_path))
    assert process.wait(10)
    with pytest.raises(ChildDiedError, match=r"short ended with code 3.*(\n.*)*the reason"):
        process.require_alive()


def test_a_program_that_does_not_exist_is_named(tmp_path: Path) -> None:
    process = Process("nothing", tmp_path / "log")
    process.start(Command(["/no/such/program"], {}, tmp_path))
    assert process.wait(10)
    assert "cannot start /no/such/program" in process.last_lines()


def test_a_frozen_child_can_still_be_stopped(tmp_path: Path) -> None:
    process = Process("frozen", tmp_path / "log")
    process.start(Command(SLEEP, {}, tmp_path))
    process.pause()
    assert process.stop(10)
    assert not process.alive


def test_a_child_that_ignores_the_request_is_killed(tmp_path: Path) -> None:
    ready = threading.Event()
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(99)"
    )
    process = Process("deaf", tmp_path / "log", lambda _line: ready.set())
    process.start(Command([sys.executable, "-c", deaf], {}, tmp_path))
    assert ready.wait(10)
    assert not process.stop(0.2)
    assert process.code == -signal.SIGKILL


def test_only_one_supervisor_runs_in_a_folder(tmp_path: Path) -> None:
    with Lineage(tmp_path), pytest.raises(AlreadyRunningError, match=str(os.getpid())), Lineage(tmp_path):
        pass


def test_what_a_dead_supervisor_left_is_ended(tmp_path: Path) -> None:
    process = Process("orphan", tmp_path / "log")
    process.start(Command(SLEEP, {}, tmp_path))
    with Lineage(tmp_path / "data") as dead:
        dead.record([process])
    with Lineage(tmp_path / "data") as lineage:
        assert lineage.ended == ["orphan"]
    assert not process.alive


def test_another_process_with_the_pid_of_a_dead_child_is_left_alone(tmp_path: Path) -> None:
    process = Process("stranger", tmp_path / "log")
    process.start(Command(SLEEP, {}, tmp_path))
    (tmp_path / "children.json").write_text(f'{{"kafka": [{process.pid}, "another boot 1"]}}')
    with Lineage(tmp_path) as lineage:
        assert lineage.ended == []
    assert process.alive
    process.kill9()
