"""A process that writes imports until it is killed. Its arguments: the settings of queue as JSON."""

import asyncio
import sys

from services.kit.blobs import Blobs
from services.kit.outbox import Outbox
from services.kit.store import Store
from services.queue.history.store import History
from services.queue.imports.service import Applier
from services.queue.imports.store import Imports
from services.queue.items.store import Items
from services.queue.projects.store import Projects
from services.queue.settings import QueueSettings

LEASE_MS = 700


async def main(settings: QueueSettings) -> None:
    store = Store(settings, "annotations")
    outbox = Outbox(store)
    imports = Imports(store, outbox, LEASE_MS)
    history = History(store, outbox)
    applier = Applier(imports, Items(store), history, Projects(store), Blobs(settings), settings.bucket)
    while True:
        if not await applier.step():
            await asyncio.sleep(0.02)


if __name__ == "__main__":
    asyncio.run(main(QueueSettings.model_validate_json(sys.argv[1])))
