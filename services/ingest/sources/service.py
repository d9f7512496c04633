"""A first, bounded look at a data source, so that a wrong one is told before a project is made of it."""

import time
from collections import Counter
from typing import Final

from services.contracts.ingest_api import Datastore, SourceCheck, SourceToCheck
from services.ingest.datastores.explaining import listing_problem
from services.ingest.sources.accepted import Filter, Verdict, accepted, extension
from services.ingest.sources.patterns import WrongPatternError
from services.kit.blobs import BlobDenied, BlobRefused, BlobsDown, BucketMissing
from services.kit.datastores import Datastores

_MOST_KEYS: Final = 5_000
_PAGE: Final = 1_000
_MOST_S: Final = 2.0
_SAMPLES: Final = 12


class Sources:
    """Data stores and what lies in them."""

    def __init__(self, datastores: Datastores, default_bucket: str) -> None:
        """`default_bucket` is the one that uploads go to."""
        self._datastores, self._default = datastores, default_bucket

    async def datastores(self) -> list[Datastore]:
        """All buckets that our own access key sees; the default one first."""
        names = {*await self._buckets(), self._default}
        first = sorted(names, key=lambda name: (name != self._default, name))
        return [Datastore(name=name, default=name == self._default) for name in first]

    async def _buckets(self) -> list[str]:
        """A key that may use its bucket but not list all of them is common, and no fault."""
        try:
            return await self._datastores.buckets()
        except BlobDenied:
            return []

    async def check(self, source: SourceToCheck) -> SourceCheck:
        """Look at the first keys. What is wrong stands in the answer, with the field that it is about."""
        try:
            ours = await self._datastores.is_own(source.datastore, self._default)
            wanted = Filter(source, source.media, ours=ours)
        except WrongPatternError as error:
            return SourceCheck(source=source, field="pattern", problem=f"The pattern {error}.")
        try:
            return await self._look(source, wanted)
        except BlobRefused as error:
            problem = f"The data store {source.datastore!r} can't list this folder: {error.reason}."
            return SourceCheck(source=source, field="prefix", problem=problem)
        except BucketMissing:
            problem = f"There is no data store {source.datastore!r}."
        except BlobDenied as error:
            problem = listing_problem(source.datastore, error)
        except BlobsDown as error:
            if await self._datastores.find(source.datastore) is None:
                raise  # the deployment's own storage is away: nothing that the caller could change
            problem = listing_problem(source.datastore, error)
        return SourceCheck(source=source, field="datastore", problem=problem)

    async def _look(self, source: SourceToCheck, wanted: Filter) -> SourceCheck:
        until = time.monotonic() + _MOST_S
        kinds: Counter[str] = Counter()
        matching, after, listed = [], "", 0
        while True:
            page, after = await self._datastores.list_page(source.datastore, wanted.prefix, after, _PAGE)
            listed += len(page)
            theirs = [blob.key for blob in page if not wanted.hides(blob.key)]
            kinds.update(map(extension, theirs))
            matching += [key for key in theirs if wanted.verdict(key) is Verdict.ACCEPTED]
            if not after or listed >= _MOST_KEYS or time.monotonic() > until:
                break
        found = SourceCheck(
            source=source,
            looked=kinds.total(),
            complete=not after,
            matching=len(matching),
            by_extension=dict(kinds),
            samples=matching[:_SAMPLES],
        )
        return found if matching or after else found.model_copy(update=_nothing(found, source, wanted.prefix))


def _nothing(found: SourceCheck, source: SourceToCheck, prefix: str) -> dict[str, str]:
    """Why a whole data source holds nothing to label."""
    where = f"the folder {prefix!r}" if prefix else "the data store"
    if not found.looked:
        return {"field": "prefix" if prefix else "datastore", "problem": f"There is nothing in {where}."}
    there = ", ".join(
        f"{count:,} .{kind}" if kind else f"{count:,} without one" for kind, count in found.by_extension.items()
    )
    types = ", ".join(accepted(source.kind, source.media))
    problem = f"No file in {where} fits the pattern and an accepted type ({types})."
    return {"field": "pattern", "problem": f"{problem} Extensions there: {there}."}
