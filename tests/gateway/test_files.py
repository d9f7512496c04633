"""Files through the gateway: pictures, samples, uploads, exports, and the pages of the UI."""

import json
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from services.contracts.exports import ExportFormat, ExportJob, JobState
from services.gateway.exports.downloads import _disposition, _part, file_name
from services.gateway.pages.service import Pages
from services.kit import clock
from services.kit.problems import Refused
from tests.gateway.harness import Deployment, Person, answered, page_token, refused, until


def test_an_item_has_a_name_and_a_picture_that_may_be_kept(owner: Person, project: dict[str, Any]) -> None:
    claim = {"token": page_token(), "client": page_token(), "size": 1}
    item = answered(owner.post(f"projects/{project['id']}/claim", json=claim))["items"][0]
    assert item["name"] == item["source"]["key"].rpartition("/")[2]
    path = f"projects/{project['id']}/items/{item['id'].partition('/')[2]}/image"
    thumbnail = owner.get(path, params={"size": "thumbnail", "v": item["source"]["etag"]})
    assert thumbnail.headers["content-type"].startswith("image/")
    assert "immutable" in thumbnail.headers["cache-control"]
    assert owner.get(path).headers["cache-control"] == "private, no-cache"
    known = {"If-None-Match": thumbnail.headers["etag"]}
    assert owner.get(path, params={"size": "thumbnail"}, headers=known).status_code == 304
    other = f"projects/{project['id']}/items/{'0' * 32}/image"
    assert refused(owner.get(other), 404, "item_unknown")


@pytest.mark.parametrize("name", ["a b.png", "100%.png", "ümlaut 🐈.png", "..png", "q?#&.png"])
def test_odd_names_come_back_as_they_went(deployment: Deployment, owner: Person, name: str) -> None:
    key = f"{secrets.token_hex(4)}/{name}"
    picture = owner.get(f"datastores/labelbus/objects/{deployment.folder}00.png?size=full").content
    address = f"{deployment.url}/api/v1/datastores/labelbus/objects/{_quoted(key)}"
    assert answered(owner.put(address, content=picture))["key"] == key
    refused(owner.put(address, content=picture), 409, "exists")
    answered(owner.put(f"{address}?overwrite=true", content=picture))
    assert owner.get(f"{address}?size=full").content == picture


def _quoted(key: str) -> str:
    return quote(key, safe="/").replace("..", "%2e%2e")  # clients resolve dots that they see


def test_a_key_with_a_line_break_is_refused_by_its_name(deployment: Deployment, owner: Person) -> None:
    address = f"{deployment.url}/api/v1/datastores/labelbus/objects/a%0Ab.png"
    refused(owner.put(address, content=b"x"), 422, "invalid_key", "key")


def test_an_export_is_downloaded_whole_and_in_ranges(owner: Person, project: dict[str, Any]) -> None:
    headers = {"Idempotency-Key": page_token()}
    path = f"projects/{project['id']}/exports"
    job = answered(owner.post(path, json={"format": "coco"}, headers=headers))
    assert answered(owner.post(path, json={"format": "coco"}, headers=headers))["id"] == job["id"]
    refused(owner.post(path, json={"format": "coco_azure"}, headers=headers), 422, "idempotency_key_used")

    def finished() -> dict[str, Any] | None:
        now: dict[str, Any] = answered(owner.get(f"exports/{job['id']}"))
        return now if now["state"] == "succeeded" else None

    done = until(finished, 30)
    assert answered(owner.get(path))[0]["id"] == job["id"]
    whole = owner.get(f"exports/{job['id']}/download")
    assert len(whole.content) == done["size"] == int(whole.headers["content-length"])
    assert "categories" in json.loads(whole.content)
    assert f"filename*=UTF-8''{project['name'].replace(' ', '%20')}-coco-" in whole.headers["content-disposition"]
    part = owner.get(f"exports/{job['id']}/download", headers={"Range": "bytes=5-9"})
    assert (part.status_code, part.content) == (206, whole.content[5:10])
    assert part.headers["content-range"] == f"bytes 5-9/{done['size']}"
    beyond = owner.get(f"exports/{job['id']}/download", headers={"Range": f"bytes={done['size']}-"})
    assert beyond.status_code == 416
    known = {"If-None-Match": whole.headers["etag"]}
    assert owner.get(f"exports/{job['id']}/download", headers=known).status_code == 304
    actions = [each["action"] for each in answered(owner.get("audit"))["items"] if each["target"] == job["id"]]
    assert {"export.requested", "export.downloaded"} <= set(actions)


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("", (0, 100)),
        ("bytes=0-9", (0, 10)),
        ("bytes=90-", (90, 10)),
        ("bytes=-10", (90, 10)),
        ("bytes=-1000", (0, 100)),
        ("bytes=50-1000", (50, 50)),
        ("bytes=100-", None),
        ("bytes=9-0", None),
        ("bytes=-0", None),
        ("bytes=0-1,5-6", (0, 100)),
        ("lines=0-1", (0, 100)),
        ("bytes=-", (0, 100)),
    ],
)
def test_ranges(asked: str, part: tuple[int, int] | None) -> None:
    assert _part(asked, 100) == part


