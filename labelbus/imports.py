"""`client.imports`: labels from a file. Nothing is written to items before the report was agreed to."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from labelbus.downloads import Download, rows
from labelbus.errors import LabelbusError
from labelbus.methods import D, Noun, method, pages
from labelbus.models.base import Row
from labelbus.models.imports import FilePlace, Import, ImportFile, ImportFormat, ImportMode, NewImport
from labelbus.models.sources import ColumnMapping
from labelbus.routes import Route, once
from labelbus.steps import Flow, Pages
from labelbus.waiting import until

_UPLOAD: Final = Route("PUT", "/projects/{project}/import-files", ImportFile, query=("name",))
_LOOK: Final = Route("POST", "/projects/{project}/import-files/look", ImportFile, body=FilePlace)
_REQUEST: Final = Route("POST", "/projects/{project}/imports", Import, body=NewImport)
_LIST: Final = Route("GET", "/projects/{project}/imports", list[Import])
_READ: Final = Route("GET", "/imports/{job}", Import)
_REPORT: Final = Route("GET", "/imports/{job}/report", bytes)
_APPLY: Final = Route("POST", "/imports/{job}/apply", Import)
_CANCEL: Final = Route("POST", "/imports/{job}/cancel", Import)
_ENDED: Final = ("succeeded", "failed", "canceled")
_STILL: Final = ("requested", "checking", "counting", "applying")


class Imports(Noun[D]):
    """Files of labels that become prelabels or labels of items."""

    @method
    def upload(self, project: str, file: Path | bytes, name: str = "") -> Flow[ImportFile]:
        """Upload a file of labels: where it lies then, and what it seems to be."""
        shown = name or (file.name if isinstance(file, Path) else "labels")
        return _UPLOAD.call(self.server, {"name": shown}, content=file, project=project)

    @method
    def look(self, project: str, datastore: str, key: str) -> Flow[ImportFile]:
        """Look at a file of labels in a data store: what it seems to be."""
        return _LOOK.call(self.server, body=FilePlace(datastore=datastore, key=key), project=project)

    @method
    def request(
        self,
        project: str,
        file: ImportFile,
        mode: ImportMode,
        *,
        format: ImportFormat | None = None,  # noqa: A002 - its name in the API
        mapping: ColumnMapping | None = None,
        idempotency_key: str = "",
    ) -> Flow[Import]:
        """Ask for a file to be checked. Then `wait` for its report, and `apply` it or `cancel` it.

        `mode`: `prelabels`, which labelers check, or `labels`, final ones. Without `format` it is what the file seems
        to be.
        """
        new = NewImport(datastore=file.datastore, key=file.key, mode=mode, format=format, mapping=mapping)
        return _REQUEST.call(self.server, body=new, headers=once(idempotency_key), project=project)

    @method
    def list(self, project: str) -> Flow[Sequence[Import]]:
        """The newest 200 imports of a project, newest first."""
        return _LIST.call(self.server, project=project)

    @method
    def get(self, job: str) -> Flow[Import]:
        """The state of an import, with the counts of its report and its first 100 problems."""
        return _READ.call(self.server, job=job)

    @method
    def wait(
        self, job: str, *, timeout_s: float | None = None, progress: Callable[[Import], None] | None = None
    ) -> Flow[Import]:
        """Wait until an import is `checked`, or has ended. Raises LabelbusError `import_failed` or `timeout`."""
        seen = yield from until(
            lambda: _READ.call(self.server, job=job), lambda now: now.state not in _STILL, timeout_s, progress
        )
        if seen.state == "failed":
            raise LabelbusError(seen.error or "The import failed.", code="import_failed")
        return seen

    @pages
    def report(self, job: str) -> Pages[Row]:
        """The whole report: a row for each item of the file and for each problem."""
        return rows(Download(self.server, _REPORT.at(job=job)))

    @method
    def apply(self, job: str) -> Flow[Import]:
        """Agree to the report: the labels are written. Repeating it changes nothing."""
        return _APPLY.call(self.server, job=job)

    @method
    def cancel(self, job: str) -> Flow[Import]:
        """End an import. What was written before stays."""
        return _CANCEL.call(self.server, job=job)
