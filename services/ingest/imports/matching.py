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
        levels = [[self._ids(keys, ""), self._ids(keys, self._prefix)] for keys in possible]
        wanted = {item for picture in levels for level in picture for item in level}
        known = await self._objects.present(list(wanted))
        answers: list[Found | Wrong] = []
        for picture, keys, (exact, below) in zip(pictures, possible, levels, strict=True):
            answers.append(await self._one(picture, keys, _among(exact, known) or _among(below, known)))
        return answers

    async def _one(self, picture: Picture, keys: Sequence[names.Name], found: Sequence[Found]) -> Found | Wrong:
        try:
            if not found and keys:
                found = await self._by_base(keys)
            if not found and picture.text:
                found = await self._contents.find(picture.text)
            return _only(found, picture)
        except Wrong as wrong:
            return wrong

    def _ids(self, keys: Sequence[names.Name], prefix: str) -> list[str]:
        return [ids.item_id(self._project.id, f"{prefix}{name.key}") for name in keys if name.row < 0]

    async def _by_base(self, keys: Sequence[names.Name]) -> list[Found]:
        """Objects whose last part is that of a name; rows by their table and number."""
        if not self._learned:
            await self._learn()
        items: dict[str, None] = {}
        for name in keys:
            sought = f"{name.key}#{name.row}" if name.row >= 0 else names.base(name.key)
            items |= dict.fromkeys(self._spool.named(sought))
        return list((await self._objects.present(list(items))).values())

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
        return [f"{table}#{row.number}" for table in sorted(tables)]


def _among(items: Sequence[str], known: dict[str, Found]) -> list[Found]:
    return [known[item] for item in dict.fromkeys(items) if item in known]


def _only(found: Sequence[Found], picture: Picture) -> Found:
    """The one that can be labeled. Raises Wrong."""
    called = short(picture.names[0]) if picture.names else "with this text"
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
