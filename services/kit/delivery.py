"""What happens to a batch of records: none is passed over unless it was handled or lies in `.dead`.

Three classes of error. Infrastructure: the batch comes back after a pause, for ever. ContractError: dead at once.
Anything else: record by record, a few tries each, then dead.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

import structlog
from aiokafka import TopicPartition
from faststream import BaseMiddleware, ContextRepo
from faststream.message import StreamMessage

from services.contracts.events import ContractError
from services.contracts.topics import Topic
from services.kit import errors, logs, metrics, requests
from services.kit.dead import DeadLetters
from services.kit.records import Record, read

Handler: TypeAlias = Callable[[Sequence[Record]], Awaitable[None]]

TRIES: Final = 4
HANDLER_S: Final = 60.0
_FIRST_PAUSE_S: Final = 0.25
_LONGEST_PAUSE_S: Final = 15.0
_log = logs.get()


class Delivery:
    """Gives the records of one topic to one handler."""

    def __init__(self, service: str, topic: Topic, handler: Handler, dead: DeadLetters) -> None:
        """`handler` has to be idempotent: it sees records again."""
        self._service, self._topic, self._handler, self._dead = service, topic, handler, dead
        self._pause = _FIRST_PAUSE_S
        self.stopping = asyncio.Event()
        self.turned = time.monotonic()

    def beat(self) -> None:
        """The loop turned."""
        self.turned = time.monotonic()

    async def deliver(self, raws: Sequence[Any]) -> None:
        """Handle a batch. Raises only when the batch has to come back."""
        pairs: list[tuple[Any, Record]] = []
        for raw in raws:
            try:
                pairs.append((raw, read(self._topic, raw)))
            except ContractError as error:
                await self._dead.bury(self._topic, raw, str(error))
        if not pairs:
            return
        try:
            await self._hand([record for _, record in pairs])
        except Exception as error:
            if errors.is_infrastructure(error):
                raise
            await self._one_by_one(pairs, error)
        metrics.RECORDS_READ.labels(self._service, self._topic.name).inc(len(pairs))

    async def _one_by_one(self, pairs: Sequence[tuple[Any, Record]], error: Exception) -> None:
        metrics.DELIVERIES_FAILED.labels(self._service, self._topic.name, "records").inc()
        _log.warning("batch_failed", topic=self._topic.name, records=len(pairs), error=repr(error))
        for raw, record in pairs:
            try:
                await self._try(record)
            except Exception as failed:
                if errors.is_infrastructure(failed):
                    raise
                _log.warning("record_failed", topic=self._topic.name, id=record.id, exc_info=failed)
                await self._dead.bury(self._topic, raw, f"{type(failed).__name__}: {failed}")

    async def _try(self, record: Record) -> None:
        for attempt in range(TRIES):
            try:
                await self._hand([record])
            except ContractError:
                raise
            except Exception as error:
                if attempt == TRIES - 1 or errors.is_infrastructure(error):
                    raise
                await asyncio.sleep(0.05 * 2**attempt)
            else:
                return

    async def _hand(self, records: Sequence[Record]) -> None:
        self.beat()
        ids = {record.headers.get(requests.EVENT_HEADER, "") for record in records}
        requests.begin(ids.pop() if len(ids) == 1 else "")
        structlog.contextvars.bind_contextvars(event=records[0].id, events=len(records))
        started = time.perf_counter()
        try:
            async with asyncio.timeout(HANDLER_S):
                await self._handler(records)
        except asyncio.CancelledError as error:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise
            # Escaping from here it would end the loop in silence; whoever raised it meant another task.
            raise RuntimeError("something that the handler waited for was cancelled") from error
        finally:
            self.beat()
            metrics.HANDLER_SECONDS.labels(self._service, self._topic.name).observe(time.perf_counter() - started)

    async def pause(self, error: Exception) -> None:
        """Wait before the batch comes back, longer each time."""
        outage = errors.is_infrastructure(error)
        metrics.DELIVERIES_FAILED.labels(
            self._service, self._topic.name, "infrastructure" if outage else "defect"
        ).inc()
        _log.warning(
            "batch_comes_back",
            topic=self._topic.name,
            pause_s=self._pause,
            exc_info=None if outage else error,
            error=repr(error),
        )
        seconds, self._pause = self._pause, min(self._pause * 2, _LONGEST_PAUSE_S)
        try:
            async with asyncio.timeout(seconds):
                await self.stopping.wait()
        except TimeoutError:
            self.beat()

    def succeeded(self) -> None:
        """The next pause is a short one again."""
        self._pause = _FIRST_PAUSE_S


class Redelivery(BaseMiddleware[Any, Any]):
    """The broker's one middleware of ours: a batch that failed is paused and rewound."""

    def __init__(self, msg: Any, /, *, context: ContextRepo, deliveries: Mapping[str, Delivery]) -> None:
        """`deliveries` by full topic name."""
        super().__init__(msg, context=context)
        self._deliveries = deliveries

    async def consume_scope(self, call_next: Callable[[Any], Awaitable[Any]], msg: StreamMessage[Any]) -> Any:
        """Around the handler."""
        delivery = self._deliveries[msg.raw_message[0].topic]
        try:
            result = await call_next(msg)
        except Exception as error:
            await delivery.pause(error)
            _rewind(msg)
            raise
        delivery.succeeded()
        return result


def _rewind(msg: Any) -> None:
    """FastStream's own rewind stops at the first partition that a rebalance took away, and passes over the rest."""
    consumer = msg.consumer
    first: dict[TopicPartition, int] = {}
    for raw in msg.raw_message:
        first.setdefault(TopicPartition(raw.topic, raw.partition), raw.offset)
    for partition in consumer.assignment() & first.keys():
        consumer.seek(partition, first[partition])
