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
from services.kit.blobs import Blobs
from services.kit.credentials import Cipher
from services.kit.datastores import Datastores
from services.kit.service import Service

_IDLE_S = 0.5


def build(settings: IngestSettings) -> Service:
    """A process that is ready to run."""
    service = Service("ingest", settings)
    store, outbox, blobs = service.store, service.outbox, Datastores(settings, service.store)
    lease_ms = settings.ingest_lease_ms
    objects, scans, projects = Objects(store, lease_ms), Scans(store, outbox, lease_ms), Projects(store)
    previews, chunks = Previews(blobs, settings.bucket), Chunks(blobs, settings.bucket)
    row_files = RowFiles(store)
    imports = Imports(store, outbox, lease_ms)
    leftovers = ImportLeftovers(imports, blobs, settings.bucket)
    purge = Purge(store, scans, objects, previews, row_files, chunks, leftovers)

    for prepare in (objects.prepare, scans.prepare, row_files.prepare, purge.jobs.prepare):
        service.on_prepare(prepare)
    probing = Probing(settings, blobs, objects, scans, projects)
    # Two, so that files are read while the batch before is written.
    probers = [service.worker(f"probing-{number}", probing.step, _IDLE_S) for number in range(2)]
    listing = Listing(settings, blobs, objects, scans, projects, listed=probers[0].wake)
    lister = service.worker("listing", listing.step, _IDLE_S)
    homes, limit = Homes(blobs, settings.s3_url), settings.ingest_item_limit
    finding = Finding(settings, blobs, homes, row_files, scans)
    rows = Rows(chunks, objects, row_files, settings.ingest_chunk_rows, limit)
    named = Named(blobs, homes, settings.bucket, objects, row_files, limit)
    reading = Reading(settings, blobs, finding, row_files, scans, projects, rows, named)
    service.worker("reading", reading.step, _IDLE_S)
    service.worker("purge", purge.step, _IDLE_S)
    service.bus.subscribe(topics.PROJECTS, ProjectEvents(store, outbox, projects, scans, lister.wake).handle)
    service.bus.subscribe(topics.REFRESHES, RefreshRequests(scans, lister.wake).handle)
    sources = Sources(blobs, settings.bucket)
    uploads = Uploads(blobs, settings.ingest_upload_bytes)
    service.http.include_router(_datastores(service, settings, blobs, sources))
    service.http.include_router(_datasets(service, settings, blobs))
    parts = ImportParts(imports, objects, projects, scans, blobs, settings.bucket)
    service.http.include_router(_imports(service, settings, parts))
    service.http.include_router(tables_api.router(TablePreviews(blobs, settings.bucket)))
    for routes in (sources_api.router(sources), uploads_api.router(uploads), projects_api.router(purge)):
        service.http.include_router(routes)
    lookup, workers = Lookup(blobs, objects, projects, settings.bucket), Workers()
    making = Making(blobs, settings.ingest_renders)
    service.http.include_router(_media(blobs, lookup, making, previews, workers, chunks))
    service.on_close(workers.close)
    service.checks["object_storage"] = sources.datastores
    service.on_close(partial(asyncio.to_thread, blobs.close))
    return service


def _datastores(service: Service, settings: IngestSettings, datastores: Datastores, sources: Sources) -> APIRouter:
    """Routes of data stores."""
    hosts, cipher = AllowedHosts(settings.ingest_datastore_hosts), Cipher(settings.datastore_key)
    registry = Registry(DatastoreStore(service.store), datastores, sources, cipher, hosts)
    service.on_prepare(registry.prepare)
    return datastores_api.router(registry, Browsing(datastores, settings.bucket))


def _datasets(service: Service, settings: IngestSettings, datastores: Datastores) -> APIRouter:
    """Routes and the worker of data sets."""
    datasets = Datasets(service.store, service.outbox)
    service.on_prepare(datasets.prepare)
    counter = service.worker("counting", Counting(datasets, datastores, settings.bucket).step, _IDLE_S)
    return datasets_api.router(DatasetMaking(datasets, datastores, counter.wake), datasets)


def _imports(service: Service, settings: IngestSettings, parts: ImportParts) -> APIRouter:
    """Routes, the worker and the subscription of imports."""
    service.on_prepare(parts.imports.prepare)
    checker = Checker(parts)
    worker = service.worker("importing", checker.step, _IDLE_S)
    checker.listen(worker.beat)
    service.bus.subscribe(topics.IMPORTS, ImportRequests(parts.imports, worker.wake).handle)
    return imports_api.router(ImportFiles(parts.blobs, settings.bucket, settings.ingest_import_bytes), parts.imports)


def _media(
    blobs: Blobs, lookup: Lookup, making: Making, previews: Previews, workers: Workers, chunks: Chunks
) -> APIRouter:
    """Routes of all that is shown."""
    pictures, rows = Pictures(blobs, lookup, making, previews, workers), ShownRows(lookup, chunks)
    return media_api.router(pictures, Texts(blobs, lookup, rows), rows, Dicoms(lookup, making, previews, workers))
