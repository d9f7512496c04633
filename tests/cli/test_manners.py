"""How the command line behaves whoever runs it: help with examples, one line for each failure, an end at Ctrl-C."""

import argparse
import json
import os
import pty
import re
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from services.cli import app, main
from tests.cli.conftest import ROOT
from tests.client.server import Answer, Asked, as_json, scripted

AWAY = {"LABELBUS_GATEWAY_URL": "http://127.0.0.1:9", "LABELBUS_TOKEN": "lb_" + "t" * 32}
SESSION = {"user": {"id": "u1", "name": "Ann", "email": ""}, "permissions": []}


def _leaves(parser: argparse.ArgumentParser, name: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    below = [each for each in parser._actions if isinstance(each, argparse._SubParsersAction)]
    for action in below:
        for word, each in action.choices.items():
            yield from _leaves(each, f"{name} {word}")
    if name:
        yield name, parser


PARSER = app.parser()


@pytest.mark.parametrize(("name", "parser"), list(_leaves(PARSER)), ids=[name for name, _ in _leaves(PARSER)])
def test_help_shows_what_it_does_and_examples_that_can_be_run(name: str, parser: argparse.ArgumentParser) -> None:
    said = parser.format_help()
    examples = said.partition("examples:\n")[2].splitlines()
    assert examples
    assert parser.description
    for example in examples:
        program, *words = shlex.split(example)
        assert (program, shlex.join(words).startswith(name.strip())) == ("labelbus", True)
        assert callable(PARSER.parse_args(words).command)


@pytest.mark.parametrize(
    "line",
    [
        "upload .",
        "import labels.jsonl --project Pets",
        "export --project Pets",
        "projects list",
        "projects show Pets",
        "labels --project Pets",
    ],
)
def test_a_server_that_is_away_is_one_line(
    line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in AWAY.items():
        monkeypatch.setenv(name, value)
    assert main(shlex.split(line)) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert re.fullmatch(
        r"labelbus: Labelbus at http://127.0.0.1:9 \(LABELBUS_GATEWAY_URL\) does not answer: .+\n", said.err
    )


def test_a_folder_that_is_missing_is_told_before_anything_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "none" / "out.csv"
    assert main(["export", "--project", "Pets", "-o", str(target)]) == 1
    assert capsys.readouterr().err == f"labelbus: {target}: there is no folder {target.parent}\n"


@pytest.fixture
def terminal_signals() -> Iterator[None]:
    """What a shell started in the background ignores Ctrl-C, and so do its children."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("terminal_signals")
def test_ctrl_c_ends_an_upload_at_once(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"{number}.png").write_bytes(b"x")
    reached, over = threading.Event(), threading.Event()

    def script(asked: Asked) -> Answer:
        if asked.method == "PUT":
            reached.set()
            over.wait(60)
        answers = {"/session": SESSION, "/datastores": [{"name": "data", "default": True}]}
        path = asked.path.partition("?")[0].removeprefix("/api/v1")
        return as_json(answers.get(path, {"folders": [], "objects": [], "cursor": ""}))

    with scripted(script) as server:
        command = [sys.executable, "-m", "services.cli", "upload", str(tmp_path)]
        environment = os.environ | AWAY | {"LABELBUS_GATEWAY_URL": server.url}
        with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as process:
            assert reached.wait(60)
            process.send_signal(signal.SIGINT)
            said = process.communicate(timeout=20)[1]
        over.set()
    assert (process.returncode, said) == (130, ""), json.dumps(said)


@pytest.mark.usefixtures("terminal_signals")
def test_ctrl_c_ends_a_question_at_once() -> None:
    code = "import asyncio, sys\nfrom services.cli.asking import agreed\n"
    code += "async def ask(): agreed('Write?')\ntry: asyncio.run(ask())\nexcept KeyboardInterrupt: sys.exit(130)"
    terminal, end = pty.openpty()
    try:
        with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdin=end, stdout=end, stderr=end) as process:
            said = b""
            while b"[y/N]" not in said:
                said += os.read(terminal, 1_000)
            # What arrives between the prompt and the reading behind it, Python sees only at the next one.
            for _ in range(6):
                process.send_signal(signal.SIGINT)
                with suppress(subprocess.TimeoutExpired):
                    process.wait(4)
                    break
            assert process.poll() == 130
    finally:
        os.close(terminal)
        os.close(end)
