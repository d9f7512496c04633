"""A relay as a process of its own, started by the relay's tests. `FAULT` names where its first batch freezes it."""

import asyncio
import os
import signal
from collections.abc import Sequence
from typing import Any

from services.kit import logs
from services.kit.backlog import Backlog, Batch
from services.kit.outbox import Outbox
from services.kit.producer import Producer
from services.kit.relay import Relay
from services.kit.settings import Settings
from services.kit.store import Document, Store

MISSING_TOPIC_S = 1.0


def freeze(point: str) -> None:
    """Stop here, once, if this is the point."""
    if os.environ.get("FAULT") == point:
        os.environ["FAULT"] = ""
        os.kill(os.getpid(), signal.SIGSTOP)


class FaultyProducer(Producer):
    """Freezes before, or in the middle of, its first transaction."""

    async def publish(self, entries: Sequence[Document]) -> None:
        freeze("read")
        await super().publish(entries)

    async def _send(self, entries: Sequence[Document]) -> None:
        await super()._send(entries)
        freeze("sent")


class FaultyBacklog(Backlog):
    """Freezes between the commit of Kafka and that of MongoDB."""

    async def finish(self, batch: Batch) -> None:
        freeze("committed")
        await super().finish(batch)


async def main() -> None:
    settings = Settings()
    logs.configure("relay", "INFO")
    store = Store(settings, "relay")
    relay = Relay("relay", settings, store, Outbox(store), missing_topic_s=MISSING_TOPIC_S)
    relay._backlog = FaultyBacklog(store, relay._lease)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, relay._stopping.set)
    await relay.run()
    await store.close()


def install() -> None:
    """Make relays of this process use the faulty producer."""
    from services.kit import relay  # noqa: PLC0415 - the name to replace lies in the module

    module: Any = relay
    module.Producer = FaultyProducer


if __name__ == "__main__":
    install()
    asyncio.run(main())
