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
from services.ingest.tables.store import Found, RowFiles
from services.kit import clock
from services.kit.blobs import Blobs
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
        ours = await self._blobs.is_own(project.source.datastore, self._settings.bucket)
        wanted = Filter(project.source, project.media, ours=ours)
        after, listed = "", 0
        found: list[Found] = []
        unsupported: list[str] = []
        while True:
            limit = self._settings.ingest_page_keys
            page, after = await self._blobs.list_page(project.source.datastore, wanted.prefix, after, limit)
            listed += len(page)
            verdicts = [(blob, wanted.verdict(blob.key)) for blob in page]
            unsupported += [blob.key for blob, verdict in verdicts if verdict is Verdict.UNSUPPORTED_NAME]
            found += [Found(blob) for blob, verdict in verdicts if verdict is Verdict.ACCEPTED]
            await self._scans.jobs.beat(job)
            if not after:
                break
        if project.source.kind is SourceKind.MANIFEST:
            found = await self._named(project, found)
        for at in range(0, len(found), limit):
            await self._store(job, project, intake, found[at : at + limit])
        return await self._finish(job, listed, unsupported)

    async def _named(self, project: Known, found: list[Found]) -> list[Found]:
        """Where there are MLTable files, what they name; one that can't be read stays, and is told when it is read."""
        roots = [each.blob for each in found if is_mltable(each.blob.key)]
        if not roots:
            return found
        home = await self._homes.of(project.source.datastore)
        chosen = project.source.mapping.image if project.source.mapping else ""
        named: dict[str, Found] = {}
        for root in roots:
            try:
                table = await mltable.read(self._blobs, home, root, chosen)
                manifests = [Found(blob, table.asked, column=table.image) for blob in table.files]
            except UnreadableError as error:
                manifests = [Found(root, problem=error.reason)]
            named |= {each.blob.key: each for each in manifests}
        return list(named.values())

    async def _store(self, job: Document, project: Known, intake: Intake, found: Sequence[Found]) -> None:
        async def change(session: Session, scan: Scan) -> tuple[Scan, Sequence[Entry]]:
            known = await self._files.known(session, project.id, [each.blob.key for each in found])
            new = [each for each in found if each.blob.key not in known]
            old = [(each, known[each.blob.key]) for each in found if each.blob.key in known]
            unseen = [(each, file) for each, file in old if file.seen < scan.number]
            again = [each for each, file in unseen if intake.wants(project, file, each.blob)]
            rest = [(each.blob, file) for each, file in unseen if each not in again]
            changed = [blob.key for blob, file in rest if blob.etag != file.newest]
            await self._files.add(session, project.id, scan.number, new)
            await self._files.see(session, project.id, scan.number, [each.blob for each, _ in old])
            await self._files.read_on(session, [file for _, file in rest])
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
