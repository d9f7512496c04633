"""Zip files from strangers: nothing is unpacked to a place that a name says, and no member is larger than it may be."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Self

from services.ingest.imports.readers.marks import Unreadable, Wrong
from services.ingest.imports.spool import Spool

MEMBERS: Final = 2_000_000
MEMBER_BYTES: Final = 64_000_000
TOTAL_BYTES: Final = 20_000_000_000
"""What all read members may have together, unpacked."""
RATIO: Final = 200
_SMALL: Final = 1_000_000
"""Members below this may be packed as tightly as they like."""
PICTURES: Final = (".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".jpe", ".jfif", ".dcm", ".dicom")
"""Endings of pictures."""
_ENCRYPTED: Final = 0x1


class Archive:
    """The members of a zip. Names that lead out of it are noted and left out."""

    def __init__(self, path: Path, spool: Spool) -> None:
        """Reads the directory. Raises Unreadable."""
        self._spool = spool
        self._read = 0
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError) as error:
            raise Unreadable(f"The file is no zip file, or a damaged one: {error}.") from error
        if len(self._zip.filelist) > MEMBERS:
            self._zip.close()
            raise Unreadable(f"The zip file has more than {MEMBERS:,} files.")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def names(self) -> Iterator[str]:
        """Names of all files in it, in its order, that stay inside it."""
        for member in self._zip.filelist:
            if member.is_dir():
                continue
            if _leads_out(member.filename):
                self._spool.problem(member.filename, "name_unsafe", "The name leads out of the zip file.")
            else:
                yield member.filename

    def read(self, name: str) -> bytes:
        """The whole of a member. Raises Wrong, Unreadable when it is a bomb."""
        member = self._zip.getinfo(name)
        if member.flag_bits & _ENCRYPTED:
            raise Wrong("encrypted", "It is encrypted.")
        if member.file_size > MEMBER_BYTES:
            raise Wrong("too_large", f"It has more than {MEMBER_BYTES:,} bytes.")
        if member.file_size > _SMALL and member.file_size > RATIO * max(1, member.compress_size):
            raise Unreadable(f"The zip file is a bomb: {name} unpacks to {RATIO} times its size and more.")
        try:
            with self._zip.open(member) as file:
                data = file.read(MEMBER_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise Wrong("damaged", f"It can't be unpacked: {error}.") from error
        self._read += len(data)
        if len(data) > MEMBER_BYTES:
            raise Wrong("too_large", f"It has more than {MEMBER_BYTES:,} bytes.")
        if self._read > TOTAL_BYTES:
            raise Unreadable(f"The zip file unpacks to more than {TOTAL_BYTES:,} bytes.")
        return data

    def text(self, name: str) -> str:
        """A member as UTF-8. Raises Wrong, Unreadable."""
        try:
            return self.read(name).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise Wrong("not_utf8", "It is not UTF-8.") from error


def _leads_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or parts[0].endswith(":") or "\0" in name
