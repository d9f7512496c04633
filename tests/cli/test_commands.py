"""The commands against a whole system."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.local.system import System
from tests.cli.conftest import labelbus, tail_until, until

pytestmark = pytest.mark.timeout(300)
PICTURES = 150


def _client(system: System) -> httpx.Client:
    headers = {"Authorization": f"Bearer {system.token}"}
    return httpx.Client(base_url=f"{system.url}/api/v1", headers=headers, timeout=60)


def test_the_demo_is_made_once(system: System) -> None:
    first = labelbus("demo", "--pictures", str(PICTURES), **system.settings)
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith(f"Demo project “Handwritten digits”: {PICTURES} pictures uploaded in ")
    with _client(system) as client:
        (project,) = client.get("/projects").json()["items"]
        assert project["name"] == "Handwritten digits"
        labels = client.get(f"/projects/{project['id']}").json()["label_sets"][0]["labels"]
        assert [label["name"] for label in labels] == list("1234567890")
        progress = f"/projects/{project['id']}/progress"
        until(lambda: client.get(progress).json()["total"] == PICTURES)
    second = labelbus("demo", **system.settings)
    assert second.returncode == 0
    assert second.stdout == "The demo project was made before, or there are other projects. Nothing to do.\n"


def test_a_folder_is_uploaded_as_it_is(system: System, tmp_path: Path) -> None:
    (tmp_path / "sub" / "ä b").mkdir(parents=True)
    (tmp_path / "1%20.png").write_bytes(b"one")
    (tmp_path / "sub" / "ä b" / "☃.png").write_bytes(b"two")
    (tmp_path / ".hidden").write_bytes(b"no")
    settings = system.settings
    first = labelbus("upload", str(tmp_path), "--prefix", "/pets/", **settings)
    assert (first.returncode, first.stdout) == (0, f"2 files uploaded to {system.stack.bucket}/pets/\n"), first.stderr
    again = labelbus("upload", str(tmp_path), "--prefix", "pets", **settings)
    assert again.stdout == f"0 files uploaded to {system.stack.bucket}/pets/, 2 were there already\n"
    over = labelbus("upload", str(tmp_path), "--prefix", "pets", "--overwrite", **settings)
    assert over.stdout == first.stdout
    with _client(system) as client:
        found = client.post("/sources/check", json={"datastore": system.stack.bucket, "prefix": "pets/"}).json()
    assert sorted(found["samples"]) == ["pets/1%20.png", "pets/sub/ä b/☃.png"]


def test_a_refusal_of_the_gateway_is_shown(system: System, tmp_path: Path) -> None:
    (tmp_path / "1.png").write_bytes(b"one")
    result = labelbus("upload", str(tmp_path), "--datastore", "no-such-bucket", **system.settings)
    assert result.returncode == 1
    assert "no-such-bucket" in result.stderr
    assert len(result.stderr.splitlines()) == 1


async def test_labels_are_printed_as_they_are_submitted(system: System) -> None:
    with _client(system) as client:
        project = until(lambda: client.get("/projects", params={"state": "running"}).json()["items"])[0]["id"]
        claim = {"token": "t" * 20, "client": "client-of-test", "size": 2}

        def page() -> list[dict[str, Any]]:
            items: list[dict[str, Any]] = client.post(f"/projects/{project}/claim", json=claim).json().get("items", [])
            return items

        items = until(page)
        label = client.get(f"/projects/{project}").json()["label_sets"][0]["labels"][6]["id"]
        answers = [{"set": "main", "labels": [label]}]
        submitted = [{"id": item["id"], "version": item["version"], "answers": answers} for item in items]
        body = {"token": claim["token"], "key": "k" * 20, "items": submitted}
        assert client.post(f"/projects/{project}/submit", json=body).status_code == 200
    key = items[-1]["source"]["key"]
    lines = await tail_until(key, "--from-beginning", "--project", project, **system.settings)
    assert "LabelSubmitted" in lines[-1]
    assert lines[-1].endswith(f"{key}  7")
    projects = await tail_until("running", "--topic", "projects", "--from-beginning", **system.settings)
    assert "Handwritten digits" in projects[-1]
    as_json = await tail_until(items[0]["id"], "--from-beginning", "--json", **system.settings)
    assert '"ce_type": "labelbus.v1.LabelSubmitted"' in as_json[-1]
