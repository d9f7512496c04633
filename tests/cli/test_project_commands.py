"""Projects, exports and imports by the command line, against a whole system."""

import asyncio
import json
import secrets
from pathlib import Path

import pytest
from PIL import Image

from deploy.local.system import System
from tests.cli.conftest import Run, labelbus, lines_until

pytestmark = pytest.mark.timeout(300)
NAME = f"Shop {secrets.token_hex(4)}"


@pytest.fixture(scope="module")
def project(system: System, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("shop")
    for number in range(6):
        Image.new("L", (8, 8), number).save(folder / f"{number}.png")
    assert labelbus("upload", str(folder), "--prefix", "shop", **system.settings).returncode == 0
    wanted = ["--type", "image_multi_class", "--label", "Cup", "--label", "Plate", "--prefix", "shop/", "--wait"]
    made = labelbus("projects", "create", NAME, *wanted, **system.settings)
    assert made.stdout.endswith(f"  running  {NAME}\n"), made.stderr
    return made.stdout.split()[0]


def test_projects(run: Run, project: str) -> None:
    assert run("projects", "pause", NAME).stdout == f"{project}  paused  {NAME}\n"
    assert run("projects", "start", project).stdout == f"{project}  running  {NAME}\n"
    assert json.loads(run("projects", "show", NAME).stdout)["id"] == project
    lines = run("projects", "list").stdout.splitlines()
    assert [line for line in lines if line.startswith(project) and line.endswith(NAME)]
    by_id = run("projects", "delete", project)
    assert (by_id.returncode, len(by_id.stderr.splitlines())) == (1, 1)
    unknown = run("projects", "pause", "No such project")
    assert (unknown.returncode, unknown.stderr) == (1, "labelbus: There is no such project.\n")
    taken = run("projects", "create", NAME, "--type", "image_box", "--label", "Cup")
    assert taken.returncode == 1
    assert taken.stderr.startswith("labelbus: name: ")


def test_labels_in_and_out(system: System, run: Run, project: str, tmp_path: Path) -> None:
    keys = [f"shop/{number}.png" for number in range(4)]
    lines = [{"image_url": f"AmlDatastore://{system.stack.bucket}/{key}", "label": "Cup"} for key in [*keys, "no.png"]]
    file = tmp_path / "labels.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    report = tmp_path / "report.jsonl"
    options = ["--project", NAME, "--mode", "labels"]
    looked = run("import", str(file), *options, "--report", str(report))
    assert looked.returncode == 0, looked.stderr
    first, counts, *_, last = looked.stdout.splitlines()
    assert first == "labels.jsonl: jsonl, 5 items"
    assert counts == "  4 match, 1 are not in the project, 0 refused, 0 without labels"
    assert last == "Nothing was written."
    assert len(report.read_text().splitlines()) >= 5
    written = run("import", str(file), *options, "--yes")
    assert written.stdout.splitlines()[-1] == "4 written, 0 had a label, 0 were in use", written.stderr

    out = run("export", "--project", project, "-o", str(tmp_path / "out.jsonl"))
    assert out.returncode == 0, out.stderr
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert sorted((row["image_url"], row["label"]) for row in rows) == [
        (line["image_url"], line["label"]) for line in lines[:4]
    ]
    none = run("export", "--project", NAME, "--label", "Plate", "--format", "csv", "--wait")
    assert "  0 items in " in none.stdout, none.stderr

    listed = [json.loads(line) for line in run("labels", "--project", NAME).stdout.splitlines()]
    assert {line["key"]: (line["state"], line["labels"]) for line in listed} == dict.fromkeys(
        keys, ("labeled", ["Cup"])
    )
    follow = lines_until(keys[-1], "labels", "--project", project, "--follow", **system.settings)
    followed = {line["key"]: line for line in map(json.loads, asyncio.run(follow))}
    assert followed[keys[-1]] == next(line for line in listed if line["key"] == keys[-1])


def test_what_an_export_or_import_lacks_is_named(run: Run, project: str, tmp_path: Path) -> None:
    wrong = run("export", "--project", project, "--label", "Fork")
    assert (wrong.returncode, wrong.stderr) == (1, f"labelbus: Project {NAME} has no label Fork.\n")
    conll = run("export", "--project", project, "--format", "conll")
    assert conll.stderr.startswith("labelbus: format: must be ")
    missing = run("import", str(tmp_path / "none.json"), "--project", project)
    assert missing.stderr == f"labelbus: {tmp_path / 'none.json'}: No such file or directory\n"
