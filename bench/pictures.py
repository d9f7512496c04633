"""Fills the bucket with small distinct pictures, outside of any timing."""

import io
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor

from minio import Minio


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


def fill(client: Minio, bucket: str, prefix: str, count: int, threads: int = 8) -> None:
    """Put `count` pictures below `prefix`, a thousand a folder."""

    def put(number: int) -> None:
        data = png(number)
        client.put_object(
            bucket, f"{prefix}{number // 1000:04}/{number:07}.png", io.BytesIO(data), len(data), "image/png"
        )

    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(put, range(count), chunksize=50):
            pass
