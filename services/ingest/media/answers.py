"""What media sends, whatever it is of."""

from collections.abc import AsyncIterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """`etag` names object, content and form; `content` is all of it or a stream; `encoding` as in Content-Encoding."""

    etag: str
    content_type: str
    content: bytes | AsyncIterator[bytes]
    encoding: str = ""
