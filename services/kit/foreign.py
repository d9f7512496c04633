"""Reads a topic that others own and whose records keep no contract of ours. Its handler must cope with anything.

Records that the handler failed on come again; what came while no process ran is read later.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, NamedTuple, TypeAlias

from aiokafka import AIOKafkaConsumer

from services.kit import logs
from services.kit.settings import Settings

_PAUSE_S: Final = 5.0
_RECORDS: Final = 500
_log = logs.get()


class Raw(NamedTuple):
    """A record as it is."""

    key: bytes | None
    value: bytes | None


Handler: TypeAlias = Callable[[Sequence[Raw]], Awaitable[None]]


class Foreign:
    """One consumer, in a group of the service. An outage, or a topic that is not there, stops nothing else."""

    def __init__(self, settings: Settings, service: str, topic: str, handler: Handler) -> None:
        """`topic` is a full name: the deployment's prefix is not put before it."""
        self._settings, self._service, self._topic, self._handler = settings, service, topic, handler
        self._task: asyncio.Task[None] | None = None
        self.turned = time.monotonic()

    def start(self) -> None:
        """Begin to read where the group stood, at first at the end of the topic."""
        self.turned = time.monotonic()
        self._task = asyncio.create_task(self._run(), name=f"foreign-{self._topic}")

    def dead(self, stall_s: float) -> str:
        """Why it is not alive; empty while it is."""
        if self._task is None:
            return ""
        silent = time.monotonic() - self.turned
        if self._task.done():
            return f"the reader of {self._topic} has ended"
        return f"the reader of {self._topic} did not turn for {silent:.0f} s" if silent > stall_s else ""

    async def stop(self) -> None:
        """Stop reading."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _run(self) -> None:
        while True:
            consumer = self._consumer()
            try:
                await consumer.start()
                _log.info("foreign_topic_read", topic=self._topic)
                while True:
                    await self._read(consumer)
            except Exception as error:  # noqa: BLE001 - begun anew, whatever it was ended by
                _log.warning("foreign_topic_waits", topic=self._topic, error=repr(error))
                self.turned = time.monotonic()
                await asyncio.sleep(_PAUSE_S)
            finally:
                await consumer.stop()

    def _consumer(self) -> AIOKafkaConsumer:
        return AIOKafkaConsumer(
            self._topic,
            bootstrap_servers=self._settings.kafka.split(","),
            client_id=f"labelbus-{self._service}-{self._settings.instance}",
            group_id=f"{self._settings.topic_prefix}labelbus-{self._service}-foreign",
            group_instance_id=f"{self._service}-{self._settings.instance}-foreign",
            auto_offset_reset="latest",
            enable_auto_commit=False,
            isolation_level="read_committed",
            metadata_max_age_ms=30_000,
        )

    async def _read(self, consumer: AIOKafkaConsumer) -> None:
        found = await consumer.getmany(timeout_ms=500, max_records=_RECORDS)
        self.turned = time.monotonic()
        if raws := [Raw(raw.key, raw.value) for batch in found.values() for raw in batch]:
            await self._handler(raws)
            await consumer.commit()
