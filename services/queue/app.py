"""Puts queue together. The only place that knows all of its parts; it must hold no rule of its own."""

from collections.abc import Callable
from typing import Final

from services.contracts import topics
from services.kit import clock
from services.kit.blobs import Blobs
from services.kit.outbox import Outbox
from services.kit.regions import RegionObjects
from services.kit.service import Service
from services.kit.store import Store
from services.queue.history.store import History
from services.queue.imports import api as imports_api
from services.queue.imports.events import ImportAgreements
from services.queue.imports.prelabels import Prelabels
from services.queue.imports.service import Applier
from services.queue.imports.store import Imports
from services.queue.items import api as items_api
from services.queue.items.events import ScanEvents
from services.queue.items.lists import Lists
from services.queue.items.service import Intake
from services.queue.items.store import Intakes, Items
from services.queue.labels import api as labels_api
from services.queue.labels.service import Labeling
from services.queue.labels.store import Labels, Requests
from services.queue.leases import api as leases_api
from services.queue.leases.service import Leases
from services.queue.leases.store import LeaseStore
from services.queue.leases.worker import Sweeper
from services.queue.progress import api as progress_api
from services.queue.progress.service import Progresses
from services.queue.progress.store import Counts
from services.queue.projects import api as projects_api
from services.queue.projects.events import ProjectEvents
from services.queue.projects.purge import Purge
from services.queue.projects.service import Gate
from services.queue.projects.store import Projects
from services.queue.recount.service import Recounter
from services.queue.regions.service import Drawings
from services.queue.settings import QueueSettings

SCAN_RECORDS: Final = 20
"""Records of scans handled at once. Each may hold a thousand items, and a handler has a minute."""


class Queue:
    """All parts over one database. `now` gives epoch milliseconds."""

    def __init__(
        self,
        store: Store,
        outbox: Outbox,
        blobs: Blobs,
        settings: QueueSettings,
        now: Callable[[], int] = clock.now_ms,
    ) -> None:
        self.projects = Projects(store)
        gate = Gate(self.projects)
        items, intakes, counts = Items(store), Intakes(store), Counts(store)
        history, lease_store = History(store, outbox), LeaseStore(store)
        labels, requests = Labels(store), Requests(store)
        regions = RegionObjects(blobs, settings.bucket)
        self.leases = Leases(lease_store, intakes, counts, gate, settings, Prelabels(regions), now)
        drawings = Drawings(labels, regions)
        self.labeling = Labeling(store, items, labels, requests, history, gate, drawings, now)
        self.intake = Intake(store, items, intakes, history, self.projects, now)
        self.progresses = Progresses(counts, intakes, history, gate)
        self.lists = Lists(store, gate)
        self.imports = Imports(store, outbox)
        self.applier = Applier(self.imports, items, history, self.projects, blobs, settings.bucket, now)
        self.purge = Purge(store, outbox, self.projects, regions, self.imports)
        self.recounter = Recounter(store, self.projects)
        self.sweeper = Sweeper(lease_store, self.projects, now)
        self.scan_events = ScanEvents(self.intake)
        self.project_events = ProjectEvents(self.projects, lease_store)
        self._prepared = (self.projects, history, lease_store, labels, requests, self.imports, self.lists)

    async def prepare(self) -> None:
        """Create all indexes; those that exist stay as they are."""
        for part in self._prepared:
            await part.prepare()


def build(settings: QueueSettings) -> Service:
    """The service, ready to run."""
    service = Service("queue", settings)
    blobs = Blobs(settings)
    queue = Queue(service.store, service.outbox, blobs, settings)
    service.on_prepare(queue.prepare)
    service.http.include_router(leases_api.routes(queue.leases))
    service.http.include_router(labels_api.routes(queue.labeling))
    service.http.include_router(progress_api.routes(queue.progresses))
    service.http.include_router(items_api.routes(queue.lists))
    service.http.include_router(imports_api.routes(queue.imports))
    service.http.include_router(projects_api.routes(queue.purge))
    service.bus.subscribe(topics.PROJECTS, queue.project_events.handle)
    service.bus.subscribe(topics.ITEMS, queue.scan_events.handle, max_records=SCAN_RECORDS)
    importing = service.worker("importing", queue.applier.step, idle_s=0.5)
    service.bus.subscribe(topics.IMPORTS, ImportAgreements(queue.imports, importing.wake).handle)
    service.worker("expire", queue.sweeper.expire)
    service.worker("pause", queue.sweeper.pause)
    service.worker("purge", queue.purge.step)
    service.worker("recount", queue.recounter.step, idle_s=settings.recount_s, stall_s=3_600)

    async def close_blobs() -> None:
        blobs.close()

    service.on_close(close_blobs)
    return service
