"""What one process of ingest is made of. Everything is put together here and nowhere else."""

import asyncio
from functools import partial

from fastapi import APIRouter

from services.contracts import topics
from services.ingest.datasets import api as datasets_api
from services.ingest.datasets.counting import Counting
from services.ingest.datasets.service import DatasetMaking
from services.ingest.datasets.store import Datasets
from services.ingest.datastores import api as datastores_api
from services.ingest.datastores.browsing import Browsing
from services.ingest.datastores.endpoints import AllowedHosts
from services.ingest.datastores.service import Registry
from services.ingest.datastores.store import DatastoreStore
from services.ingest.dicom.workers import Workers
from services.ingest.imports import api as imports_api
from services.ingest.imports.events import ImportRequests
from services.ingest.imports.files import ImportFiles
from services.ingest.imports.leftovers import ImportLeftovers
from services.ingest.imports.run import Parts as ImportParts
from services.ingest.imports.service import Checker
from services.ingest.imports.store import Imports
from services.ingest.manifests.homes import Homes
from services.ingest.manifests.named import Named
from services.ingest.media import api as media_api
from services.ingest.media.dicoms import Dicoms
from services.ingest.media.lookup import Lookup
from services.ingest.media.making import Making
from services.ingest.media.previews import Previews
from services.ingest.media.rows import Rows as ShownRows
from services.ingest.media.service import Pictures
from services.ingest.media.texts import Texts
from services.ingest.objects.store import Objects
from services.ingest.projects import api as projects_api
from services.ingest.projects.purge import Purge
from services.ingest.projects.service import ProjectEvents
from services.ingest.projects.store import Projects
from services.ingest.scans.listing import Listing
from services.ingest.scans.probing import Probing
from services.ingest.scans.requests import RefreshRequests
from services.ingest.scans.store import Scans
from services.ingest.settings import IngestSettings
from services.ingest.sources import api as sources_api
from services.ingest.sources.service import Sources
from services.ingest.tables import api as tables_api
from services.ingest.tables.chunks import Chunks
from services.ingest.tables.finding import Finding
from services.ingest.tables.preview import Previews as TablePreviews
from services.ingest.tables.reading import Reading
from services.ingest.tables.rows import Rows
from services.ingest.tables.store import RowFiles
from services.ingest.uploads import api as uploads_api
from services.ingest.uploads.service import Uploads
from services.kit.credentials import Cipher
from services.kit.datastores import Datastores
from services.kit.service import Service

_IDLE_S, _QUIET_S = 0.5, 2.0
"""What comes in here wakes all workers; only what another process left undone is found by looking."""


class _Stores:
    """All that is stored, in the database and in object storage."""

    def __init__(self, service: Service, settings: IngestSettings) -> None:
        store, outbox, lease_ms = service.store, service.outbox, settings.ingest_lease_ms
        self.datastores = Datastores(settings, store)
        self.homes = Homes(self.datastores, settings.s3_url)
        self.objects, self.scans, self.projects = (
            Objects(store, lease_ms),
            Scans(store, outbox, lease_ms),
            Projects(store),
        )
        self.previews, self.chunks = (
            Previews(self.datastores, settings.bucket),
            Chunks(self.datastores, settings.bucket),
        )
        self.row_files, self.imports = RowFiles(store), Imports(store, outbox, lease_ms)
        self.datasets = Datasets(store, outbox)

    async def prepare(self) -> None:
        """Create all indexes; those that exist stay as they are."""
        for part in (self.objects, self.scans, self.row_files, self.imports, self.datasets):
            await part.prepare()


def build(settings: IngestSettings) -> Service:
    """A process that is ready to run."""
    service = Service("ingest", settings)
    stores = _Stores(service, settings)
    service.on_prepare(stores.prepare)
    _scanning(service, settings, stores)
    sources = Sources(stores.datastores, settings.bucket)
    routes = (
        sources_api.router(sources),
        uploads_api.router(Uploads(stores.datastores, settings.ingest_upload_bytes)),
        tables_api.router(TablePreviews(stores.datastores, stores.homes, settings.bucket)),
        _datastores(service, settings, stores, sources),
        _datasets(service, settings, stores),
        _imports(service, settings, stores),
        _purging(service, settings, stores),
        _media(service, settings, stores),
    )
    for each in routes:
        service.http.include_router(each)
    service.checks["object_storage"] = sources.datastores
    service.on_close(partial(asyncio.to_thread, stores.datastores.close))
    return service


