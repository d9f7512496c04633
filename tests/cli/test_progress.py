"""Progress of long work: a bar on a terminal, else now and then a line."""

import sys

import pytest

from services.cli import progress
from services.cli.progress import Tell


def work(tell: Tell) -> None:
    tell(0, 0)
    tell(1, 0)
    tell(3, 4)
    tell(4, 4)


def test_a_bar(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with progress.progress("Files") as tell:
        work(tell)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.rpartition("\r")[2].startswith("Files: 100%")
    assert "4/4" in said.err


def test_lines(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with progress.progress("Files") as tell:
        work(tell)
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr(progress, "_LINE_S", 0.0)
    with progress.progress("Files") as tell:
        work(tell)
    assert capsys.readouterr() == ("", "Files: 0\nFiles: 1\nFiles: 3 of 4\nFiles: 4 of 4\n")
