"""DICOM through the routes of ingest, with real object storage and real decoding processes."""

import io
import random

import numpy as np
import pytest
from PIL import Image
from pydicom import uid
from pydicom.pixels.utils import pixel_array

from bench.scans import dicom
from services.contracts.exports import JobState
from services.contracts.ids import item_id
from services.contracts.ingest_api import DicomFacts
from services.contracts.items import Media, MediaFormat
from services.contracts.projects import DataSource
from services.ingest.media.api import _takes_gzip
from tests.ingest.dicom_files import FOLDER, ramp
from tests.ingest.harness import Ingest, World

VALUES = np.stack([ramp(300, 400, "i2", 16), ramp(300, 400, "i2", 12)])


Asked = tuple[str, dict[str, str | int]]


async def scanned(world: World, prefix: str, files: dict[str, bytes]) -> dict[str, str]:
    """Ids of the items of files."""
    for name, content in files.items():
        world.put(f"{prefix}/{name}", content)
    project = await world.new_project(DataSource(datastore=world.settings.bucket, prefix=prefix))
    assert (await world.ended(project.id)).state is JobState.SUCCEEDED
    await world.until(lambda: len(world.probed(project.id)) == len(files))
    return {name: item_id(project.id, f"{prefix}/{name}") for name in files}


