"""Records of zip files, stored and not compressed, with ZIP64 where sizes ask for it. Pure.

The format is that of PKWARE's APPNOTE 6.3.
"""

import struct
from datetime import datetime
from typing import Final, NamedTuple

_UTF8: Final = 0x0800
_DESCRIBED_LATER: Final = 0x0008
_PLAIN, _ZIP64 = 20, 45
_MOST32, _MOST16 = 0xFFFFFFFF, 0xFFFF


class Entry(NamedTuple):
    """A file of the zip. `later`: its CRC was not known before its bytes."""

    name: str
    size: int
    crc: int = 0
    later: bool = False

    @property
    def _flags(self) -> int:
        return _UTF8 | (_DESCRIBED_LATER if self.later else 0)

    def local(self, at: datetime) -> bytes:
        """What stands before its bytes."""
        name = self.name.encode()
        large = self.size >= _MOST32
        size = _MOST32 if large else 0 if self.later else self.size
        extra = struct.pack("<HHQQ", 1, 16, self.size, self.size) if large else b""
        head = struct.pack(
            "<IHHHIIIIHH", 0x04034B50, _ZIP64 if large else _PLAIN, self._flags, 0, _dos(at),
            0 if self.later else self.crc, size, size, len(name), len(extra),
        )  # fmt: skip
        return head + name + extra

    def descriptor(self) -> bytes:
        """What stands behind its bytes if its CRC was not known before."""
        return struct.pack("<IIQQ" if self.size >= _MOST32 else "<IIII", 0x08074B50, self.crc, self.size, self.size)

    def central(self, at: datetime, offset: int) -> bytes:
        """Its record in the directory; `offset` is where it begins."""
        name, sizes = self.name.encode(), self.size >= _MOST32
        wide = [self.size, self.size] if sizes else []
        wide += [offset] if offset >= _MOST32 else []
        extra = struct.pack(f"<HH{len(wide)}Q", 1, 8 * len(wide), *wide) if wide else b""
        size = _MOST32 if sizes else self.size
        version = _ZIP64 if wide else _PLAIN
        head = struct.pack(
            "<IHHHHIIIIHHHHHII", 0x02014B50, version, version, self._flags, 0, _dos(at), self.crc, size, size,
            len(name), len(extra), 0, 0, 0, 0, min(offset, _MOST32),
        )  # fmt: skip
        return head + name + extra


def end(entries: int, size: int, offset: int) -> bytes:
    """What stands behind the directory of `entries` records and `size` bytes that begins at `offset`."""
    record = b""
    if entries >= _MOST16 or size >= _MOST32 or offset >= _MOST32:
        record = struct.pack(
            "<IQHHIIQQQQ", 0x06064B50, 44, _ZIP64, _ZIP64, 0, 0, entries, entries, size, offset
        ) + struct.pack("<IIQI", 0x07064B50, 0, offset + size, 1)
    count = min(entries, _MOST16)
    return record + struct.pack(
        "<IHHHHIIH", 0x06054B50, 0, 0, count, count, min(size, _MOST32), min(offset, _MOST32), 0
    )


def _dos(at: datetime) -> int:
    """Date and time in steps of two seconds, from 1980 on."""
    date = (max(at.year, 1980) - 1980) << 9 | at.month << 5 | at.day
    return date << 16 | at.hour << 11 | at.minute << 5 | at.second // 2
