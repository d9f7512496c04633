"""The relay's producer: one batch, one Kafka transaction. One that failed in any way is never used again."""

import asyncio
import contextlib
from collections.abc import Sequence
from typing import Final

from aiokafka import AIOKafkaProducer
from aiokafka.errors import (
    CorruptRecordException,
    InvalidTopicError,
    MessageSizeTooLargeError,
    PolicyViolationError,
    RecordListTooLargeError,
    RecordTooLargeError,
    UnsupportedForMessageFormatError,
)

from services.kit import logs
from services.kit.settings import Settings
from services.kit.store import Document
from services.kit.topics import MESSAGE_BYTES

START_S: Final = 8.0
BATCH_S: Final = 8.0
"""Below the lease, so that a batch that hangs is given up by the one who still holds it."""
STOP_S: Final = 10.0
_ENTRY_FAULTS: Final = (
    CorruptRecordException,
    InvalidTopicError,
    MessageSizeTooLargeError,
    PolicyViolationError,
    RecordListTooLargeError,
    RecordTooLargeError,
    UnsupportedForMessageFormatError,
)
_log = logs.get()
_stopping: set[asyncio.Task[None]] = set()


class MissingTopic(Exception):
    """A topic of the batch does not exist. Nothing was sent and the producer is as good as before."""

    def __init__(self, topic: str) -> None:
        """`topic` is the full name."""
        super().__init__(f"There is no topic {topic}.")
        self.topic = topic


def is_entry_fault(error: BaseException) -> bool:
    """Whether Kafka refuses the record itself, so that sending it again can never help."""
    return isinstance(error, _ENTRY_FAULTS)


class Producer:
    """One life of the transactional producer."""

    def __init__(self, settings: Settings, transactional_id: str) -> None:
        """Does nothing yet: starting it fences every other producer of this id."""
        self._prefix = settings.topic_prefix
        self._known: set[str] = set()
        self._kafka = AIOKafkaProducer(
            bootstrap_servers=settings.kafka,
            client_id=transactional_id,
            transactional_id=transactional_id,
            transaction_timeout_ms=10_000,
            request_timeout_ms=5_000,
            max_request_size=MESSAGE_BYTES,
            max_batch_size=256 * 1024,
            metadata_max_age_ms=60_000,
        )

    async def start(self) -> None:
        """Fence all former producers and end what they left open."""
        async with asyncio.timeout(START_S):
            await self._kafka.start()

    async def publish(self, entries: Sequence[Document]) -> None:
        """Publish all or nothing; after an error but MissingTopic the producer has to be discarded.

        An error can also mean that the transaction was committed after all: publishing again then repeats it, in order.
        """
        async with asyncio.timeout(BATCH_S):
            await self._require({self._prefix + entry["topic"] for entry in entries})
            await self._kafka.begin_transaction()
            try:
                await self._send(entries)
            except Exception:
                # A fenced producer cannot even abort; the error that counts is the first one.
                with contextlib.suppress(Exception):
                    await self._kafka.abort_transaction()
                raise
            await self._kafka.commit_transaction()

    async def _send(self, entries: Sequence[Document]) -> None:
        futures = []
        try:
            for entry in entries:
                futures.append(await self._kafka.send(**self._record(entry)))  # noqa: PERF401 - those sent before an error matter
        finally:
            # A commit says nothing about its records: each has to be seen to have arrived.
            results = await asyncio.gather(*futures, return_exceptions=True)
        for result in results:
            if isinstance(result, BaseException):
                raise result

    def _record(self, entry: Document) -> dict[str, object]:
        return {
            "topic": self._prefix + entry["topic"],
            "key": entry["key"].encode(),
            "value": entry["value"],
            "headers": [(name, value.encode()) for name, value in entry["headers"].items()],
        }

    async def _require(self, topics: set[str]) -> None:
        if topics <= self._known:
            return
        metadata = await self._kafka.client.fetch_all_metadata()
        self._known = set(metadata.topics())
        for topic in sorted(topics - self._known):
            raise MissingTopic(topic)

    def discard(self) -> None:
        """Stop it in the background: while Kafka is away, `stop` does not return."""
        task = asyncio.create_task(self._stop())
        _stopping.add(task)
        task.add_done_callback(_stopping.discard)

    async def stop(self) -> None:
        """Stop it and wait."""
        await self._stop()

    async def _stop(self) -> None:
        try:
            async with asyncio.timeout(STOP_S):
                await self._kafka.stop()
        except Exception as error:  # noqa: BLE001 - it is thrown away, whatever it says
            _log.info("producer_stopped_hard", error=repr(error))
            # There is no public way to end its sender, and without this it would try for ever.
            if (sender := self._kafka._sender.sender_task) is not None:  # noqa: SLF001 - see above
                sender.cancel()
            await self._kafka.client.close()


async def stopped() -> None:
    """Wait until all discarded producers are gone. For the end of a process."""
    await asyncio.gather(*_stopping, return_exceptions=True)
