"""Texts: counted by code points, served without a mark, refused with what would be right."""

import tracemalloc
from collections.abc import AsyncIterator

import pytest

from services.contracts import limits
from services.contracts.exports import JobState
from services.contracts.ids import item_id
from services.contracts.items import Media, MediaFormat
from services.contracts.projects import DataSource, TaskType
from services.ingest.probes import text
from services.ingest.probes.window import UnreadableError
from tests.ingest.harness import Ingest, World, picture

MARK = b"\xef\xbb\xbf"
GOOD = {
    "ascii.txt": b"one line\n",
    "emoji.txt": "a 🐈‍⬛ of two\r\nlines, e\u0301 and é".encode(),
    "marked.TXT": MARK + "ümlaut".encode(),
    "mark within.txt": "a\ufeffb".encode(),
    "line of 3 MB.txt": "ä".encode() * 1_500_000,
}
BAD = {
    "empty.txt": (b"", "unreadable", "holds no text"),
    "only a mark.txt": (MARK, "unreadable", "holds no text"),
    "nul.txt": (b"abc\0def", "not_text", "NUL byte at byte 3"),
    "latin.txt": ("Gr\u00fc\u00dfe".encode("latin-1"), "not_utf8", "not valid UTF-8 at byte 2"),
    "cut.txt": ("abcä".encode()[:-1], "not_utf8", "not valid UTF-8 at byte 3"),
    "surrogate.txt": (b"a\xed\xa0\x80b", "not_utf8", "not valid UTF-8 at byte 1"),
    "utf16.txt": ("text".encode("utf-16"), "not_utf8", "encoded in UTF-16"),
    "utf16 big.txt": (b"\xfe\xff" + "text".encode("utf-16-be"), "not_utf8", "encoded in UTF-16"),
    "utf32.txt": ("text".encode("utf-32"), "not_utf8", "encoded in UTF-32"),
    "utf16 bare.txt": ("text".encode("utf-16-le"), "not_text", "NUL byte at byte 1"),
}


async def pieces(content: bytes, size: int) -> AsyncIterator[bytes]:
    for at in range(0, len(content), size):
        yield content[at : at + size]


class TestCount:
    @pytest.mark.parametrize("size", [1, 2, 3, 5, 100, 262_144])
    @pytest.mark.parametrize("name", [name for name in GOOD if "MB" not in name])
    async def test_code_points_however_it_is_cut(self, name: str, size: int) -> None:
        content = GOOD[name]
        media = await text.probe(len(content), pieces(content, size))
        assert media == Media(format=MediaFormat.TEXT, chars=len(content.decode("utf-8-sig")))

    @pytest.mark.parametrize("size", [1, 3, 100])
    @pytest.mark.parametrize("name", BAD)
    async def test_what_is_wrong_and_where(self, name: str, size: int) -> None:
        content, code, part = BAD[name]
        with pytest.raises(UnreadableError) as refused:
            await text.probe(len(content), pieces(content, size))
        assert refused.value.code in {code, "not_utf8", "not_text"}
        if size >= len(content):
            assert refused.value.code == code
            assert part in refused.value.reason

    async def test_fifty_megabytes_in_one_line_take_no_memory(self) -> None:
        async def line() -> AsyncIterator[bytes]:
            for _ in range(200):
                yield b"x" * 250_000

        tracemalloc.start()
        try:
            media = await text.probe(limits.TEXT_BYTES, line())
            assert tracemalloc.get_traced_memory()[1] < 3_000_000
        finally:
            tracemalloc.stop()
        assert media.chars == limits.TEXT_BYTES

    async def test_more_than_fifty_are_not_read(self) -> None:
        async def never() -> AsyncIterator[bytes]:
            raise AssertionError("it was read")
            yield b""

        with pytest.raises(UnreadableError, match=r"50,000,001 bytes; the limit is 50,000,000\. Split it"):
            await text.probe(limits.TEXT_BYTES + 1, never())


