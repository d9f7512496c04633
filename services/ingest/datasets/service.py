"""Makes data sets and their versions. A version never changes; what belongs to it is what its pattern meets."""

from collections.abc import Callable

from services.contracts.datasets import Dataset
from services.contracts.ids import new_id
from services.contracts.ingest_api import DatasetChange, DatasetVersion, NewDataset
from services.contracts.problems import FieldProblem
from services.ingest.datasets.store import Datasets, NameTaken
from services.ingest.datastores.explaining import listing_problem
from services.ingest.sources.patterns import Pattern, WrongPatternError, folder
from services.kit import clock
from services.kit.blobs import BlobDenied, BlobRefused, Blobs, BlobsDown, BucketMissing
from services.kit.problems import Refused


class DatasetMaking:
    """What owners do with data sets."""

    def __init__(self, datasets: Datasets, datastores: Blobs, made: Callable[[], None]) -> None:
        """`made` is called when there is something to count."""
        self._datasets, self._datastores, self._made = datasets, datastores, made

    async def create(self, new: NewDataset) -> DatasetVersion:
        """A data set at version 1. Raises Refused."""
        await self._require_readable(new)
        dataset = _version(new, new_id("d"), 1, new.name)
        if not await self._datasets.add(dataset):
            raise _taken(new.name)
        return await self._told(dataset)

    async def change(self, id_: str, change: DatasetChange) -> DatasetVersion:
        """Another name, or another description of the newest version. Raises Refused."""
        before = await self.get(id_)
        if _changes_nothing(before.dataset, change):
            return before
        try:
            done = await self._datasets.change(id_, change)
        except NameTaken:
            raise _taken(change.name or "") from None
        if not done:
            message = f"The data set was changed meanwhile; its revision is {before.dataset.revision} now."
            raise Refused(409, "version_conflict", message, [FieldProblem(field="revision", message=message)])
        return await self.get(id_)

    async def add_version(self, id_: str, new: NewDataset) -> DatasetVersion:
        """The next version: projects that have a former one keep it. Raises Refused."""
        before = (await self.get(id_)).dataset
        await self._require_readable(new)
        dataset = _version(new, id_, before.version + 1, before.name)
        if not await self._datasets.add_version(dataset):
            raise Refused(409, "version_conflict", "The data set was changed at the same moment.", retryable=True)
        return await self._told(dataset)

    async def count(self, id_: str, version: int) -> DatasetVersion:
        """Count a version again. Raises Refused."""
        await self.get(id_, version)
        await self._datasets.count_anew(id_, version)
        self._made()
        return await self.get(id_, version)

    async def get(self, id_: str, version: int = 0) -> DatasetVersion:
        """A version; 0 is the newest. Raises Refused."""
        found = await self._datasets.find(id_, version)
        if found is None:
            which = f"version {version} of data set {id_}" if version else f"data set {id_}"
            raise Refused(404, "dataset_unknown", f"There is no {which}.")
        return found

    async def _told(self, dataset: Dataset) -> DatasetVersion:
        self._made()
        return await self.get(dataset.id, dataset.version)

    async def _require_readable(self, new: NewDataset) -> None:
        source = new.source
        try:
            Pattern(source.pattern)
            await self._datastores.list_page(source.datastore, folder(source), limit=1)
        except WrongPatternError as error:
            raise _wrong("source.pattern", str(error)) from error
        except BucketMissing as error:
            raise _wrong("source.datastore", "names no data store that is there") from error
        except BlobRefused as error:
            raise _wrong("source.prefix", f"can't be listed: {error.reason}") from error
        except (BlobDenied, BlobsDown) as error:
            raise _wrong("source.datastore", listing_problem(source.datastore, error), "source_unusable") from error


def _changes_nothing(before: Dataset, change: DatasetChange) -> bool:
    wanted = change.model_dump(include={"name", "description"}, exclude_none=True)
    return change.revision == before.revision and all(getattr(before, field) == to for field, to in wanted.items())


def _version(new: NewDataset, id_: str, version: int, name: str) -> Dataset:
    now, source = clock.now(), new.source
    return Dataset(
        id=id_,
        version=version,
        revision=1,
        name=name,
        description=new.description,
        kind=source.kind,
        datastore=source.datastore,
        prefix=source.prefix,
        pattern=source.pattern,
        table=source.table,
        mapping=source.mapping,
        created_by=new.created_by,
        created_at=now,
        updated_at=now,
    )


def _taken(name: str) -> Refused:
    message = "is the name of another data set"
    return Refused(409, "name_taken", f"{name} {message}.", [FieldProblem(field="name", message=message)])


def _wrong(field: str, message: str, code: str = "invalid") -> Refused:
    return Refused(422, code, f"{field}: {message}", [FieldProblem(field=field, message=message)])
