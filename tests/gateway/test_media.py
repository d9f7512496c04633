"""Texts, DICOM facts and stored values through the gateway, and names of files that are no UTF-8."""

import io
import secrets
from collections.abc import Iterator
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image

from bench.scans import dicom
from services.contracts.ingest_api import DicomFacts
from tests.gateway.harness import Deployment, Person, answered, invited, page_token, refused, running

VALUES = np.arange(-600, 600, dtype=np.int16).reshape(30, 40)
TEXT = "Straße 🐈\r\nzwei"


def made(deployment: Deployment, owner: Person, files: dict[str, bytes], task: str) -> tuple[str, dict[str, Any]]:
    """A running project of these files, and the path of its first item."""
    folder = f"{secrets.token_hex(4)}/"
    for name, content in files.items():
        answered(owner.put(f"datastores/labelbus/objects/{folder}{name}", content=content))
    source = {"datastore": "labelbus", "prefix": folder}
    body = deployment.new_project(task_type=task, source=source)
    project = running(owner, answered(owner.post("projects", json=body)))
    claim = {"token": page_token(), "client": page_token(), "size": 1}
    item = answered(owner.post(f"projects/{project['id']}/claim", json=claim))["items"][0]
    return f"projects/{project['id']}/items/{item['id'].partition('/')[2]}", item


@pytest.fixture(scope="module")
def scan(deployment: Deployment, owner: Person) -> tuple[str, dict[str, Any]]:
    return made(deployment, owner, {"scan.dcm": dicom(VALUES, WindowCenter=0, WindowWidth=1200)}, "image_multi_class")


@pytest.fixture(scope="module")
def text(deployment: Deployment, owner: Person) -> tuple[str, dict[str, Any]]:
    return made(deployment, owner, {"a.txt": b"\xef\xbb\xbf" + TEXT.encode()}, "text_multi_class")


@pytest.fixture(scope="module")
def stranger(owner: Person) -> Iterator[Person]:
    """Somebody who has a session and no role at all."""
    with invited(owner, None) as stranger:
        yield stranger


class TestDicom:
    def test_facts(self, owner: Person, scan: tuple[str, dict[str, Any]]) -> None:
        path, item = scan
        assert item["media"] == {**item["media"], "format": "dicom", "width": 40, "height": 30, "frames": 1}
        answer = owner.get(f"{path}/dicom", params={"v": item["source"]["etag"]})
        facts = DicomFacts.model_validate(answered(answer))
        assert (facts.min, facts.max, facts.signed, facts.windows[0].width) == (-600, 599, True, 1200)
        assert "immutable" in answer.headers["cache-control"]
        assert owner.get(f"{path}/dicom").headers["cache-control"] == "private, no-cache"
        known = {"If-None-Match": answer.headers["etag"]}
        assert owner.get(f"{path}/dicom", headers=known).status_code == 304

    @pytest.mark.parametrize(("accepted", "sent"), [("gzip, br", "gzip"), ("identity", None), ("br", None)])
    def test_pixels(self, owner: Person, scan: tuple[str, dict[str, Any]], accepted: str, sent: str | None) -> None:
        answer = owner.get(f"{scan[0]}/pixels", params={"frame": 0}, headers={"Accept-Encoding": accepted})
        assert answer.headers.get("content-encoding") == sent
        assert answer.headers["vary"] == "Accept-Encoding"
        assert answer.headers["content-type"] == "application/octet-stream"
        assert np.array_equal(np.frombuffer(answer.content, "<i2").reshape(30, 40), VALUES)

    def test_the_picture_of_it(self, owner: Person, scan: tuple[str, dict[str, Any]]) -> None:
        answer = owner.get(f"{scan[0]}/image", params={"size": "full"})
        shown = np.asarray(Image.open(io.BytesIO(answer.content)))
        assert np.abs(shown - (VALUES + 600) / 1199 * 255).max() < 1

    def test_refusals(self, owner: Person, stranger: Person, scan: tuple[str, dict[str, Any]]) -> None:
        path = scan[0]
        refused(owner.get(f"{path}/pixels", params={"frame": 1}), 422, "frame_unknown")
        refused(owner.get(f"{path}/pixels", params={"frame": -1}), 422, "invalid", "frame")
        refused(owner.get(f"{path}/text"), 422, "no_text")
        for form in ("dicom", "pixels", "text"):
            refused(stranger.get(f"{path}/{form}"), 403, "forbidden")
            refused(owner.get(f"{path.rpartition('/')[0]}/{'0' * 32}/{form}"), 404, "item_unknown")
            refused(owner.get(f"{path.rpartition('/')[0]}/xyz/{form}"), 422, "invalid", "item")


class TestText:
    def test_as_its_code_points_are_counted(self, owner: Person, text: tuple[str, dict[str, Any]]) -> None:
        path, item = text
        assert item["media"] == {**item["media"], "format": "text", "chars": len(TEXT)}
        answer = owner.get(f"{path}/text", params={"v": item["source"]["etag"]})
        assert answer.content == TEXT.encode()
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "immutable" in answer.headers["cache-control"]
        known = {"If-None-Match": answer.headers["etag"]}
        assert owner.get(f"{path}/text", headers=known).status_code == 304
        refused(owner.get(f"{path}/image"), 422, "no_picture")
        refused(owner.get(f"{path}/dicom"), 422, "no_dicom")


@pytest.mark.parametrize("name", ["%ff.png", "folder/%C3.png", "%ED%A0%80.png"])
@pytest.mark.parametrize("method", ["PUT", "GET"])
def test_a_key_that_is_no_utf8_is_refused(deployment: Deployment, owner: Person, name: str, method: str) -> None:
    address = httpx.URL(f"{deployment.url}/api/v1/datastores/labelbus/objects/{name}")
    content = b"x" if method == "PUT" else None
    problem = refused(owner.request(method, address, content=content), 422, "invalid_key", "key")
    assert "UTF-8" in problem["detail"]