def test_a_file_gets_a_name_that_every_system_takes() -> None:
    job = ExportJob(
        id="e1",
        project="p1",
        version=1,
        format=ExportFormat.COCO,
        state=JobState.SUCCEEDED,
        requested_at=clock.from_ms(0),
    )
    assert file_name(job, 'Bäder/"2026": *') == "Bäder 2026-coco-19700101T000000Z.json"
    assert file_name(job, "...") == "p1-coco-19700101T000000Z.json"
    assert _disposition('ä".json') == 'attachment; filename="_".json"; filename*=UTF-8\'\'%C3%A4%22.json'


class TestPages:
    def test_without_a_built_ui(self, tmp_path: Path) -> None:
        assert b"make ui" in bytes(Pages(tmp_path).answer("projects").body)

    def test_with_one(self, tmp_path: Path) -> None:
        (tmp_path / "assets").mkdir()
        (tmp_path / "assets" / "a-1.js").write_text("1")
        (tmp_path / "index.html").write_text("<script>1</script><script src='/assets/a-1.js'></script>")
        pages = Pages(tmp_path)
        assert "immutable" in pages.answer("assets/a-1.js").headers["cache-control"]
        page = pages.answer("projects/p1/label")
        assert page.headers["cache-control"] == "no-cache"
        policy = page.headers["content-security-policy"]
        assert "script-src 'self' 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='" in policy
        assert pages.answer("../../../etc/passwd").headers["content-security-policy"] == policy
        assert pages.answer("a\0b").headers["content-security-policy"] == policy
        with pytest.raises(Refused):
            pages.answer("assets/none.js")

    @pytest.mark.parametrize(
        ("accepted", "coding"),
        [
            ("gzip, deflate, br, zstd", "br"),
            ("GZIP;q=0.5", "gzip"),
            ("br;q=0, gzip", "gzip"),
            ("br; q=0.0", None),
            ("deflate", None),
            ("", None),
        ],
    )
    def test_packed_for_browsers_that_take_it(self, tmp_path: Path, accepted: str, coding: str | None) -> None:
        (tmp_path / "assets").mkdir()
        for name in (
            "assets/a-1.js",
            "assets/a-1.js.br",
            "assets/a-1.js.gz",
            "index.html",
            "index.html.br",
            "index.html.gz",
        ):
            (tmp_path / name).write_text("1")
        (tmp_path / "assets" / "b-1.js").write_text("1")
        pages = Pages(tmp_path)
        for path, kind in (("assets/a-1.js", "text/javascript"), ("projects", "text/html")):
            answer = pages.answer(path, accepted)
            assert answer.headers.get("content-encoding") == coding
            assert answer.headers["vary"] == "Accept-Encoding"
            assert answer.headers["content-type"].startswith(kind)
        assert "content-encoding" not in pages.answer("assets/b-1.js", accepted).headers
        with pytest.raises(Refused):
            pages.answer("assets/a-1.js.gz", accepted)

    def test_served_with_security_headers(self, deployment: Deployment, anybody: Person) -> None:
        headers = anybody.get(f"{deployment.url}/projects").headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
