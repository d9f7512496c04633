"""A text's length in code points, counted piece by piece. Must never hold a whole text, nor guess an encoding."""

import codecs
from collections.abc import AsyncIterator
from typing import Final

from services.contracts import limits
from services.contracts.items import Media, MediaFormat
from services.ingest.probes.window import UnreadableError

BOM: Final = codecs.BOM_UTF8
_RIGHT: Final = "Save it as UTF-8."
_WIDE: Final = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
"""The longer marks first, since one begins with another."""
_LONGEST_MARK: Final = 4


async def probe(size: int, pieces: AsyncIterator[bytes]) -> Media:
    """Raises UnreadableError with what would be right."""
    if size > limits.TEXT_BYTES:
        reason = f"The text has {size:,} bytes; the limit is {limits.TEXT_BYTES:,}. Split it into several files."
        raise UnreadableError(reason, "too_large")
    counter = _Counter()
    async for piece in pieces:
        counter.add(piece)
    chars = counter.end()
    if not chars:
        raise UnreadableError("The file is empty: it holds no text to label.")
    return Media(format=MediaFormat.TEXT, chars=chars)


class _Counter:
    """Code points of what was added."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._bytes = self._chars = 0
        self._head = b""

    def add(self, piece: bytes) -> None:
        """Raises UnreadableError."""
        self._head += piece[: _LONGEST_MARK - len(self._head)]
        zero = piece.find(0)
        if zero >= 0:
            raise self._wide() or UnreadableError(
                f"The file holds a NUL byte at byte {self._bytes + zero:,}, so it is no text in UTF-8. {_RIGHT}",
                "not_text",
            )
        self._chars += self._decoded(piece, final=False)
        self._bytes += len(piece)

    def end(self) -> int:
        """How many there are, without a byte order mark. Raises UnreadableError."""
        return self._chars + self._decoded(b"", final=True) - self._head.startswith(BOM)

    def _decoded(self, piece: bytes, *, final: bool) -> int:
        waiting = len(self._decoder.getstate()[0])
        try:
            return len(self._decoder.decode(piece, final))
        except UnicodeDecodeError as error:
            at = self._bytes - waiting + error.start
            wrong = UnreadableError(f"The text is not valid UTF-8 at byte {at:,}. {_RIGHT}", "not_utf8")
            raise self._wide() or wrong from error

    def _wide(self) -> UnreadableError | None:
        """The reason if the file begins with the mark of another encoding."""
        name = next((name for mark, name in _WIDE.items() if self._head.startswith(mark)), "")
        return UnreadableError(f"The text is encoded in {name}. {_RIGHT}", "not_utf8") if name else None
