"""Live fan-out: every process sees what is published from now on. No group, no commit, never a source of truth."""

import asyncio
import time
from collections.abc import Sequence

from aiokafka import AIOKafkaConsumer

from services.contracts.events import ContractError
from services.contracts.topics import Topic
from services.kit import logs
from services.kit.delivery import Handler
from services.kit.records import Record, read
from services.kit.settings import Settings

_log = logs.get()


class Live:
    """One fan-out consumer."""

    def __init__(
        self,
        settings: Settings,
        service: str,
        topics: Sequence[Topic],
        handler: Handler,
        keys_only: Sequence[Topic] = (),
    ) -> None:
        """A record that the handler fails on is gone. Values of the topics `keys_only` are not decoded."""
        self._keys_only = frozenset(keys_only)
        self._settings, self._service, self._handler = settings, service, handler
        self._topics = {settings.topic_prefix + topic.name: topic for topic in topics}
        self._task: asyncio.Task[None] | None = None
        self.turned = time.monotonic()
        self.connected = asyncio.Event()

    def start(self) -> None:
        """Begin to read at the end of the topics."""
        self.turned = time.monotonic()
        self._task = asyncio.create_task(self._run(), name="live")

    def dead(self, stall_s: float) -> str:
        """Why it is not alive; empty while it is."""
        if self._task is None:
            return ""
        silent = time.monotonic() - self.turned
        return (
            "live consumer has ended"
            if self._task.done()
            else f"live consumer is silent for {silent:.0f} s"
            if silent > stall_s
            else ""
        )

    async def stop(self) -> None:
        """Stop reading."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _run(self) -> None:
        while True:
            consumer = AIOKafkaConsumer(
                *self._topics,
                bootstrap_servers=self._settings.kafka,
                client_id=f"labelbus-{self._service}-live",
                auto_offset_reset="latest",
                enable_auto_commit=False,
                isolation_level="read_committed",
                metadata_max_age_ms=30_000,
            )
            try:
                await consumer.start()
                await self._read(consumer)
            except Exception as error:  # noqa: BLE001 - a lost connection is made again, whatever it was lost by
                self.connected.clear()
                self.turned = time.monotonic()
                _log.warning("live_reconnects", error=repr(error))
                await asyncio.sleep(1)
            finally:
                await consumer.stop()

    async def _read(self, consumer: AIOKafkaConsumer) -> None:
        # The end is found lazily; asking for it now makes sure that what is published after `connected` is seen.
        await consumer.seek_to_end()
        for partition in consumer.assignment():
            await consumer.position(partition)
        self.connected.set()
        while True:
            found = await consumer.getmany(timeout_ms=500, max_records=500)
            self.turned = time.monotonic()
            if records := [record for raws in found.values() for raw in raws if (record := self._understood(raw))]:
                try:
                    await self._handler(records)
                except Exception as error:  # noqa: BLE001 - hints may be lost
                    _log.warning("live_handler_failed", exc_info=error)

    def _understood(self, raw: object) -> Record | None:
        try:
            topic = self._topics[raw.topic]  # type: ignore[attr-defined] # aiokafka's records have no types
            return read(topic, raw, value=topic not in self._keys_only)
        except ContractError:
            return None  # the subscriber of the topic buries it
