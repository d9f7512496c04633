"""Fills the bucket with small distinct pictures, outside of any timing."""

import io
import multiprocessing
import struct
import zlib
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

from minio import Minio

from deploy.local.stack import Stack

_PROCESSES = 2
_THREADS = 4


def png(number: int, side: int = 8) -> bytes:
    """A valid grey PNG of `side` x `side` pixels whose bytes are its own for each number below 2^32."""
    row = struct.pack(">I", number) * (side // 4)
    pixels = b"".join(b"\0" + row for _ in range(side))
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(pixels, 1))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def fill(stack: Stack, prefix: str, count: int, *, folders: int = 0) -> None:
    """Put `count` pictures below `prefix` of the default bucket: a thousand a folder, or spread over `folders`."""
    access = (stack.s3_url.removeprefix("http://"), stack.s3_access_key, stack.s3_secret_key, stack.bucket)
    share = -(-count // _PROCESSES)
    parts = [range(start, min(start + share, count)) for start in range(0, count, share)]
    with ProcessPoolExecutor(_PROCESSES, multiprocessing.get_context("spawn")) as pool:
        for done in [pool.submit(_put, access, prefix, part, folders) for part in parts]:
            done.result()


def _put(access: tuple[str, str, str, str], prefix: str, numbers: range, folders: int) -> None:
    address, access_key, secret_key, bucket = access
    client = Minio(address, access_key=access_key, secret_key=secret_key, secure=False)

    def put(number: int) -> None:
        data, key = png(number), f"{prefix}{number // 1000:04}/{number:07}.png"
        if folders:
            key = f"{prefix}{number % folders:04}/{number * 97 % 1000:07}-{number}.png"
        client.put_object(bucket, key, io.BytesIO(data), len(data), "image/png")

    with ThreadPoolExecutor(_THREADS) as pool:
        for _ in pool.map(put, numbers, chunksize=50):
            pass
