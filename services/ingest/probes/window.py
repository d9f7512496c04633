"""The bytes of an object as far as they were read. Parsers ask; what is not there yet is named, to be fetched."""

import struct


class NotFetchedError(Exception):
    """`length` bytes at `offset` are needed and lie within the object."""

    def __init__(self, offset: int, length: int) -> None:
        """Both in bytes."""
        super().__init__(offset, length)
        self.offset = offset
        self.length = length


class UnreadableError(Exception):
    """Not a picture that can be labeled; the text is the reason, a sentence for the owner. `code` is stable."""

    def __init__(self, reason: str, code: str = "unreadable") -> None:
        """One sentence."""
        super().__init__(reason)
        self.reason = reason
        self.code = code


class EndsEarlyError(UnreadableError):
    """The object ends before its size in pixels is known."""

    def __init__(self, size: int) -> None:
        """`size` of the object in bytes."""
        super().__init__(f"The file ends after {size:,} bytes, before its picture begins.", "truncated")


class Window:
    """Ranges of one object of `size` bytes. Past its end raises EndsEarlyError, what is missing NotFetchedError."""

    def __init__(self, size: int) -> None:
        """Nothing is there yet."""
        self.size = size
        self._ranges: list[tuple[int, bytes]] = []

    def add(self, offset: int, data: bytes) -> None:
        """Fetched: `data` at `offset`."""
        self._ranges.append((offset, data))

    def read(self, offset: int, length: int) -> bytes:
        """Exactly `length` bytes."""
        if offset + length > self.size:
            raise EndsEarlyError(self.size)
        for start, data in reversed(self._ranges):  # what was asked for last is read next
            if start <= offset and offset + length <= start + len(data):
                return data[offset - start : offset - start + length]
        raise NotFetchedError(offset, length)

    def head(self, length: int) -> bytes:
        """The first bytes, fewer if the object is shorter."""
        return self.read(0, min(length, self.size))

    def unpack(self, form: str, offset: int) -> tuple[int, ...]:
        """Integers at `offset` as `struct` says."""
        return struct.unpack(form, self.read(offset, struct.calcsize(form)))
