"""Finds the files of rows of a data source: which are new, changed, or gone. May be done again at any time."""

from collections.abc import Sequence

from services.contracts.projects import SourceKind
from services.ingest.manifests import mltable
from services.ingest.manifests.homes import Homes
from services.ingest.probes.window import UnreadableError
from services.ingest.projects.store import Known
from services.ingest.scans import endings
from services.ingest.scans import findings as scan_findings
from services.ingest.scans.models import Scan
from services.ingest.scans.store import Scans
from services.ingest.settings import IngestSettings
from services.ingest.sources.accepted import Filter, Verdict, is_mltable
from services.ingest.tables import findings
from services.ingest.tables.intake import Intake
from services.ingest.tables.store import RowFiles
from services.kit import clock
from services.kit.blobs import Blob, Blobs
from services.kit.outbox import Entry
from services.kit.store import Document, Session


class Finding:
    """Lists data sources into files of rows."""

    def __init__(self, settings: IngestSettings, blobs: Blobs, homes: Homes, files: RowFiles, scans: Scans) -> None:
        """All of one process."""
        self._settings, self._blobs, self._homes = settings, blobs, homes
        self._files, self._scans = files, scans

    async def find(self, job: Document, project: Known, intake: Intake) -> Scan:
        """All files. Raises WrongPatternError, JobLost, and what object storage raises."""
        wanted = Filter(project.source, project.media, self._settings.bucket)
        after, listed = "", 0
        found: list[Blob] = []
        unsupported: list[str] = []
        while True:
            limit = self._settings.ingest_page_keys
            page, after = await self._blobs.list_page(project.source.datastore, wanted.prefix, after, limit)
            listed += len(page)
            verdicts = [(blob, wanted.verdict(blob.key)) for blob in page]
            unsupported += [blob.key for blob, verdict in verdicts if verdict is Verdict.UNSUPPORTED_NAME]
            found += [blob for blob, verdict in verdicts if verdict is Verdict.ACCEPTED]
            await self._scans.jobs.beat(job)
            if not after:
                break
        if project.source.kind is SourceKind.MANIFEST:
            found = await self._named(project, found)
        for at in range(0, len(found), limit):
            await self._store(job, project, intake, found[at : at + limit])
        return await self._finish(job, listed, unsupported)

    async def _named(self, project: Known, found: Sequence[Blob]) -> list[Blob]:
        """Where there are MLTable files, what they name; one that can't be read stays, and is told when it is read."""
        roots = [blob for blob in found if is_mltable(blob.key)]
        if not roots:
            return list(found)
        home = await self._homes.of(project.source.datastore)
        named: dict[str, Blob] = {}
        for root in roots:
            try:
                manifests = await mltable.manifests(self._blobs, home, root)
            except UnreadableError:
                manifests = [root]
            named |= {blob.key: blob for blob in manifests}
        return list(named.values())

    async def _store(self, job: Document, project: Known, intake: Intake, found: Sequence[Blob]) -> None:
        async def change(session: Session, scan: Scan) -> tuple[Scan, Sequence[Entry]]:
            known = await self._files.known(session, project.id, [blob.key for blob in found])
            new = [blob for blob in found if blob.key not in known]
            old = [(blob, known[blob.key]) for blob in found if blob.key in known]
            unseen = [(blob, file) for blob, file in old if file.seen < scan.number]
            again = [blob for blob, file in unseen if intake.wants(project, file, blob)]
            changed = [blob.key for blob, file in unseen if blob not in again and blob.etag != file.newest]
            await self._files.add(session, project.id, scan.number, new)
            await self._files.see(session, project.id, scan.number, [blob for blob, _ in old])
            await self._files.begin_anew(session, project.id, again)
            return endings.going_on(scan.noting(*findings.changed(changed, clock.now())))

        await self._scans.change_held(job, change)

    async def _finish(self, job: Document, listed: int, unsupported: Sequence[str]) -> Scan:
        async def change(session: Session, scan: Scan) -> tuple[Scan, Sequence[Entry]]:
            now = clock.now()
            gone = await self._files.take_missing(session, scan.project, scan.number)
            told = [*scan_findings.unsupported_names(unsupported, now), *findings.missing(gone, now)]
            return endings.going_on(scan.noting(*told).changed(listed=listed))

        return await self._scans.change_held(job, change)
