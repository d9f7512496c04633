"""What every format's writer does. A run knows no more of a format."""

from typing import Protocol

from services.export.files.upload import Written
from services.kit.annotations import Page


class Writer(Protocol):
    """Call `open`, `add` for each page behind `last` until `is_read`, then `close`. All may raise UploadLost."""

    @property
    def rows(self) -> int:
        """Labeled items in the file so far."""

    @property
    def last(self) -> str:
        """The item behind which to go on."""

    @property
    def is_read(self) -> bool:
        """Whether an earlier try has read all items."""

    async def open(self) -> None:
        """Begin, or go on."""

    async def add(self, page: Page) -> None:
        """Write a page. Raises KeyError for a label that is no class of the file."""

    async def close(self) -> Written:
        """Write what is left and make the file."""

    async def discard(self) -> None:
        """Leave nothing behind."""
