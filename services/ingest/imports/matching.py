"""Which item of the project a picture of the file is: by key, below the prefix, by unique base name, or by text."""

from collections.abc import Sequence
from typing import Final

from services.contracts import ids, rows
from services.contracts.projects import Project
from services.ingest.imports import names
from services.ingest.imports.contents import Contents
from services.ingest.imports.readers.marks import Picture, Wrong, short
from services.ingest.imports.spool import Spool
from services.ingest.objects.models import Found, ProbeState
from services.ingest.objects.store import Objects
from services.ingest.sources.patterns import folder

_LEARNED: Final = 5_000
_UNKNOWN: Final = "item_unknown"


class Matcher:
    """One file and one project. All its names are looked up in the store first, so that a batch costs one read."""

    def __init__(self, objects: Objects, spool: Spool, project: Project, contents: Contents) -> None:
        """`spool` keeps what is needed of keys; `contents` reads texts of items."""
        self._objects, self._spool, self._project, self._contents = objects, spool, project, contents
        self._prefix = folder(project.source)
        self._learned = False

    async def match(self, pictures: Sequence[Picture]) -> list[Found | Wrong]:
        """The object of each picture, or why there is none."""
        possible = [[key for name in picture.names for key in names.keys(name)] for picture in pictures]
        exact = [self._ids(keys, "") for keys in possible]
        below = [self._ids(keys, self._prefix) for keys in possible]
        known = await self._objects.present([item for items in (*exact, *below) for item in items])
        found = [_among(one, known) or _among(other, known) for one, other in zip(exact, below, strict=True)]
        await self._add_by_base(possible, found)
        return [await self._one(picture, objects) for picture, objects in zip(pictures, found, strict=True)]

    async def _one(self, picture: Picture, found: Sequence[Found]) -> Found | Wrong:
        try:
            if not found and picture.text:
                found = await self._contents.find(picture.text)
            if not found and picture.cells:
                found = await self._contents.with_cells(picture.cells)
            return _only(found, picture)
        except Wrong as wrong:
            return wrong

    async def _add_by_base(self, possible: Sequence[Sequence[names.Name]], found: list[list[Found]]) -> None:
        """Find what is still missing by the last part of its key; rows by their table and number."""
        missing = {place: keys for place, keys in enumerate(possible) if keys and not found[place]}
        if not missing:
            return
        if not self._learned:
            await self._learn()
        items = {place: self._by_base(keys) for place, keys in missing.items()}
        known = await self._objects.present([item for each in items.values() for item in each])
        for place, each in items.items():
            found[place] = _among(each, known)

    def _by_base(self, keys: Sequence[names.Name]) -> list[str]:
        sought = [f"{name.key}#{name.row + 1}" if name.row >= 0 else names.base(name.key) for name in keys]
        return list(dict.fromkeys(item for name in sought for item in self._spool.named(name)))

    def _ids(self, keys: Sequence[names.Name], prefix: str) -> list[str]:
        return [ids.item_id(self._project.id, f"{prefix}{name.key}") for name in keys if name.row < 0]

    async def _learn(self) -> None:
        batch: list[tuple[str, str]] = []
        async for found in self._objects.all_of(self._project.id):
            batch += [(name, found.id) for name in self._bases(found)]
            if len(batch) >= _LEARNED:
                self._spool.learn(batch)
                batch = []
        self._spool.learn(batch)
        self._learned = True

    def _bases(self, found: Found) -> list[str]:
        if not found.part:
            return [names.base(found.key)]
        row = rows.Row.of(found.part)
        chunk = rows.chunk_key(self._project.id, found.key, found.etag, row.chunk)
        tables = {found.key, found.key.removeprefix(self._prefix), names.base(found.key), chunk}
        return [f"{table}#{row.number + 1}" for table in sorted(tables)]


def _among(items: Sequence[str], known: dict[str, Found]) -> list[Found]:
    return [known[item] for item in dict.fromkeys(items) if item in known]


def _only(found: Sequence[Found], picture: Picture) -> Found:
    """The one that can be labeled. Raises Wrong."""
    called = short(picture.called) if picture.called else "with these cells" if picture.cells else "with this text"
    if not found:
        raise Wrong(_UNKNOWN, f"The project has no item {called}.")
    if len(found) > 1:
        raise Wrong("item_ambiguous", f"Several items of the project could be {called}: {short(found[0].key)}, …")
    (one,) = found
    if one.state is ProbeState.UNREADABLE:
        raise Wrong("item_unreadable", f"The item can't be shown: {one.reason}")
    if one.media is None:
        raise Wrong(_UNKNOWN, "The object of the item is gone or was not looked into yet.")
    return one
