"""Dead-letter topics: `<topic>.dead` gets the original bytes, key and headers, and where and why the record died."""

import asyncio
from typing import Any

from aiokafka import AIOKafkaProducer

from services.contracts.topics import Topic
from services.kit import clock, logs, metrics
from services.kit.settings import Settings
from services.kit.topics import DEAD_MESSAGE_BYTES

_REASON_BYTES = 2_000
_log = logs.get()


class DeadLetters:
    """Writes dead records. Raises the errors of Kafka: only a record that lies there may be passed over."""

    def __init__(self, settings: Settings, service: str) -> None:
        """Connects when the first record dies."""
        self._settings, self._service = settings, service
        self._producer: AIOKafkaProducer | None = None
        self._lock = asyncio.Lock()

    async def bury(self, topic: Topic, raw: Any, reason: str) -> None:
        """Write one dead record and wait until Kafka has it."""
        producer = await self._started()
        facts = {
            "dead_topic": raw.topic,
            "dead_partition": str(raw.partition),
            "dead_offset": str(raw.offset),
            "dead_reason": reason,
            "dead_service": self._service,
            "dead_time": clock.now().isoformat(),
        }
        headers = [(name, value or b"") for name, value in raw.headers]
        headers += [(name, value.encode(errors="replace")[:_REASON_BYTES]) for name, value in facts.items()]
        value = (
            b"" if raw.key is None and raw.value is None else raw.value
        )  # Kafka's client refuses a record of nothing
        name = self._settings.topic_prefix + topic.dead.name
        await producer.send_and_wait(name, value, key=raw.key, headers=headers)
        metrics.RECORDS_DEAD.labels(self._service, topic.name).inc()
        _log.error("record_dead", alarm=True, **facts)

    async def _started(self) -> AIOKafkaProducer:
        async with self._lock:
            if self._producer is None:
                producer = AIOKafkaProducer(
                    bootstrap_servers=self._settings.kafka,
                    client_id=f"labelbus-{self._service}-dead",
                    enable_idempotence=True,
                    max_request_size=DEAD_MESSAGE_BYTES,
                    request_timeout_ms=10_000,
                )
                try:
                    await producer.start()
                except BaseException:
                    await producer.stop()
                    raise
                self._producer = producer
            return self._producer

    async def close(self) -> None:
        """Close the connection."""
        if self._producer is not None:
            async with asyncio.timeout(10):
                await self._producer.stop()
            self._producer = None
