"""`client.exports`."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from labelbus.downloads import Download, rows, save
from labelbus.errors import LabelbusError
from labelbus.methods import D, Noun, method, pages
from labelbus.models.base import Row
from labelbus.models.exports import Export, ExportDetails, ExportFilter, ExportFormat, NewExport
from labelbus.routes import Route, once
from labelbus.steps import Flow, Pages, work
from labelbus.waiting import until

_REQUEST: Final = Route("POST", "/projects/{project}/exports", Export, body=NewExport)
_LIST: Final = Route("GET", "/projects/{project}/exports", list[Export])
_READ: Final = Route("GET", "/exports/{export}", ExportDetails)
_MANIFEST: Final = Route("GET", "/exports/{export}/manifest", dict[str, Any])
_DOWNLOAD: Final = Route("GET", "/exports/{export}/download", bytes)
_ENDED: Final = ("succeeded", "failed", "canceled")


class Exports(Noun[D]):
    """Labels as files, as they stood at the moment of the request."""

    @method
    def request(
        self,
        project: str,
        format: ExportFormat = "jsonl",  # noqa: A002 - its name in the API
        *,
        filter: ExportFilter | None = None,  # noqa: A002 - as above
        since_export: str = "",
        images: bool = False,
        as_stored: bool = False,
        escape_formulas: bool = False,
        idempotency_key: str = "",
    ) -> Flow[Export]:
        """Ask for an export. Then `wait` for it, and `download` it or read its `rows`.

        `since_export`: only what has changed since that export of the same kind; `manifest` names what is gone.
        """
        new = NewExport(
            format=format,
            filter=filter or ExportFilter(),
            since_export=since_export,
            images=images,
            as_stored=as_stored,
            escape_formulas=escape_formulas,
        )
        return _REQUEST.call(self.server, body=new, headers=once(idempotency_key), project=project)

    @method
    def list(self, project: str) -> Flow[Sequence[Export]]:
        """The newest 200 exports of a project, newest first."""
        return _LIST.call(self.server, project=project)

    @method
    def get(self, export: str) -> Flow[ExportDetails]:
        """The state of an export, the name of its file, and code that reads it."""
        return _READ.call(self.server, export=export)

    @method
    def wait(
        self,
        export: str,
        *,
        timeout_s: float | None = None,
        progress: Callable[[ExportDetails], None] | None = None,
    ) -> Flow[ExportDetails]:
        """Wait until an export has succeeded. Raises LabelbusError `export_failed` or `timeout`."""
        seen = yield from until(
            lambda: _READ.call(self.server, export=export), lambda now: now.state in _ENDED, timeout_s, progress
        )
        if seen.state != "succeeded":
            raise LabelbusError(seen.error or f"The export is {seen.state}.", code="export_failed")
        return seen

    @method
    def manifest(self, export: str) -> Flow[dict[str, Any]]:
        """What was asked for, counts, and the hash of every file."""
        return _MANIFEST.call(self.server, export=export)

    @method
    def download(
        self,
        export: str,
        target: str | Path = ".",
        *,
        progress: Callable[[int, int], None] | None = None,
    ) -> Flow[Path]:
        """Download the file of an export to a file, or into a folder under its own name; answers where it is.

        A download that broke off goes on where it was, also in another process, and what came is compared with the
        hash of the export. `progress` gets the bytes that are there and how many there will be.
        """
        found = yield from _READ.call(self.server, export=export)
        _check_ready(found)
        path = Path(target)
        if path.is_dir():
            path /= Path(found.file_name).name
        part = path.with_name(f".{path.name}.{found.id}.part")

        def tell(done: int) -> None:
            if progress is not None:
                progress(done, found.size)

        yield from save(self.server, _DOWNLOAD.at(export=export), part, found.size, found.sha256, tell)
        return (yield from work(lambda: part.replace(path)))

    @pages
    def rows(self, export: str) -> Pages[Row]:
        """The lines of an export in JSON Lines, as they come, without a file."""
        found = yield from _READ.call(self.server, export=export)
        _check_ready(found)
        if not found.file_name.endswith(".jsonl"):
            raise LabelbusError(f"The export is {found.file_name}, which has no rows: download it.", code="not_rows")
        yield from rows(Download(self.server, _DOWNLOAD.at(export=export), etag=f'"{found.sha256}"'))


def _check_ready(export: ExportDetails) -> None:
    if export.state != "succeeded":
        raise LabelbusError(f"The export is {export.state}: wait for it.", code="export_not_ready")
