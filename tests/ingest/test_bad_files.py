import io
import struct
import zlib

from PIL import Image

from services.contracts.exports import JobState
from services.contracts.ids import item_id
from services.contracts.projects import DataSource
from tests.ingest.harness import Ingest, World, picture


def huge_png() -> bytes:
    """30,000 x 30,000 pixels of one colour in a file of 110 kB."""
    content = io.BytesIO()
    Image.new("1", (30_000, 1)).save(content, "PNG")
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((1 + 30_000 // 8) * 30_000))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def hardly_png() -> bytes:
    """Whole by its chunks, but nearly all of its 500 x 500 pixels are missing."""
    header = struct.pack(">IIBBBBB", 500, 500, 8, 2, 0, 0, 0)
    packed = zlib.compress(b"\0\0\0\0")
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


class TestBadFiles:
    async def test_are_named_left_out_and_harm_nothing(self, world: World, ingest: Ingest, prefix: str) -> None:
        jpeg, halves = picture("JPEG", (200, 100)), picture("PNG", (200, 100))
        files = {
            "good.png": picture(),
            "text.png": b"this is no picture at all",
            "empty.jpg": b"",
            "cut.jpg": jpeg[:30],
            "half.jpg": jpeg[: len(jpeg) - 40],
            "half.png": halves[: len(halves) // 2],
            "hardly.png": hardly_png(),
            "huge.png": huge_png(),
            "webp.png": b"RIFF\0\0\0\0WEBPVP8 ",
            "zero.bmp": b"BM" + bytes(100),
        }
        for name, content in files.items():
            world.put(f"{prefix}/{name}", content)
        project = await world.new_project(DataSource(datastore=world.settings.bucket, prefix=prefix))
        refresh = await world.ended(project.id)
        assert refresh.state is JobState.SUCCEEDED
        assert (refresh.found, refresh.probed, refresh.unreadable) == (10, 4, 6)
        results = {name: world.probed(project.id)[item_id(project.id, f"{prefix}/{name}")] for name in files}
        assert {name for name, result in results.items() if result.media} == {
            "good.png",
            "half.jpg",
            "half.png",
            "hardly.png",
        }
        assert "text file" in results["text.png"].unreadable
        messages = {message.key.rpartition("/")[2]: message for message in refresh.messages}
        assert messages.keys() == files.keys() - {"good.png"}
        for name in ("half.jpg", "half.png", "hardly.png"):
            assert messages[name].code == "ends_early"
        assert messages["huge.png"].code == "too_large"
        for part in ("huge.png", "30,000 x 30,000", f"{len(files['huge.png']):,} bytes", "268,435,456"):
            assert part in messages["huge.png"].text
        async with ingest.client() as client:
            huge = {"item": item_id(project.id, f"{prefix}/huge.png"), "size": "preview"}
            answer = await client.get("/internal/media", params=huge)
            hardly = {"item": item_id(project.id, f"{prefix}/hardly.png"), "size": "preview"}
            assert (await client.get("/internal/media", params=hardly)).json()["code"] == "undecodable"
        assert (answer.status_code, answer.json()["code"]) == (422, "unreadable")
        assert "30,000 x 30,000" in answer.json()["detail"]

    async def test_only_the_first_hundred_messages_are_kept(self, world: World, prefix: str) -> None:
        for number in range(120):
            world.put(f"{prefix}/{number}.png", b"text")
        project = await world.new_project(DataSource(datastore=world.settings.bucket, prefix=prefix))
        refresh = await world.ended(project.id)
        assert (len(refresh.messages), refresh.suppressed, refresh.unreadable) == (100, 20, 120)

    async def test_nothing_matches(self, world: World, prefix: str) -> None:
        world.put(f"{prefix}/readme.txt", b"text")
        project = await world.new_project(DataSource(datastore=world.settings.bucket, prefix=prefix))
        refresh = await world.ended(project.id)
        assert [message.code for message in refresh.messages] == ["nothing_found"]
        assert world.finished(project.id).chunks == 0


class TestCutPictures:
    async def test_a_picture_that_is_cut_off_stays_an_item_and_is_told(
        self, world: World, ingest: Ingest, prefix: str
    ) -> None:
        whole = picture("JPEG", (900, 700))
        followed = whole + bytes(10_000)
        files = {"whole.jpg": whole, "followed.jpg": followed, "cut.jpg": whole[: len(whole) // 2]}
        for name, content in files.items():
            world.put(f"{prefix}/{name}", content)
        project = await world.new_project(DataSource(datastore=world.settings.bucket, prefix=prefix))
        assert (await world.ended(project.id)).probed == 3
        async with ingest.client() as client:
            for name in files:
                for size in ("thumbnail", "preview", "full"):
                    asked = {"item": item_id(project.id, f"{prefix}/{name}"), "size": size}
                    answer = await client.get("/internal/media", params=asked)
                    assert answer.status_code == (422 if name == "cut.jpg" else 200), (name, size)
        assert answer.json()["code"] == "undecodable"
        assert "cut off" in answer.json()["detail"]