class TestTexts:
    async def test_found_counted_and_served(self, world: World, ingest: Ingest, prefix: str) -> None:
        for name, content in GOOD.items():
            world.put(f"{prefix}/{name}", content)
        for name, (content, _, _) in BAD.items():
            world.put(f"{prefix}/bad/{name}", content)
        world.put(f"{prefix}/a.png", picture())
        source = DataSource(datastore=world.settings.bucket, prefix=prefix)
        project = await world.new_project(source, task_type=TaskType.TEXT_ENTITIES)
        refresh = await world.ended(project.id)
        assert refresh.state is JobState.SUCCEEDED
        assert (refresh.found, refresh.probed, refresh.unreadable) == (len(GOOD) + len(BAD), len(GOOD), len(BAD))
        await world.until(lambda: len(world.probed(project.id)) == refresh.found)
        told = {message.key.rpartition("/")[2]: message for message in refresh.messages}
        assert {name: told[name].code for name in BAD} == {name: code for name, (_, code, _) in BAD.items()}
        assert all(part in told[name].text for name, (_, _, part) in BAD.items())
        async with ingest.client() as client:
            for name, content in GOOD.items():
                item = item_id(project.id, f"{prefix}/{name}")
                media = world.probed(project.id)[item].media
                answer = await client.get("/internal/media/text", params={"item": item})
                assert answer.content == content.removeprefix(MARK), name
                assert media is not None
                assert media.chars == len(answer.content.decode())
                assert answer.headers["content-type"] == "text/plain; charset=utf-8"
                known = {"If-None-Match": answer.headers["etag"]}
                assert (
                    await client.get("/internal/media/text", params={"item": item}, headers=known)
                ).status_code == 304
            picture_of = await client.get("/internal/media", params={"item": item})
            assert (picture_of.status_code, picture_of.json()["code"]) == (422, "no_picture")
            bad = {"item": item_id(project.id, f"{prefix}/bad/nul.txt")}
            refused = await client.get("/internal/media/text", params=bad)
            assert (refused.status_code, refused.json()["code"]) == (422, "unreadable")
            assert "NUL byte" in refused.json()["detail"]

    async def test_a_text_that_was_replaced_is_not_the_one_that_was_counted(
        self, world: World, ingest: Ingest, prefix: str
    ) -> None:
        world.put(f"{prefix}/a.txt", b"before")
        source = DataSource(datastore=world.settings.bucket, prefix=prefix)
        project = await world.new_project(source, task_type=TaskType.TEXT_MULTI_CLASS)
        await world.ended(project.id)
        world.put(f"{prefix}/a.txt", b"after all")
        asked = {"item": item_id(project.id, f"{prefix}/a.txt")}
        async with ingest.client() as client:
            answer = await client.get("/internal/media/text", params=asked)
            assert (answer.status_code, answer.json()["code"]) == (409, "object_changed")
            await world.request_refresh(project.id, 2)
            await world.ended(project.id, 2)
            assert (await client.get("/internal/media/text", params=asked)).text == "after all"

    async def test_a_look_at_a_source_knows_what_is_wanted(self, world: World, ingest: Ingest, prefix: str) -> None:
        for name in ("a.txt", "b.png", "c.dcm"):
            world.put(f"{prefix}/{name}", b"text")
        source = {"datastore": world.settings.bucket, "prefix": prefix}
        async with ingest.client() as client:
            texts = (await client.post("/internal/check", json=source | {"media": "text"})).json()
            assert (texts["matching"], texts["samples"]) == (1, [f"{prefix}/a.txt"])
            assert (await client.post("/internal/check", json=source)).json()["matching"] == 2
            nothing = (await client.post("/internal/check", json=source | {"media": "text", "pattern": "*.png"})).json()
            assert "accepted type (txt)" in nothing["problem"]
            wrong = await client.post("/internal/check", json=source | {"media": "video"})
            assert wrong.status_code == 422
