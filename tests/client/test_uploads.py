"""Uploads: what is sent, what is not sent again, and how they end."""

import json
from pathlib import Path

import pytest

from labelbus import LabelbusError
from tests.client.conftest import Call
from tests.client.server import Answer, Asked, as_json, in_turn, problem, scripted

MADE = as_json({"datastore": "b", "key": "k", "etag": "e", "size": 1}, 201)
BUSY = problem(503, "unavailable", retryable=True)


def test_a_file_is_read_anew_for_each_attempt(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"x" * 3_000_000)
    with scripted(in_turn(BUSY, MADE)) as server:
        call(server, lambda client: client.files.upload("ä/a.png", tmp_path / "a.png", datastore="b"))
    assert [len(asked.body) for asked in server.asked] == [3_000_000] * 2
    assert server.asked[0].path == "/api/v1/datastores/b/objects/%C3%A4/a.png?overwrite=false"


def test_the_first_file_that_fails_ends_an_upload(call: Call) -> None:
    files = [(f"{number}.png", b"x") for number in range(500)]
    no = problem(422, "invalid_key", detail="No.")
    with scripted(in_turn(no)) as server, pytest.raises(LabelbusError, match=r"^[0-9]+\.png: No\.$"):
        call(server, lambda client: client.files.upload_all(files, datastore="b", overwrite=True))
    assert len(server.asked) < 50


def test_what_is_there_is_not_sent_again(call: Call, tmp_path: Path) -> None:
    for name in ("a/1.png", "a/2.png", "a/.hidden", ".git/3.png", "b/4.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())

    def script(asked: Asked) -> Answer:
        if asked.method == "PUT":
            return problem(409, "exists") if asked.path.endswith("4.png?overwrite=false") else MADE
        folder = "p/a/" if "p%2Fa%2F" in asked.path else "p/b/"
        objects = [{"key": "p/a/1.png", "size": 1, "modified_at": None}] if folder == "p/a/" else []
        return as_json({"folders": [], "objects": objects, "cursor": ""})

    with scripted(script) as server:
        done = call(server, lambda client: client.files.upload_folder(tmp_path, prefix="/p/", datastore="b"))
    assert (done.total, done.done, done.kept) == (3, 3, 2)
    assert sorted(asked.body for asked in server.asked if asked.method == "PUT") == [b"a/2.png", b"b/4.png"]


def test_a_folder_full_of_others_is_not_read_to_its_end(call: Call) -> None:
    def script(asked: Asked) -> Answer:
        other = {"key": "a.png", "size": 1}
        return MADE if asked.method == "PUT" else as_json({"folders": [], "objects": [other] * 200, "cursor": "more"})

    with scripted(script) as server:
        assert call(server, lambda client: client.files.upload_all([("z.png", b"z")], datastore="b")).kept == 0
    assert len(server.asked) == 11


def test_a_folder_that_is_none(call: Call, tmp_path: Path) -> None:
    (tmp_path / "file").write_text(json.dumps(None))
    with scripted(in_turn(MADE)) as server:
        with pytest.raises(NotADirectoryError, match="file is no folder"):
            call(server, lambda client: client.files.upload_folder(tmp_path / "file"))
        with pytest.raises(NotADirectoryError, match="nothing is no folder"):
            call(server, lambda client: client.files.upload_folder(tmp_path / "nothing"))
        with pytest.raises(FileNotFoundError):
            call(server, lambda client: client.files.upload("k", tmp_path / "nothing", datastore="b"))
        with pytest.raises(ValueError, match="at_once"):
            call(server, lambda client: client.files.upload_all([], datastore="b", overwrite=True, at_once=0))
    assert server.asked == []


def test_a_place_that_http_would_fold_away_is_refused_here(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"x")
    with scripted(in_turn(MADE)) as server:
        with pytest.raises(LabelbusError, match=r'^prefix: must not have a part named "\." or "\.\."$'):
            call(server, lambda client: client.files.upload_folder(tmp_path, prefix="../x", datastore="b"))
        with pytest.raises(LabelbusError, match=r"^key: must not have a part named") as wrong:
            call(server, lambda client: client.files.upload("a/./b.png", b"x", datastore="b"))
    assert (server.asked, wrong.value.code, wrong.value.fields[0].field) == ([], "bad_name", "key")
