"""What a reader found, on disk: files name pictures and marks in any order, and may be larger than memory."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

from services.ingest.imports.readers.marks import Kind, Mark, Picture, Unit, Unreadable, clean

_BATCH: Final = 2_000
_CATEGORIES: Final = 100_000
_TABLES: Final = """
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA cache_size = -32000;
    PRAGMA temp_store = FILE;
    CREATE TABLE pictures (number INTEGER PRIMARY KEY, ref TEXT NOT NULL, found TEXT NOT NULL);
    CREATE TABLE marks (number INTEGER PRIMARY KEY, ref TEXT NOT NULL, found TEXT NOT NULL);
    CREATE TABLE problems (number INTEGER PRIMARY KEY, place TEXT, key TEXT, code TEXT, message TEXT, lost INTEGER);
    CREATE TABLE taken (item TEXT PRIMARY KEY, place TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE objects (base TEXT NOT NULL, item TEXT NOT NULL);
    CREATE INDEX objects_of ON objects (base);
"""
_INDEXES: Final = """
    CREATE INDEX marks_of ON marks (ref);
    CREATE INDEX pictures_of ON pictures (ref);
"""

_BATCH_OF: Final = (
    "SELECT number, ref, found FROM pictures AS one WHERE number > ?"
    " AND NOT EXISTS (SELECT 1 FROM pictures AS other WHERE other.ref = one.ref AND other.number < one.number)"
    " ORDER BY number LIMIT ?"
)
"""Of two pictures with one id the first counts."""
_SECOND: Final = (
    "SELECT ref, found FROM pictures AS one"
    " WHERE EXISTS (SELECT 1 FROM pictures AS other WHERE other.ref = one.ref AND other.number < one.number)"
)
_DANGLING: Final = (
    "SELECT ref, found FROM marks WHERE NOT EXISTS (SELECT 1 FROM pictures WHERE pictures.ref = marks.ref)"
)


class Stopped(Exception):
    """Nobody wants the rest any more."""


class Read(NamedTuple):
    """A picture with its marks. `number` orders pictures as the file does."""

    number: int
    picture: Picture
    marks: list[Mark]


class Note(NamedTuple):
    """A problem with one thing of the file. `lost`: with what would have been an item."""

    where: str
    key: str
    code: str
    message: str
    lost: bool = False


class Spool:
    """One file. A reader fills it in a thread, `seal` ends that; then it is read in batches, by one at a time."""

    def __init__(self, path: Path) -> None:
        """A new database at `path`, which its owner deletes."""
        self._database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._database.executescript(_TABLES)
        self._database.execute("BEGIN")
        self._rows: dict[str, list[tuple[Any, ...]]] = {"pictures": [], "marks": [], "problems": []}
        self.categories: dict[str, str] = {}
        """Names of what marks hold instead of names."""
        self.unit = Unit.PIXELS
        self.pictures = 0
        self.large = self.small = 0
        """Regions with numbers above 1, and without."""
        self.stopped = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def picture(self, picture: Picture) -> None:
        """Add a picture. Raises Stopped."""
        self.pictures += 1
        self._add("pictures", (clean(picture.ref), json.dumps(picture[1:])))

    def mark(self, ref: str, mark: Mark) -> None:
        """Add a mark of the picture `ref`, which may come later. Raises Stopped."""
        if mark.kind in (Kind.BOX, Kind.POLYGON):
            above = any(abs(value) > 1 for value in mark.points)
            self.large, self.small = self.large + above, self.small + (not above)
        self._add("marks", (clean(ref), json.dumps(mark)))

    def category(self, ref: str, name: str) -> None:
        """Say what a label is called. Raises Unreadable."""
        if len(self.categories) >= _CATEGORIES:
            raise Unreadable(f"The file has more than {_CATEGORIES:,} categories.")
        self.categories[ref] = name

    def problem(self, where: str, code: str, message: str, key: str = "") -> None:
        """Note what can't be read. The rest goes on. Raises Stopped."""
        self._add("problems", (clean(where), clean(key), code, clean(message), False))

    def lost(self, where: str, code: str, message: str, key: str = "") -> None:
        """Note what would have been an item, such as a line, of which nothing can be read. Raises Stopped."""
        self._add("problems", (clean(where), clean(key), code, clean(message), True))

    def seal(self) -> None:
        """Nothing more comes."""
        for table in self._rows:
            self._flush(table)
        self._database.execute("COMMIT")
        self._database.executescript(_INDEXES)

    def batch(self, after: int, size: int) -> list[Read]:
        """Up to `size` pictures behind number `after`, with their marks in the order of the file."""
        rows = self._database.execute(_BATCH_OF, (after, size)).fetchall()
        return [Read(row[0], _picture(row[1], row[2]), self._marks(row[1])) for row in rows]

    def _marks(self, ref: str) -> list[Mark]:
        rows = self._database.execute("SELECT found FROM marks WHERE ref = ? ORDER BY number", (ref,))
        marks = [Mark(*json.loads(found)) for (found,) in rows]
        return [
            mark._replace(kind=Kind(mark.kind), label=self.categories.get(mark.label, mark.label)) for mark in marks
        ]

    def problems(self) -> Iterator[Note]:
        """What the reader noted, and marks of pictures that the file does not have."""
        yield from map(Note._make, self._database.execute("SELECT place, key, code, message, lost FROM problems"))
        for ref, found in self._database.execute(_DANGLING):
            yield Note(json.loads(found)[0], "", "image_dangling", f"The image {ref} is not in the file.")
        for ref, found in self._database.execute(_SECOND):
            picture = _picture(ref, found)
            yield Note(picture.where, picture.called, "image_twice", f"The id {ref} is that of an earlier image.")

    def take(self, item: str, where: str) -> str:
        """Say that `where` names an item. Answers the place that has named it before; empty if none has."""
        found = self._database.execute("SELECT place FROM taken WHERE item = ?", (item,)).fetchone()
        if found is None:
            self._database.execute("INSERT INTO taken VALUES (?, ?)", (item, clean(where)))
            return ""
        return str(found[0])

    def learn(self, objects: Sequence[tuple[str, str]]) -> None:
        """Remember (last part of its key, item) of objects of the project."""
        self._database.executemany("INSERT INTO objects VALUES (?, ?)", objects)

    def named(self, base: str) -> list[str]:
        """Up to two items whose keys end with `base`."""
        rows = self._database.execute("SELECT item FROM objects WHERE base = ? LIMIT 2", (clean(base),))
        return [item for (item,) in rows]

    def _add(self, table: str, row: tuple[Any, ...]) -> None:
        rows = self._rows[table]
        rows.append(row)
        if len(rows) >= _BATCH:
            self._flush(table)

    def _flush(self, table: str) -> None:
        if self.stopped:
            raise Stopped
        rows = self._rows[table]
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            self._database.executemany(f"INSERT INTO {table} VALUES (NULL, {marks})", rows)  # noqa: S608 - our own names
            rows.clear()


def _picture(ref: str, found: str) -> Picture:
    return Picture(ref, *json.loads(found))
