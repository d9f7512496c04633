"""Lists page by page, and bodies that are read as they come."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from labelbus import Client, LabelbusError
from tests.client.conftest import OPTIONS, Call
from tests.client.server import Answer, Asked, Script, as_json, scripted

TIME = "2026-01-01T00:00:00Z"
ROWS = [{"image_url": f"☃/{number}", "label": "ä" * 50} for number in range(40_000)]
FILE = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS).encode()


def export(file: bytes = FILE, **other: Any) -> dict[str, Any]:
    empty = dict.fromkeys(["error", "since_export", "sample", "manifest_key", "requested_by"], "")
    flags = dict.fromkeys(["images", "as_stored", "escape_formulas"], False)
    return {
        **empty, **flags, "id": "e1", "project": "p1", "version": 3, "format": "jsonl", "state": "succeeded",
        "requested_at": TIME, "started_at": TIME, "finished_at": TIME, "since": None, "rows": 1, "total": 1,
        "bucket": "b", "key": "k", "size": len(file), "sha256": hashlib.sha256(file).hexdigest(), "filter": {},
        "files": 1, "file_name": "out.jsonl", **other,
    }  # fmt: skip


def breaking(cut: int, about: dict[str, Any], file: bytes = FILE) -> Script:
    """The file of an export; every answer ends after `cut` bytes."""

    def script(asked: Asked) -> Answer:
        if not asked.path.endswith("/download"):
            return as_json(about)
        first = int(asked.headers.get("range", "bytes=0-").removeprefix("bytes=").rstrip("-"))
        assert first == 0 or asked.headers["if-range"] == f'"{about["sha256"]}"'
        return Answer(206 if first else 200, file[first:], cut=None if len(file) - first <= cut else cut)

    return script


def test_all_pages_of_a_list(call: Call) -> None:
    row = {"id": "p", "version": 1, "name": "n", "task_type": "of_later", "run_state": "running", "progress": None}
    pages = {"": ([1, 2], "a"), "a": ([], "b"), "b": ([3], "")}

    def script(asked: Asked) -> Answer:
        cursor = dict(pair.split("=") for pair in asked.path.partition("?")[2].split("&")).get("cursor", "")
        found, after = pages[cursor]
        items = [row | {"id": f"p{number}", "created_at": TIME, "permissions": []} for number in found]
        return as_json({"items": items, "cursor": after, "of_later": 1})

    with scripted(script) as server:
        found = call(server, lambda client: client.projects.list())
    assert [(each.id, each.task_type) for each in found] == [("p1", "of_later"), ("p2", "of_later"), ("p3", "of_later")]


def test_a_page_is_asked_for_when_it_is_needed() -> None:
    with scripted(lambda _asked: as_json({"items": [], "cursor": "more"})) as server:
        client = Client(server.url, "t", **OPTIONS)
        client.datasets.list()
        client.close()
    assert server.asked == []


@pytest.mark.parametrize("cut", [700_001, 10**9])
def test_rows_of_a_body_that_breaks_off(call: Call, cut: int) -> None:
    with scripted(breaking(cut, export())) as server:
        rows = call(server, lambda client: client.exports.rows("e1"))
    assert rows == ROWS
    assert len(server.asked) >= 1 + len(FILE) / cut


def test_a_download_that_breaks_off(call: Call, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    with scripted(breaking(1_500_000, export())) as server:
        use = lambda client: client.exports.download("e1", tmp_path, progress=lambda *done: seen.append(done))  # noqa: E731 - as the others
        assert call(server, use) == tmp_path / "out.jsonl"
    assert (tmp_path / "out.jsonl").read_bytes() == FILE
    assert seen == sorted(seen)
    assert seen[-1] == (len(FILE), len(FILE))
    assert [file.name for file in tmp_path.iterdir()] == ["out.jsonl"]


def test_a_download_that_ends_early_is_no_download(call: Call, tmp_path: Path) -> None:
    about = export(FILE)
    with scripted(breaking(10**9, about, FILE[:-1])) as server, pytest.raises(LabelbusError) as corrupt:
        call(server, lambda client: client.exports.download("e1", tmp_path / "a"))
    assert corrupt.value.code == "corrupt_download"
    assert list(tmp_path.iterdir()) == []


def test_what_has_no_rows(call: Call) -> None:
    for about, code in ((export(file_name="out.zip"), "not_rows"), (export(state="running"), "export_not_ready")):
        with scripted(breaking(10**9, about)) as server, pytest.raises(LabelbusError) as refused:
            call(server, lambda client: client.exports.rows("e1"))
        assert refused.value.code == code


def test_an_iteration_may_be_left() -> None:
    with scripted(breaking(10**9, export())) as server, Client(server.url, "t", **OPTIONS) as client:
        rows = client.exports.rows("e1")
        assert next(rows) == ROWS[0]
        rows.close()
        assert client.exports.get("e1").id == "e1"
