"""What becomes of the records of a file of rows. One kind of source, one intake."""

from collections import deque
from collections.abc import Awaitable
from typing import Protocol

from services.ingest.projects.store import Known
from services.ingest.scans.models import Scan
from services.ingest.scans.store import Change
from services.ingest.tables.models import Layout, Record
from services.ingest.tables.store import FileState, RowFile
from services.kit.blobs import Blob


class Intake(Protocol):
    """Takes records in. `prepare` may do what can be done twice; what it answers is done in one transaction."""

    most: int
    """Records that it takes at once."""

    def wants(self, project: Known, known: RowFile, listed: Blob) -> bool:
        """Whether a file that is known is to be read from its start again."""

    def check(self, project: Known, file: RowFile, layout: Layout) -> None:
        """Refuse a file that holds nothing for this project. Raises UnreadableError."""

    def prepare(self, project: Known, scan: Scan, file: RowFile, records: deque[Record]) -> Awaitable[Change]:
        """Take records from the left, and say what to write of them."""

    def ended(self, *, has_rows: bool) -> FileState:
        """What a file is that was read to its end."""

    def finish(self, project: Known, *, failed: bool) -> Change:
        """All files were read; `failed`: not each to its end."""
