"""What docs/client.md shows, run as it stands."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from deploy.local.system import System
from tests.cli.conftest import ROOT, Run

pytestmark = pytest.mark.timeout(300)
PAGE = (ROOT / "docs" / "client.md").read_text()


def blocks(language: str) -> str:
    return "\n".join(re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))


@pytest.fixture
def folder(system: System, tmp_path: Path) -> Path:
    """Files that the page speaks of."""
    (tmp_path / "pets").mkdir()
    for number in range(6):
        Image.new("L", (8, 8), number).save(tmp_path / "pets" / f"{number}.png")
    url = f"AmlDatastore://{system.stack.bucket}/animals"
    lines = [{"image_url": f"{url}/{name}.png", "label": "Cat"} for name in (0, 1, "other")]
    (tmp_path / "labels.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return tmp_path


def test_the_python(system: System, folder: Path) -> None:
    program = folder / "page.py"
    program.write_text(blocks("python"))
    environment = os.environ | system.settings | {"LABELBUS_TOKEN": system.token, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-W", "error", program],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert "2 match 1 do not" in lines[1]
    assert "['saved', 'saved']" in lines  # the prelabeled ones come first
    assert [line.rpartition(" ")[2] for line in lines if line.startswith("AmlDatastore")] == ["Dog"] * 2
    assert "422 name_taken ['name']" in lines or "409 name_taken ['name']" in lines
    assert len(json.loads((folder / "coco.json").read_text())["annotations"]) == 2
    assert any(line.startswith("Cats and dogs ") for line in lines)


def test_the_commands(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    said = {}
    for line in blocks("sh").splitlines():
        program, *arguments = shlex.split(line)
        done = run(*arguments)
        assert (program, done.returncode) == ("labelbus", 0), (line, done.stderr)
        said[arguments[0]] = done.stdout
    assert "2 written" in said["import"]
    assert [json.loads(line)["labels"] for line in said["labels"].splitlines()] == [["Cat"], ["Cat"]]
    assert json.loads((folder / "pets.json").read_text())["categories"]
