import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.ingest.harness import Ingest, World, picture


class TestUploads:
    @pytest.mark.parametrize(
        ("key", "problem"),
        [
            ("", "empty"),
            ("/a.png", "relative"),
            ("a//b.png", "empty segments"),
            ("a/", "empty segments"),
            ("../a.png", 'part named "." or ".."'),
            ("a/./b.png", 'part named "." or ".."'),
            ("a\nb.png", "control"),
            ("a\0b.png", "control"),
            ("a\\b.png", "backslash"),
            ("ä" * 513, "1,024 bytes"),
            ("Labelbus/x.png", "Labelbus/"),
            ("Labeling/x.png", "Labeling/"),
        ],
    )
    async def test_wrong_keys_are_refused_and_named(self, world: World, ingest: Ingest, key: str, problem: str) -> None:
        async with ingest.client() as client:
            url = f"/internal/datastores/{world.settings.bucket}/objects"
            answer = await client.put(url, params={"key": key}, content=b"x")
        body = answer.json()
        assert (answer.status_code, body["code"], body["fields"][0]["field"]) == (422, "invalid_key", "key")
        assert problem in body["detail"]

    async def test_the_longest_key_is_taken(self, world: World, ingest: Ingest, prefix: str) -> None:
        folder = "/".join(["x" * 200] * 4)
        key = f"{prefix}/{folder}/" + "y" * (1_024 - len(prefix) - len(folder) - 6) + ".png"
        assert len(key) == 1_024
        async with ingest.client() as client:
            url = f"/internal/datastores/{world.settings.bucket}/objects"
            answer = await client.put(url, params={"key": key}, content=picture())
        assert answer.status_code == 201
        assert world.s3.stat_object(world.settings.bucket, key).size == len(picture())

    async def test_a_name_that_the_store_refuses_is_no_outage(self, world: World, ingest: Ingest, prefix: str) -> None:
        url = f"/internal/datastores/{world.settings.bucket}/objects"
        async with ingest.client() as client:
            longest = await client.put(url, params={"key": f"{prefix}/{'d' * 251}.png"}, content=picture())
            longer = await client.put(url, params={"key": f"{prefix}/{'d' * 252}.png"}, content=picture())
        assert longest.status_code == 201
        body = longer.json()
        assert (longer.status_code, body["code"], body["retryable"]) == (422, "invalid_key", False)
        assert [problem["field"] for problem in body["fields"]] == ["key"]
        assert "256 bytes" in body["fields"][0]["message"]
        assert "255" in body["fields"][0]["message"]

    async def test_unknown_datastore(self, ingest: Ingest) -> None:
        async with ingest.client() as client:
            answer = await client.put("/internal/datastores/no-such-bucket/objects", params={"key": "a"}, content=b"x")
        assert (answer.status_code, answer.json()["code"]) == (404, "datastore_unknown")

    async def test_impossible_datastore(self, ingest: Ingest) -> None:
        async with ingest.client() as client:
            answer = await client.put("/internal/datastores/No_Bucket!/objects", params={"key": "a"}, content=b"x")
        assert (answer.status_code, answer.json()["code"]) == (404, "datastore_unknown")

    async def test_over_the_limit(self, world: World, ingest: Ingest, prefix: str) -> None:
        async def endless() -> AsyncIterator[bytes]:
            for _ in range(40):
                yield bytes(100_000)

        url = f"/internal/datastores/{world.settings.bucket}/objects"
        async with ingest.client() as client:
            declared = await client.put(url, params={"key": f"{prefix}/a.png"}, content=bytes(4_000_000))
            streamed = await client.put(url, params={"key": f"{prefix}/b.png"}, content=endless())
        for answer in (declared, streamed):
            assert (answer.status_code, answer.json()["code"]) == (413, "file_too_large")
            assert "3,000,000 bytes (LABELBUS_INGEST_UPLOAD_BYTES)" in answer.json()["detail"]
        assert not list(world.s3.list_objects(world.settings.bucket, f"{prefix}/"))

    async def test_of_two_at_once_one_wins(self, world: World, ingest: Ingest, prefix: str) -> None:
        url = f"/internal/datastores/{world.settings.bucket}/objects"
        async with ingest.client() as client:
            asked = [client.put(url, params={"key": f"{prefix}/a.png"}, content=bytes([n]) * 1000) for n in range(8)]
            answers = await asyncio.gather(*asked)
        assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