class TestDicom:
    async def test_facts_and_pixels(self, world: World, ingest: Ingest, prefix: str) -> None:
        content = dicom(VALUES, WindowCenter=100, WindowWidth=2000, RescaleSlope=2, RescaleIntercept=-5)
        ids = await scanned(world, prefix, {"a.dcm": content})
        item = ids["a.dcm"]
        project = item.partition("/")[0]
        assert world.probed(project)[item].media == Media(format=MediaFormat.DICOM, width=400, height=300, frames=2)
        async with ingest.client() as client:
            told = await client.get("/internal/media/dicom", params={"item": item})
            facts = DicomFacts.model_validate_json(told.content)
            assert (facts.width, facts.height, facts.frames, facts.signed) == (400, 300, 2, True)
            assert (facts.slope, facts.intercept, facts.windows[0].center) == (2, -5, 100)
            for frame in (0, 1):
                asked = {"item": item, "frame": frame}
                plain = await client.get(
                    "/internal/media/pixels", params=asked, headers={"Accept-Encoding": "identity"}
                )
                assert "content-encoding" not in plain.headers
                assert np.array_equal(np.frombuffer(plain.content, "<i2").reshape(300, 400), VALUES[frame])
                packed = await client.get(
                    "/internal/media/pixels", params=asked, headers={"Accept-Encoding": "br, gzip;q=0.5"}
                )
                assert packed.headers["content-encoding"] == "gzip"
                assert packed.headers["vary"] == "Accept-Encoding"
                assert packed.content == plain.content
                assert packed.headers["etag"] != plain.headers["etag"]
                known = {"If-None-Match": packed.headers["etag"]}
                assert (await client.get("/internal/media/pixels", params=asked, headers=known)).status_code == 304
            known = {"If-None-Match": told.headers["etag"]}
            assert (await client.get("/internal/media/dicom", params={"item": item}, headers=known)).status_code == 304
        kept = world.s3.list_objects(world.settings.bucket, f"Labelbus/previews/{project}/", recursive=True)
        names = {str(found.object_name).rpartition("-")[2]: found for found in kept}
        assert names.keys() == {"dicom.json", "0.gz", "1.gz"}

    async def test_pictures_in_all_sizes(self, world: World, ingest: Ingest, prefix: str) -> None:
        large = ramp(1800, 2000)
        files = {"grey.dcm": dicom(large), "color.dicom": (FOLDER / "examples_ybr_color.dcm").read_bytes()}
        ids = await scanned(world, prefix, files)
        async with ingest.client() as client:
            for size, edge in (("thumbnail", 320), ("preview", 1600), ("full", 2000)):
                answer = await client.get("/internal/media", params={"item": ids["grey.dcm"], "size": size})
                assert max(Image.open(io.BytesIO(answer.content)).size) == edge
            assert answer.headers["content-type"] == "image/png"
            assert np.abs(np.asarray(Image.open(io.BytesIO(answer.content))) - large / 65_535 * 255).max() <= 0.5
            color = {"item": ids["color.dicom"]}
            shown = await client.get("/internal/media", params=color | {"size": "full"})
            assert Image.open(io.BytesIO(shown.content)).mode == "RGB"
            assert DicomFacts.model_validate_json(
                (await client.get("/internal/media/dicom", params=color)).content
            ).color
            refused = await client.get("/internal/media/pixels", params=color)
            assert (refused.status_code, refused.json()["code"]) == (422, "color")
            sample = {"datastore": world.settings.bucket, "key": f"{prefix}/grey.dcm", "size": "thumbnail"}
            assert (await client.get("/internal/media/object", params=sample)).status_code == 200

    async def test_colours_are_exact(self, world: World, ingest: Ingest, prefix: str) -> None:
        path = FOLDER / "SC_rgb_small_odd.dcm"
        ids = await scanned(world, prefix, {"odd.dcm": path.read_bytes()})
        async with ingest.client() as client:
            for size in ("thumbnail", "preview", "full"):
                answer = await client.get("/internal/media", params={"item": ids["odd.dcm"], "size": size})
                assert np.array_equal(np.asarray(Image.open(io.BytesIO(answer.content))), pixel_array(path)), size

    async def test_refusals(self, world: World, ingest: Ingest, prefix: str) -> None:
        buffer = io.BytesIO()
        Image.new("RGB", (4, 4)).save(buffer, "PNG")
        files = {"a.dcm": dicom(ramp()), "b.png": buffer.getvalue(), "c.dcm": (FOLDER / "test-SR.dcm").read_bytes()}
        ids = await scanned(world, prefix, files)
        asked: list[tuple[Asked, tuple[int, str]]] = [
            (("pixels", {"item": ids["a.dcm"], "frame": 1}), (422, "frame_unknown")),
            (("pixels", {"item": ids["a.dcm"], "frame": -1}), (422, "invalid")),
            (("pixels", {"item": ids["b.png"]}), (422, "no_dicom")),
            (("dicom", {"item": ids["b.png"]}), (422, "no_dicom")),
            (("text", {"item": ids["a.dcm"]}), (422, "no_text")),
            (("dicom", {"item": ids["c.dcm"]}), (422, "unreadable")),
            (("dicom", {"item": "p0/0"}), (404, "item_unknown")),
        ]
        async with ingest.client() as client:
            for (path, params), expected in asked:
                answer = await client.get(f"/internal/media/{path}", params=params)
                assert (answer.status_code, answer.json()["code"]) == expected, (path, params)

    async def test_a_file_of_which_the_decoder_dies_ends_nothing_else(
        self, world: World, ingest: Ingest, prefix: str
    ) -> None:
        """Broken JPEG makes GDCM abort its process, which pictures after it must not notice."""
        whole = (FOLDER / "SC_rgb_jpeg_dcmtk.dcm").read_bytes()
        files = {f"{seed}.dcm": broken(whole, seed) for seed in (*range(10), 210, 434, 473)}
        ids = await scanned(world, prefix, files | {"good.dcm": whole})
        async with ingest.client() as client:
            for name in files:
                answer = await client.get("/internal/media", params={"item": ids[name], "size": "full"})
                assert answer.status_code in {200, 422}
                if answer.status_code == 422:
                    assert answer.json()["code"] in {"undecodable", "unreadable"}
                    assert answer.json()["detail"].endswith(".")
            answer = await client.get("/internal/media", params={"item": ids["good.dcm"], "size": "full"})
            assert answer.status_code == 200
            assert (await client.get("/health/ready")).status_code == 200

    async def test_a_frame_larger_than_its_header_says_is_not_decoded(
        self, world: World, ingest: Ingest, prefix: str
    ) -> None:
        files = {}
        for syntax in (uid.JPEG2000Lossless, uid.JPEGLSLossless):
            content = dicom(ramp(300, 400), syntax)
            rows = b"\x28\x00\x10\x00US\x02\x00"
            assert content.count(rows) == 1
            files[f"{syntax.keyword}.dcm"] = content.replace(rows + b"\x2c\x01", rows + b"\x20\x00")
        ids = await scanned(world, prefix, files)
        async with ingest.client() as client:
            for item in ids.values():
                answer = await client.get("/internal/media", params={"item": item})
                assert (answer.status_code, answer.json()["code"]) == (422, "undecodable")
                assert "the frame has 400 x 300 pixels" in answer.json()["detail"]


def broken(content: bytes, seed: int) -> bytes:
    """With some of its last 1,500 bytes replaced."""
    damaged, chance = bytearray(content), random.Random(seed)
    for _ in range(1 + seed % 3):
        damaged[chance.randrange(len(damaged) - 1_500, len(damaged))] = chance.randrange(256)
    return bytes(damaged)


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [("gzip", True), ("br, gzip;q=0.5", True), ("gzip;q=0", False), ("gzip; q=0.0", False), ("", False), ("br", False)],
)
def test_who_takes_gzip(accepted: str, packed: bool) -> None:  # noqa: FBT001 - a parameter of a test
    assert _takes_gzip(accepted) is packed
