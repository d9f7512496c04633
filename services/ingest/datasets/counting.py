"""Worker: counts the objects of versions of data sets, a page at a time, and goes on where a dead one stopped."""

import time
from typing import Final

from services.contracts.datasets import Dataset
from services.ingest.datasets.models import Count, read
from services.ingest.datasets.store import Datasets
from services.ingest.datastores.explaining import listing_problem
from services.ingest.sources.accepted import EXTENSIONS, extension, is_reserved
from services.ingest.sources.patterns import Pattern, folder
from services.kit import logs
from services.kit.blobs import BlobDenied, BlobRefused, Blobs, BlobsDown, BucketMissing
from services.kit.jobs import JobLost
from services.kit.store import Document

_PAGE: Final = 1_000
_BEAT_S: Final = 2.0
_TRIES: Final = 5
_PAUSE_MS: Final = 2_000
_FAILURES: Final = (BlobDenied, BlobRefused, BlobsDown, BucketMissing)
_log = logs.get()


class Counting:
    """Counts one version a step."""

    def __init__(self, datasets: Datasets, datastores: Blobs, default_bucket: str) -> None:
        """All of one process."""
        self._datasets, self._datastores, self._default = datasets, datastores, default_bucket

    async def step(self) -> bool:
        """Count one version."""
        job = await self._datasets.jobs.take()
        if job is None:
            return False
        dataset, count = read(job, 0), Count(job)
        try:
            await self._count(job, dataset, count)
            fields = count.fields()
            await self._datasets.counted(job, fields, "" if fields["count"] else _nothing(dataset), whole=True)
        except JobLost:
            return True
        except _FAILURES as error:
            await self._trouble(job, dataset, count, error)
        return True

    async def _count(self, job: Document, dataset: Dataset, count: Count) -> None:
        prefix, pattern = folder(dataset.source), Pattern(dataset.pattern)
        shown, own = EXTENSIONS["image"], await self._datastores.is_own(dataset.datastore, self._default)
        beaten, more = time.monotonic(), True
        while more:
            page, after = await self._datastores.list_page(dataset.datastore, prefix, count.after, _PAGE)
            for blob in page:
                if (
                    not (own and is_reserved(blob.key))
                    and not blob.key.endswith("/")
                    and pattern.matches(blob.key[len(prefix) :])
                ):
                    kind = extension(blob.key)
                    count.add(blob.key, blob.size, kind, shows=kind in shown)
            count.after, more = after, bool(after)
            if time.monotonic() - beaten > _BEAT_S:
                await self._datasets.jobs.beat(job, count.fields())
                beaten = time.monotonic()

    async def _trouble(self, job: Document, dataset: Dataset, count: Count, error: Exception) -> None:
        """An outage is waited for a few times; what a person has to change is told at once."""
        if isinstance(error, BlobsDown) and job["tries"] < _TRIES:
            await self._datasets.jobs.postpone(job, _PAUSE_MS * job["tries"], count.fields())
            return
        problem = listing_problem(dataset.datastore, error)
        _log.warning("dataset_not_counted", dataset=dataset.id, version=dataset.version, problem=problem)
        await self._datasets.counted(job, count.fields(), problem, whole=False)


def _nothing(dataset: Dataset) -> str:
    place = folder(dataset.source)
    where = f"the folder {place!r} of {dataset.datastore}" if place else f"the data store {dataset.datastore}"
    return f"There is no file in {where} that fits the pattern {dataset.pattern}."
