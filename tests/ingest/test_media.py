import io
from typing import cast

import numpy as np
import pytest
from PIL import Image, ImageOps

from services.contracts.ids import item_id
from services.contracts.projects import DataSource
from services.ingest.media.render import EDITION, SMALL_BYTES
from tests.ingest.harness import Ingest, World, picture

QUARTERS = {(0, 0): (255, 0, 0), (1, 0): (0, 255, 0), (0, 1): (0, 0, 255), (1, 1): (255, 255, 255)}


def quartered(kind: str, size: tuple[int, int], orientation: int = 1, **options: object) -> bytes:
    """A picture with a colour in each quarter, so that every turn and flip shows."""
    half = size[0] // 2, size[1] // 2
    image = Image.new("RGB", size)
    for (x, y), color in QUARTERS.items():
        image.paste(color, (x * half[0], y * half[1], (x + 1) * half[0], (y + 1) * half[1]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    content = io.BytesIO()
    image.save(content, kind, **({"exif": exif} if kind != "BMP" else {}), **options)
    return content.getvalue()


def corners(image: Image.Image) -> list[tuple[int, ...]]:
    """Colours near the corners, rounded to black and full."""
    shown = image.convert("RGB")
    width, height = shown.size
    points = [(x * (width - 1) // 8, y * (height - 1) // 8) for y in (1, 7) for x in (1, 7)]
    pixels = shown.load()
    assert pixels is not None
    return [tuple(255 * (part > 127) for part in cast("tuple[int, int, int]", pixels[point])) for point in points]


class TestMedia:
    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
    async def test_all_orientations_are_upright(self, world: World, ingest: Ingest, prefix: str, kind: str) -> None:
        files = {f"{prefix}/{n}.{kind.lower()}": quartered(kind, (400, 240), n) for n in range(1, 9)}
        for key, content in files.items():
            world.put(key, content)
        project = await world.new_project(DataSource(datastore=world.settings.bucket, prefix=prefix))
        await world.ended(project.id)
        async with ingest.client() as client:
            for key, content in files.items():
                item = item_id(project.id, key)
                upright = ImageOps.exif_transpose(Image.open(io.BytesIO(content)))
                media = world.probed(project.id)[item].media
                assert media is not None
                assert (media.width, media.height) == upright.size
                for size in ("thumbnail", "preview", "full"):
                    answer = await client.get("/internal/media", params={"item": item, "size": size})
                    shown = ImageOps.exif_transpose(Image.open(io.BytesIO(answer.content)))
                    assert corners(shown) == corners(upright), (key, size)
                    assert max(shown.size) == (320 if size == "thumbnail" else 400)
                    assert answer.headers["content-type"] in {"image/jpeg", "image/png", "image/webp"}

    async def test_of_several_pages_the_first_is_shown_and_said(
        self, world: World, ingest: Ingest, prefix: str
    ) -> None:
        content = io.BytesIO()
        Image.new("RGB", (30, 20), "red").save(content, "TIFF", save_all=True, append_images=[Image.new("RGB", (9, 9))])
        world.put(f"{prefix}/pages.tif", content.getvalue())
        project = await world.new_project(DataSource(datastore=world.settings.bucket, prefix=prefix))
        refresh = await world.ended(project.id)
        assert [(m.code, m.key) for m in refresh.messages] == [("first_page_only", f"{prefix}/pages.tif")]
        asked = {"item": item_id(project.id, f"{prefix}/pages.tif"), "size": "full"}
        async with ingest.client() as client:
            shown = Image.open(io.BytesIO((await client.get("/internal/media", params=asked)).content))
        assert (shown.size, shown.getpixel((5, 5))) == ((30, 20), (255, 0, 0))

    async def test_previews_are_kept_and_not_scanned(self, world: World, ingest: Ingest, prefix: str) -> None:
        key = f"{prefix}/large.bmp"
        world.put(key, quartered("BMP", (2000, 1000)))
        project = await world.new_project(DataSource(datastore=world.settings.bucket, prefix=prefix))
        await world.ended(project.id)
        asked = {"item": item_id(project.id, key), "size": "preview"}
        async with ingest.client() as client:
            first = await client.get("/internal/media", params=asked)
            kept = list(
                world.s3.list_objects(world.settings.bucket, f"Labelbus/previews/{project.id}/", recursive=True)
            )
            second = await client.get("/internal/media", params=asked)
            same = await client.get("/internal/media", params=asked, headers={"If-None-Match": first.headers["etag"]})
        assert Image.open(io.BytesIO(first.content)).size == (1600, 800)
        assert [found.object_name.endswith(f"-preview-{EDITION}.jpg") for found in kept] == [True]
        assert (second.content, second.headers["etag"]) == (first.content, first.headers["etag"])
        assert (same.status_code, same.content) == (304, b"")
        everything = await world.new_project(DataSource(datastore=world.settings.bucket, pattern="Labelbus/**"))
        assert (await world.ended(everything.id)).found == 0

    async def test_small_originals_are_served_as_they_are(self, world: World, ingest: Ingest, prefix: str) -> None:
        world.put(f"{prefix}/a.png", picture("PNG", (8, 8)))
        project = await world.new_project(DataSource(datastore=world.settings.bucket, prefix=prefix))
        await world.ended(project.id)
        async with ingest.client() as client:
            for size in ("thumbnail", "preview", "full"):
                asked = {"item": item_id(project.id, f"{prefix}/a.png"), "size": size}
                answer = await client.get("/internal/media", params=asked)
                assert answer.content == picture("PNG", (8, 8))
                assert answer.headers["x-content-type-options"] == "nosniff"
        assert not list(
            world.s3.list_objects(world.settings.bucket, f"Labelbus/previews/{project.id}/", recursive=True)
        )

    @pytest.mark.parametrize("kind", ["BMP", "PNG", "TIFF"])
    async def test_what_is_not_scaled_down_is_exact(self, world: World, ingest: Ingest, prefix: str, kind: str) -> None:
        """Columns of one pixel in red, blue and noise, which chroma subsampling would blend."""
        pixels = np.random.default_rng(7).integers(0, 256, (500, 900, 3), dtype=np.uint8)
        pixels[:, 0::2] = (255, 0, 0)
        pixels[:, 1:400:2] = (0, 0, 255)
        content = io.BytesIO()
        Image.fromarray(pixels).save(content, kind)
        assert len(content.getvalue()) > SMALL_BYTES
        world.put(f"{prefix}/a", content.getvalue())
        async with ingest.client() as client:
            asked = {"datastore": world.settings.bucket, "key": f"{prefix}/a", "size": "preview"}
            shown = Image.open(io.BytesIO((await client.get("/internal/media/object", params=asked)).content))
        assert np.array_equal(np.asarray(shown.convert("RGB")), pixels)

    async def test_colours_survive_scaling_down(self, world: World, ingest: Ingest, prefix: str) -> None:
        """Stripes of four pixels become two: still as red and as blue as before."""
        pixels = np.zeros((400, 3200, 3), dtype=np.uint8)
        pixels[:, (np.arange(3200) // 4) % 2 == 0] = (255, 0, 0)
        pixels[:, (np.arange(3200) // 4) % 2 == 1] = (0, 0, 255)
        content = io.BytesIO()
        Image.fromarray(pixels).save(content, "BMP")
        world.put(f"{prefix}/a", content.getvalue())
        async with ingest.client() as client:
            asked = {"datastore": world.settings.bucket, "key": f"{prefix}/a", "size": "preview"}
            answer = await client.get("/internal/media/object", params=asked)
        shown = Image.open(io.BytesIO(answer.content))
        assert answer.headers["content-type"] == "image/jpeg"
        assert shown.layer[0][1:3] == shown.layer[1][1:3]  # type: ignore[attr-defined]  # of JPEG only: sampling

    async def test_a_large_original_is_streamed(self, world: World, ingest: Ingest, prefix: str) -> None:
        content = picture("BMP", (900, 500))
        world.put(f"{prefix}/a.bmp", content)
        async with ingest.client() as client:
            asked = {"datastore": world.settings.bucket, "key": f"{prefix}/a.bmp", "size": "full"}
            answer = await client.get("/internal/media/object", params=asked)
        assert (answer.content, answer.headers["content-type"]) == (content, "image/bmp")

    async def test_refusals(self, world: World, ingest: Ingest, prefix: str) -> None:
        world.put(f"{prefix}/text.png", b"text")
        world.put(f"{prefix}/gone.png", picture("PNG", (500, 400)))
        world.put("Labeling/export.json", b"{}")
        project = await world.new_project(DataSource(datastore=world.settings.bucket, prefix=prefix))
        await world.ended(project.id)
        world.remove(f"{prefix}/gone.png")
        bucket = world.settings.bucket
        asked = {
            (404, "item_unknown"): {"item": "p0/0"},
            (404, "object_missing"): {"item": item_id(project.id, f"{prefix}/gone.png"), "size": "full"},
            (422, "unreadable"): {"item": item_id(project.id, f"{prefix}/text.png")},
            (422, "invalid"): {"item": "x", "size": "giant"},
        }
        of_object = [
            ((404, "object_missing"), {"datastore": bucket, "key": f"{prefix}/none.png"}),
            ((404, "object_missing"), {"datastore": bucket, "key": "a/../b.png"}),
            ((404, "object_missing"), {"datastore": bucket, "key": "Labeling/export.json"}),
            ((404, "datastore_unknown"), {"datastore": "No Bucket", "key": "a.png"}),
            ((422, "unreadable"), {"datastore": bucket, "key": f"{prefix}/text.png"}),
        ]
        async with ingest.client() as client:
            for expected, params in asked.items():
                answer = await client.get("/internal/media", params=params)
                assert (answer.status_code, answer.json()["code"]) == expected
            for expected, params in of_object:
                answer = await client.get("/internal/media/object", params=params)
                assert (answer.status_code, answer.json()["code"]) == expected, params
