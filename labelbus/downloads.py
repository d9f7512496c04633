"""Bodies that are read as they come, and that go on where a connection broke."""

import hashlib
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

import httpx

from labelbus.errors import LabelbusError
from labelbus.models.base import Row
from labelbus.routes import Server, open_body
from labelbus.steps import Flow, Found, Pages, Send, Stream, read, sleep, work

_PARTIAL: Final = 206
_CHUNK: Final = 1 << 20


class Download:
    """The body of a GET, from `position` on. With an `etag` a broken connection is taken up again."""

    def __init__(self, server: Server, path: str, *, position: int = 0, etag: str = "") -> None:
        self.position = position
        self._server, self._path, self._etag = server, path, etag
        self._stream: Stream | None = None

    def read(self) -> Flow[bytes]:
        """The next bytes; none at the end. Raises LabelbusError."""
        for pause in self._server.pauses():
            try:
                self._stream = self._stream or (yield from self._open())
                chunk = yield from read(self._stream)
            except httpx.TransportError as lost:
                again = bool(self._etag) or not self.position
                error, self._stream = self._server.silent(lost), None
            except LabelbusError as refused:
                again, error = refused.retryable, refused
            else:
                self.position += len(chunk)
                return chunk
            if pause is None or not again:
                raise error
            yield from sleep(pause)
        raise AssertionError("the last pause is None")

    def _open(self) -> Flow[Stream]:
        headers = {"Accept-Encoding": "identity"}
        if self.position:
            headers |= {"Range": f"bytes={self.position}-", "If-Range": self._etag}
        stream = yield from open_body(Send("GET", self._path, headers=headers, stream=True))
        if self.position and stream.response.status_code != _PARTIAL:
            raise LabelbusError("The file has changed while it was downloaded.", code="corrupt_download")
        return stream


def rows(download: Download) -> Pages[Row]:
    """The lines of a body of JSON Lines."""
    rest = b""
    while chunk := (yield from download.read()):
        *lines, rest = (rest + chunk).split(b"\n")
        yield Found(_parsed(lines))
    yield Found(_parsed([rest]))


def _parsed(lines: list[bytes]) -> Iterator[Row]:
    for line in lines:
        if line.strip():
            yield json.loads(line)


def save(
    server: Server, path: str, part: Path, size: int, sha256: str, progress: Callable[[int], None] | None
) -> Flow[None]:
    """Download into `part`, going on with what is there already. `progress` gets the bytes that are there so far.

    Raises LabelbusError `corrupt_download`, without leaving the file.
    """
    digest = hashlib.sha256()
    held = yield from work(lambda: _held(part, size, digest))
    download = Download(server, path, position=held, etag=f'"{sha256}"')
    with part.open("ab") as file:
        while download.position < size and (chunk := (yield from download.read())):
            digest.update(chunk)
            yield from work(partial(file.write, chunk))
            if progress is not None:
                progress(download.position)
    if download.position != size or digest.hexdigest() != sha256:
        part.unlink()
        raise LabelbusError("The file that came is not the one that was exported.", code="corrupt_download")


def _held(part: Path, size: int, digest: "hashlib._Hash") -> int:
    """How much of the file is there, and its digest; more than the whole is none."""
    if not part.exists() or part.stat().st_size > size:
        part.unlink(missing_ok=True)
        return 0
    with part.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return part.stat().st_size
