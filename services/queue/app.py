"""Puts queue together. The only place that knows all of its parts; it must hold no rule of its own."""

from collections.abc import Callable

from services.kit import clock
from services.kit.outbox import Outbox
from services.kit.store import Store
from services.queue.history.store import History
from services.queue.items.events import ScanEvents
from services.queue.items.service import Intake
from services.queue.items.store import Intakes, Items
from services.queue.labels.service import Labeling
from services.queue.labels.store import Labels, Requests
from services.queue.leases.service import Leases
from services.queue.leases.store import LeaseStore
from services.queue.leases.worker import Sweeper
from services.queue.progress.service import Progresses
from services.queue.progress.store import Counts
from services.queue.projects.events import ProjectEvents
from services.queue.projects.purge import Purge
from services.queue.projects.service import Gate
from services.queue.projects.store import Projects
from services.queue.recount.service import Recounter
from services.queue.settings import QueueSettings


class Queue:
    """All parts over one database. `now` gives epoch milliseconds."""

    def __init__(
        self, store: Store, outbox: Outbox, settings: QueueSettings, now: Callable[[], int] = clock.now_ms
    ) -> None:
        self.projects = Projects(store)
        gate = Gate(self.projects)
        items, intakes, counts = Items(store), Intakes(store), Counts(store)
        history, lease_store, labels, requests = (
            History(store, outbox),
            LeaseStore(store),
            Labels(store),
            Requests(store),
        )
        self.leases = Leases(lease_store, intakes, counts, gate, settings, now)
        self.labeling = Labeling(store, items, labels, requests, history, gate, now)
        self.intake = Intake(store, items, intakes, history, self.projects, now)
        self.progresses = Progresses(counts, intakes, history, gate)
        self.purge = Purge(store, outbox, self.projects)
        self.recounter = Recounter(store, self.projects)
        self.sweeper = Sweeper(lease_store, self.projects, now)
        self.scan_events = ScanEvents(self.intake)
        self.project_events = ProjectEvents(self.projects, lease_store)
        self._prepared = (self.projects, history, lease_store, labels, requests)

    async def prepare(self) -> None:
        """Create all indexes; those that exist stay as they are."""
        for part in self._prepared:
            await part.prepare()
