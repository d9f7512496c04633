"""`client.datasets`."""

from collections.abc import Callable
from typing import Final

from labelbus.errors import LabelbusError
from labelbus.methods import D, Noun, method, pages
from labelbus.models.base import Page
from labelbus.models.sources import Dataset, DatasetChange, Folder, NewDataset, NewVersion
from labelbus.paging import LIMIT, every
from labelbus.routes import Route
from labelbus.steps import Flow, Pages
from labelbus.waiting import until

_LIST: Final = Route("GET", "/datasets", Page[Dataset], query=("cursor", "limit", "q"))
_CREATE: Final = Route("POST", "/datasets", Dataset, body=NewDataset, repeatable=False)
_READ: Final = Route("GET", "/datasets/{dataset}", Dataset)
_CHANGE: Final = Route("PATCH", "/datasets/{dataset}", Dataset, body=DatasetChange, repeatable=False)
_VERSIONS: Final = Route("GET", "/datasets/{dataset}/versions", Page[Dataset], query=("cursor", "limit"))
_ADD: Final = Route("POST", "/datasets/{dataset}/versions", Dataset, body=NewVersion, repeatable=False)
_VERSION: Final = Route("GET", "/datasets/{dataset}/versions/{version}", Dataset)
_COUNT: Final = Route("POST", "/datasets/{dataset}/versions/{version}/count", Dataset)


class Datasets(Noun[D]):
    """Data sets: folders of data stores under a name, in versions."""

    @pages
    def list(self, name: str = "") -> Pages[Dataset]:
        """Data sets at their newest version, newest first; `name` is a part of their names."""
        return every(lambda cursor: _LIST.call(self.server, {"q": name, "cursor": cursor, "limit": LIMIT}))

    @method
    def get(self, dataset: str, version: int = 0) -> Flow[Dataset]:
        """A data set at a version; 0 is the newest."""
        if version:
            return _VERSION.call(self.server, dataset=dataset, version=version)
        return _READ.call(self.server, dataset=dataset)

    @pages
    def versions(self, dataset: str) -> Pages[Dataset]:
        """Versions of a data set, newest first."""
        return every(lambda cursor: _VERSIONS.call(self.server, {"cursor": cursor, "limit": LIMIT}, dataset=dataset))

    @method
    def create(self, name: str, source: Folder, *, description: str = "") -> Flow[Dataset]:
        """Make a data set; its objects are counted in the background."""
        new = NewDataset(name=name, source=source, description=description)
        return _CREATE.call(self.server, body=new)

    @method
    def change(self, dataset: Dataset, *, name: str | None = None, description: str | None = None) -> Flow[Dataset]:
        """Change what is not None: the name, or the description of the newest version.

        Raises LabelbusError `version_conflict` when the data set was changed or counted since you read it.
        """
        change = DatasetChange(revision=dataset.revision, name=name, description=description)
        return _CHANGE.call(self.server, body=change, dataset=dataset.id)

    @method
    def add_version(self, dataset: str, source: Folder, *, description: str = "") -> Flow[Dataset]:
        """Make the next version; projects keep the one that they were made with."""
        new = NewVersion(source=source, description=description)
        return _ADD.call(self.server, body=new, dataset=dataset)

    @method
    def count(self, dataset: str, version: int) -> Flow[Dataset]:
        """Count the objects of a version again, as after an upload."""
        return _COUNT.call(self.server, dataset=dataset, version=version)

    @method
    def wait(
        self,
        dataset: str,
        version: int,
        *,
        timeout_s: float | None = 600,
        progress: Callable[[Dataset], None] | None = None,
    ) -> Flow[Dataset]:
        """Wait until the objects of a version are counted. Raises LabelbusError `dataset_failed` or `timeout`."""
        seen = yield from until(
            lambda: _VERSION.call(self.server, dataset=dataset, version=version),
            lambda now: now.counted_at is not None or bool(now.problem),
            timeout_s,
            progress,
        )
        if seen.counted_at is None:
            raise LabelbusError(seen.problem, code="dataset_failed")
        return seen