def _scanning(service: Service, settings: IngestSettings, stores: _Stores) -> None:
    """Workers of scans, and what asks for scans."""
    datastores, objects, scans, projects = stores.datastores, stores.objects, stores.scans, stores.projects
    probing = Probing(settings, datastores, objects, scans, projects)
    # Two, so that files are read while the batch before is written.
    for number in range(2):
        service.worker(f"probing-{number}", probing.step, _IDLE_S, quiet_s=_QUIET_S)
    listing = Listing(settings, datastores, objects, scans, projects, listed=service.wake)
    service.worker("listing", listing.step, _IDLE_S, quiet_s=_QUIET_S)
    service.worker("reading", _reading(service, settings, stores).step, _IDLE_S, quiet_s=_QUIET_S)
    events = ProjectEvents(service.store, service.outbox, projects, scans, service.wake)
    service.bus.subscribe(topics.PROJECTS, events.handle)
    service.bus.subscribe(topics.REFRESHES, RefreshRequests(scans, service.wake).handle)


def _reading(service: Service, settings: IngestSettings, stores: _Stores) -> Reading:
    """What reads tables and manifests."""
    datastores, row_files, limit = stores.datastores, stores.row_files, settings.ingest_item_limit
    finding = Finding(settings, datastores, stores.homes, row_files, stores.scans)
    rows = Rows(stores.chunks, stores.objects, row_files, settings.ingest_chunk_rows, limit)
    named = Named(datastores, stores.homes, settings.bucket, stores.objects, row_files, limit)
    return Reading(settings, datastores, finding, row_files, stores.scans, stores.projects, rows, named, service.wake)


def _datastores(service: Service, settings: IngestSettings, stores: _Stores, sources: Sources) -> APIRouter:
    """Routes of data stores."""
    hosts, cipher = AllowedHosts(settings.ingest_datastore_hosts), Cipher(settings.datastore_key)
    registry = Registry(DatastoreStore(service.store), stores.datastores, sources, cipher, hosts)
    service.on_prepare(registry.prepare)
    return datastores_api.router(registry, Browsing(stores.datastores, settings.bucket))


def _datasets(service: Service, settings: IngestSettings, stores: _Stores) -> APIRouter:
    """Routes and the worker of data sets."""
    counting = Counting(stores.datasets, stores.datastores, settings.bucket)
    counter = service.worker("counting", counting.step, _IDLE_S, quiet_s=_QUIET_S)
    return datasets_api.router(DatasetMaking(stores.datasets, stores.datastores, counter.wake), stores.datasets)


def _imports(service: Service, settings: IngestSettings, stores: _Stores) -> APIRouter:
    """Routes, the worker and the subscription of imports."""
    parts = ImportParts(
        stores.imports,
        stores.objects,
        stores.projects,
        stores.scans,
        stores.datastores,
        stores.homes,
        settings.bucket,
    )
    checker = Checker(parts)
    worker = service.worker("importing", checker.step, _IDLE_S, quiet_s=_QUIET_S)
    checker.listen(worker.beat)
    service.bus.subscribe(topics.IMPORTS, ImportRequests(parts.imports, worker.wake).handle)
    return imports_api.router(ImportFiles(parts.blobs, settings.bucket, settings.ingest_import_bytes), parts.imports)


def _purging(service: Service, settings: IngestSettings, stores: _Stores) -> APIRouter:
    """The worker that forgets deleted projects, and its routes."""
    leftovers = ImportLeftovers(stores.imports, stores.datastores, settings.bucket)
    purge = Purge(
        service.store, stores.scans, stores.objects, stores.previews, stores.row_files, stores.chunks, leftovers
    )
    service.on_prepare(purge.jobs.prepare)
    service.worker("purge", purge.step, _IDLE_S, quiet_s=_QUIET_S)
    return projects_api.router(purge)


def _media(service: Service, settings: IngestSettings, stores: _Stores) -> APIRouter:
    """Routes of all that is shown."""
    datastores, previews = stores.datastores, stores.previews
    lookup = Lookup(datastores, stores.objects, stores.projects, settings.bucket)
    making, workers = Making(datastores, settings.ingest_renders), Workers()
    service.on_close(workers.close)
    pictures, rows = Pictures(datastores, lookup, making, previews, workers), ShownRows(lookup, stores.chunks)
    return media_api.router(pictures, Texts(datastores, lookup, rows), rows, Dicoms(lookup, making, previews, workers))
