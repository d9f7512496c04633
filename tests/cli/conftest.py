"""The whole system, and the command line as a person runs it."""

import asyncio
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from deploy.local.stack import Stack
from deploy.local.system import System
from services.cli import main

ROOT = Path(__file__).parents[2]
Result = subprocess.CompletedProcess[str]
Run = Callable[..., Result]
T = TypeVar("T")


@pytest.fixture(scope="package")
def system(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """All services, with topics and databases of their own."""
    prefix = f"t{secrets.token_hex(4)}-"
    settings = {"LABELBUS_TOPIC_PREFIX": prefix, "LABELBUS_DATABASE_PREFIX": prefix}
    with System(tmp_path_factory.mktemp("cli"), settings, stack) as system:
        yield system


def labelbus(*arguments: str, **environment: str) -> Result:
    """Run the command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "services.cli", *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


async def tail_until(text: str, *arguments: str, **environment: str) -> list[str]:
    """Lines that `labelbus events tail` prints, up to one with `text`."""
    return await lines_until(text, "events", "tail", *arguments, **environment)


async def lines_until(text: str, *arguments: str, **environment: str) -> list[str]:
    """Lines that a command prints, up to one with `text`."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "services.cli", *arguments,
        cwd=ROOT, env=os.environ | environment,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    assert process.stdout is not None
    lines: list[str] = []
    try:
        while not lines or text not in lines[-1]:
            line = await asyncio.wait_for(process.stdout.readline(), 60)
            assert line, lines
            lines.append(line.decode().rstrip("\n"))
    finally:
        process.terminate()
        await process.wait()
    return lines


def until(condition: Callable[[], T]) -> T:
    """What the condition gives once that is true."""
    end = time.monotonic() + 90
    while not (found := condition()):
        assert time.monotonic() < end
        time.sleep(0.1)
    return found


@pytest.fixture
def run(system: System, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command within this process: without the second that a program takes to start."""
    for name, value in system.settings.items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str) -> Result:
        capsys.readouterr()
        code = main(arguments)
        said = capsys.readouterr()
        return Result(arguments, code, said.out, said.err)

    return run
