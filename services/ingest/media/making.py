"""Makes things of files, a few at a time and each only once at the same time. Never on the event loop."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from services.ingest.media.lookup import Target, told
from services.ingest.probes.window import UnreadableError
from services.kit.blobs import Blobs
from services.kit.problems import Refused

Made = dict[str, bytes]
"""Contents by name."""
_FILE: Final = "object"


class Making:
    """What one process makes."""

    def __init__(self, blobs: Blobs, at_once: int) -> None:
        """At most `at_once` things are made at the same time."""
        self._blobs = blobs
        self._slots = asyncio.Semaphore(at_once)
        self._going: dict[str, asyncio.Task[Made]] = {}

    async def once(self, name: str, target: Target, make: Callable[[Path], Awaitable[Made]]) -> Made:
        """What `make` makes of the object, which it finds in a folder of its own. Raises Refused.

        Who asks while the same is made waits for it; that one of them goes away does not stop it.
        """
        name = f"{target.datastore}/{target.found.key}/{target.found.etag}-{name}"
        task = self._going.get(name)
        if task is None:
            task = self._going[name] = asyncio.create_task(self._make(target, make))
            task.add_done_callback(lambda _: self._going.pop(name))
        return await asyncio.shield(task)

    async def _make(self, target: Target, make: Callable[[Path], Awaitable[Made]]) -> Made:
        async with self._slots, self._fetched(target) as path:
            try:
                return await make(path)
            except UnreadableError as error:
                raise Refused(422, error.code, error.reason) from error

    @asynccontextmanager
    async def _fetched(self, target: Target) -> AsyncIterator[Path]:
        with tempfile.TemporaryDirectory(prefix="labelbus-") as folder:
            path = Path(folder) / _FILE
            with path.open("wb") as file:
                pieces = self._blobs.stream(target.datastore, target.found.key)
                file.write(await told(anext(pieces), target.datastore))
                async for piece in pieces:
                    await asyncio.to_thread(file.write, piece)
            yield path
