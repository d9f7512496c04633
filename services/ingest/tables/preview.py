"""A first look into a table or manifest, for the settings-and-preview step. Bounded, whatever the file is."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from typing import Final

from services.contracts.ingest_api import SourcePreview, SourceToCheck
from services.contracts.projects import ColumnMapping, SourceKind, TableSettings
from services.ingest.manifests import mltable
from services.ingest.manifests.homes import Homes
from services.ingest.probes.window import UnreadableError
from services.ingest.sources.accepted import Filter, Verdict, accepted, is_mltable
from services.ingest.sources.patterns import WrongPatternError
from services.ingest.tables import files
from services.ingest.tables.files import Place
from services.ingest.tables.models import Form, Layout, Record
from services.ingest.tables.store import Found
from services.kit.blobs import Blob, BlobDenied, BlobMissing, BlobRefused, Blobs, BucketMissing

_ROWS: Final = 20
_CHARS: Final = 500
_PAGES: Final = 5
_PAGE: Final = 1_000
_CODECS: Final = {"utf-16-le": "utf-16", "utf-16-be": "utf-16", "cp1252": "windows-1252"}
_NAMES: Final = {
    "image": ("image_url", "image", "url", "path", "file_name", "filename", "file", "key"),
    "category": ("label", "category", "labels", "class"),
    "confidence": ("label_confidence", "confidence", "score"),
}


class Previews:
    """Looks at data sources of tables and manifests."""

    def __init__(self, blobs: Blobs, homes: Homes, default_bucket: str) -> None:
        """`default_bucket` is the one that uploads go to."""
        self._blobs, self._homes, self._default = blobs, homes, default_bucket

    async def preview(self, source: SourceToCheck) -> SourcePreview:
        """What is wrong stands in the answer, with the field that it is about."""
        try:
            found = await self._first(source)
            if found is None:
                types = ", ".join(f".{one}" for one in accepted(source.kind, source.media))
                return SourcePreview(field="prefix", problem=f"No file of the types {types} fits the pattern.")
            return await self._look(source, found)
        except UnreadableError as error:
            return SourcePreview(field="table", problem=error.reason)
        except WrongPatternError as error:
            return SourcePreview(field="pattern", problem=f"The pattern {error}.")
        except BucketMissing:
            problem = f"There is no data store {source.datastore!r}."
        except BlobDenied:
            problem = f"The data store {source.datastore!r} does not let us list or read."
        except (BlobMissing, BlobRefused):
            problem = f"The data store {source.datastore!r} does not give out the file."
        return SourcePreview(field="datastore", problem=problem)

    async def _first(self, source: SourceToCheck) -> Found | None:
        """The first file of rows; of manifests the first that an MLTable names, if there is one that can be read.

        Raises UnreadableError.
        """
        first: Found | None = None
        wrong: UnreadableError | None = None
        async for blob in self._listed(source):
            if is_mltable(blob.key):
                try:
                    return await self._named(source, blob)
                except UnreadableError as error:
                    wrong = wrong or error
            first = first or Found(blob)
            if source.kind is not SourceKind.MANIFEST:
                break
        if wrong is not None:
            raise wrong
        return first

    async def _listed(self, source: SourceToCheck) -> AsyncIterator[Blob]:
        """What a scan would take, of the first pages."""
        ours = await self._blobs.is_own(source.datastore, self._default)
        wanted, after = Filter(source, source.media, ours=ours), ""
        for _ in range(_PAGES):
            page, after = await self._blobs.list_page(source.datastore, wanted.prefix, after, _PAGE)
            for blob in page:
                if wanted.verdict(blob.key) is Verdict.ACCEPTED:
                    yield blob
            if not after:
                return

    async def _named(self, source: SourceToCheck, root: Blob) -> Found:
        home = await self._homes.of(source.datastore)
        try:
            table = await mltable.read(self._blobs, home, root, source.mapping.image if source.mapping else "")
        except UnreadableError as error:
            raise UnreadableError(f"{root.key}: {error.reason}", error.code) from error
        return Found(table.files[0], table.asked, column=table.image)

    async def _look(self, source: SourceToCheck, file: Found) -> SourcePreview:
        found = file.blob
        place = Place(source.datastore, found.key, found.size)
        answer = SourcePreview(key=found.key, size=found.size)
        try:
            layout, _ = await files.look(self._blobs, place, source.table, file.asked)
            records = await self._records(place, layout)
        except UnreadableError as error:
            return answer.model_copy(update={"field": "table", "problem": f"{found.key}: {error.reason}"})
        if not records:
            return answer.model_copy(update={"field": "table", "problem": f"{found.key}: The file holds no row."})
        columns = layout.columns or list(dict.fromkeys(name for record in records for name in record.cells))
        return answer.model_copy(
            update={
                "table": _settings(layout, source.table),
                "mapping": source.mapping or _mapping(columns, file.column),
                "columns": columns,
                "rows": [[_shown(r.cells.get(name, "")) for name in columns] for r in records if not r.problem],
                "wrong": [f"Row {r.row + 1:,}: it {r.problem.reason}" for r in records if r.problem],
            }
        )

    async def _records(self, place: Place, layout: Layout) -> list[Record]:
        records: list[Record] = []
        async with aclosing(files.records(self._blobs, place, layout, layout.start)) as batches:
            async for batch in batches:
                records += batch
                if len(records) >= _ROWS:
                    break
        return records[:_ROWS]


def _settings(layout: Layout, given: TableSettings | None) -> TableSettings:
    columns = given.columns if given else []
    if layout.form is not Form.DELIMITED:
        return TableSettings(header=True, columns=columns)
    dialect = layout.dialect
    encoding = _CODECS.get(dialect.encoding, dialect.encoding)
    return TableSettings(delimiter=dialect.delimiter, encoding=encoding, header=dialect.header, columns=columns)


def _mapping(columns: Sequence[str], image: str) -> ColumnMapping:
    """What the names of the columns say; `image` is that of the objects if it is there."""
    there = {name.lower(): name for name in columns}
    guessed = {use: next((there[name] for name in names if name in there), "") for use, names in _NAMES.items()}
    return ColumnMapping(**guessed | ({"image": image} if image in columns else {}))


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _CHARS else text[: _CHARS - 1] + "…"
