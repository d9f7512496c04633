"""Object storage, for real."""

import secrets

import pytest
from pydantic import SecretStr

from services.kit.blobs import BlobDenied, BlobMissing, BlobRefused, Blobs, BlobsDown, BucketMissing, Endpoint
from services.kit.parts import LEAST
from services.kit.settings import Settings


async def test_an_object_is_written_read_listed_and_deleted(settings: Settings, prefix: str) -> None:
    blobs = Blobs(settings)
    bucket, keys = settings.bucket, [f"{prefix}/{name}" for name in ("a b", "b/ü", "c")]
    for key in keys:
        assert await blobs.put(bucket, key, b"0123456789", "text/plain")
    assert (await blobs.stat(bucket, keys[0])).size == 10
    assert (await blobs.stat(bucket, keys[0])).content_type == "text/plain"
    assert await blobs.get_range(bucket, keys[1], 2, 3) == b"234"
    assert b"".join([piece async for piece in blobs.stream(bucket, keys[2])]) == b"0123456789"
    first, after = await blobs.list_page(bucket, f"{prefix}/", limit=2)
    rest, end = await blobs.list_page(bucket, f"{prefix}/", after, limit=2)
    assert [blob.key for blob in first + rest] == sorted(keys)
    assert end == ""
    assert bucket in await blobs.buckets()
    await blobs.delete(bucket, keys[0])
    with pytest.raises(BlobMissing):
        await blobs.get(bucket, keys[0])
    with pytest.raises(BlobMissing):
        await blobs.stat(bucket, keys[0])
    blobs.close()


async def test_a_writer_of_parts_goes_on_where_another_stopped(settings: Settings, prefix: str) -> None:
    blobs, key = Blobs(settings), f"{prefix}/parts"
    pieces = [secrets.token_bytes(LEAST), secrets.token_bytes(1000)]
    former = await blobs.put_parts(settings.bucket, key, "application/json")
    await former.add(pieces[0])
    with pytest.raises(BlobMissing):
        await blobs.stat(settings.bucket, key)
    present = await blobs.put_parts(settings.bucket, key, upload=former.upload, done=former.done)
    await present.add(pieces[1])
    await present.complete()
    assert await blobs.get(settings.bucket, key) == b"".join(pieces)
    abandoned = await blobs.put_parts(settings.bucket, f"{key}-not")
    await abandoned.abort()
    blobs.close()


async def test_each_failure_has_its_own_error(settings: Settings) -> None:
    blobs = Blobs(settings)
    with pytest.raises(BucketMissing):
        await blobs.list_page("there-is-no-such-bucket", "")
    with pytest.raises(BlobRefused, match="KeyTooLong"):
        await blobs.put(settings.bucket, "x" * 256, b"")
    denied = Blobs(settings.model_copy(update={"s3_access_key": "wrong", "s3_secret_key": SecretStr("wrong-secret")}))
    with pytest.raises(BlobDenied):
        await denied.get(settings.bucket, "any")
    down = Blobs(settings.model_copy(update={"s3_url": "http://127.0.0.1:9"}))
    with pytest.raises(BlobsDown):
        await down.stat(settings.bucket, "any")
    for each in (blobs, denied, down):
        each.close()


@pytest.mark.parametrize(
    ("url", "path_style", "address"),
    [
        ("https://s3.example.org", True, "https://s3.example.org/scans/a%20b/c.png"),
        ("https://s3.example.org", False, "https://scans.s3.example.org/a%20b/c.png"),
        ("http://s3.example.org:9000", None, "http://s3.example.org:9000/scans/a%20b/c.png"),
        ("https://s3.eu-west-1.amazonaws.com", None, "https://scans.s3.eu-west-1.amazonaws.com/a%20b/c.png"),
        ("https://s3.eu-west-1.amazonaws.com", True, "https://s3.eu-west-1.amazonaws.com/scans/a%20b/c.png"),
    ],
)
async def test_a_bucket_stands_in_the_path_or_in_the_name_of_the_host(
    url: str, address: str, *, path_style: bool | None
) -> None:
    blobs = Blobs(Endpoint(url, "key", SecretStr("secret"), "eu-west-1", path_style), threads=1)
    assert (await blobs.presign("scans", "a b/c.png")).partition("?")[0].replace(".dualstack", "") == address
    blobs.close()


async def test_a_folder_is_listed_page_by_page(settings: Settings, prefix: str) -> None:
    blobs = Blobs(settings)
    for key in ("a/1", "a/b/2", "a/c/3", "a/c/4", "a0", "a/d"):
        await blobs.put(settings.bucket, f"{prefix}/{key}", b"x")
    folders: list[str] = []
    keys: list[str] = []
    after = ""
    while True:
        page = await blobs.list_folder(settings.bucket, f"{prefix}/a/", after, limit=2)
        folders += page.folders
        keys += [blob.key for blob in page.blobs]
        after = page.after
        if not after:
            break
    assert folders == [f"{prefix}/a/b/", f"{prefix}/a/c/"]
    assert keys == [f"{prefix}/a/1", f"{prefix}/a/d"]
    blobs.close()
