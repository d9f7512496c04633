"""An open file as parsers of headers want it."""

import os
from typing import BinaryIO

from services.ingest.probes.window import EndsEarlyError, Window


class Opened(Window):
    """All of a file is there, so nothing needs to be fetched. Leaves the place in the file as it was."""

    def __init__(self, file: BinaryIO) -> None:
        """Of a file that is open for reading."""
        super().__init__(os.fstat(file.fileno()).st_size)
        self._file = file

    def read(self, offset: int, length: int) -> bytes:
        """Exactly `length` bytes."""
        before = self._file.tell()
        try:
            self._file.seek(offset)
            data = self._file.read(length)
        finally:
            self._file.seek(before)
        if len(data) < length:
            raise EndsEarlyError(self.size)
        return data
