"""Kafka for readers: batch subscribers that lose nothing, and live fan-out. Never publishes: the outbox does."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from faststream import AckPolicy
from faststream.kafka import KafkaBroker
from faststream.kafka.subscriber.usecase import BatchSubscriber

from services.contracts.topics import Topic
from services.kit import errors, logs, metrics
from services.kit.dead import DeadLetters
from services.kit.delivery import Delivery, Handler, Redelivery
from services.kit.foreign import Foreign
from services.kit.foreign import Handler as ForeignHandler
from services.kit.live import Live
from services.kit.settings import Settings

STALL_S: Final = 120.0
LAG_S: Final = 5.0
WAIT_MS: Final = 500
_log = logs.get()


class Bus:
    """The subscriptions of one service in one process."""

    def __init__(self, settings: Settings, service: str) -> None:
        """Subscribe before `start`."""
        self._settings, self._service = settings, service
        self._dead = DeadLetters(settings, service)
        self._deliveries: dict[str, Delivery] = {}
        self._lives: list[Live] = []
        self._readers: list[Live | Foreign] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._connected = False
        self.broker = self._broker()

    def _broker(self) -> KafkaBroker:
        return KafkaBroker(
            self._settings.kafka.split(","),
            client_id=f"labelbus-{self._service}-{self._settings.instance}",
            consumer_only=True,
            allow_auto_create_topics=False,
            metadata_max_age_ms=30_000,
            ack_policy=AckPolicy.NACK_ON_ERROR,
            parser=_parse,
            decoder=_decode,
            middlewares=[partial(Redelivery, deliveries=self._deliveries)],
            apply_types=False,
            graceful_timeout=30.0,
            logger=logging.getLogger("faststream"),
        )

    @property
    def group(self) -> str:
        """Consumer group of the service."""
        return f"{self._settings.topic_prefix}labelbus-{self._service}"

    def subscribe(self, topic: Topic, handler: Handler, max_records: int = 500) -> None:
        """Give the records of a topic to `handler`, in batches of at most `max_records`, in order within a key."""
        name = self._settings.topic_prefix + topic.name
        delivery = self._deliveries[name] = Delivery(self._service, topic, handler, self._dead)
        subscriber = self.broker.subscriber(
            name,
            batch=True,
            max_records=max_records,
            batch_timeout_ms=10,
            group_id=self.group,
            # One group has a member for each topic, and a member of a name may be there only once.
            group_instance_id=f"{self._service}-{self._settings.instance}-{topic.name.split('.')[1]}",
            auto_offset_reset="earliest",
            isolation_level="read_committed",
            session_timeout_ms=45_000,
            heartbeat_interval_ms=1_000,
            max_poll_interval_ms=300_000,
        )
        subscriber(delivery.deliver)

    def live(self, topics: Sequence[Topic], handler: Handler, keys_only: Sequence[Topic] = ()) -> Live:
        """Give what is published from now on to `handler`, in every process. Of `keys_only` without events."""
        self._lives.append(Live(self._settings, self._service, topics, handler, keys_only))
        self._readers.append(self._lives[-1])
        return self._lives[-1]

    def foreign(self, topic: str, handler: ForeignHandler) -> None:
        """Give the records of a topic that is not ours to `handler`, as they are. Nothing waits for such a topic."""
        self._readers.append(Foreign(self._settings, self._service, topic, handler))

    async def start(self) -> None:
        """Connect in the background, for as long as it takes."""
        self._tasks = [
            asyncio.create_task(self._connect(), name="bus"),
            asyncio.create_task(self._measure(), name="lag"),
        ]
        for reader in self._readers:
            reader.start()

    async def _connect(self) -> None:
        while self._deliveries:
            try:
                await self._join()
            except Exception as error:
                if not errors.is_infrastructure(error):
                    raise
                _log.warning("bus_waits_for_kafka", error=repr(error))
                await self.broker.stop()
                await asyncio.sleep(1)
            else:
                break
        for subscriber in self.subscribers:
            _beating(subscriber, self._deliveries[subscriber.topic_names[0]])
        self._connected = True

    async def _join(self) -> None:
        """All at once: who joins a group later makes all its members join anew, which takes a heartbeat each."""
        await self.broker.connect()
        ends = await asyncio.gather(*(each.start() for each in self.subscribers), return_exceptions=True)
        if error := next((end for end in ends if end is not None), None):
            raise error

    @property
    def subscribers(self) -> list[BatchSubscriber]:
        """FastStream's subscribers."""
        return [each for each in self.broker.subscribers if isinstance(each, BatchSubscriber)]

    @property
    def ready(self) -> bool:
        """Whether all consumers are connected."""
        return self._connected and all(live.connected.is_set() for live in self._lives)

    def dead(self, stall_s: float = STALL_S) -> str:
        """Why a consume loop is not alive; empty while all turn. An outage of Kafka is no reason."""
        if self._tasks and self._tasks[0].done() and self._tasks[0].exception():
            return f"the bus has ended: {self._tasks[0].exception()!r}"
        for subscriber in self.subscribers if self._connected else ():
            topic = subscriber.topic_names[0]
            silent = time.monotonic() - self._deliveries[topic].turned
            if all(task.done() for task in subscriber.tasks):
                return f"the consumer of {topic} has ended"
            if silent > stall_s:
                return f"the consumer of {topic} did not turn for {silent:.0f} s"
        return next((reason for reader in self._readers if (reason := reader.dead(stall_s))), "")

    async def stop(self) -> None:
        """Stop reading, let handlers finish."""
        for delivery in self._deliveries.values():
            delivery.stopping.set()
        connected, self._connected = self._connected, False
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        await asyncio.gather(*(reader.stop() for reader in self._readers))
        if connected:
            await self.broker.stop()
        await self._dead.close()

    async def _measure(self) -> None:
        while True:
            await asyncio.sleep(LAG_S)
            for subscriber in self.subscribers if self._connected else ():
                try:
                    await self._lag(subscriber)
                except Exception as error:  # noqa: BLE001 - a measurement may fail, readers go on
                    _log.info("lag_unknown", error=repr(error))

    async def _lag(self, subscriber: BatchSubscriber) -> None:
        consumer: Any = subscriber.consumer
        for partition in consumer.assignment():
            end = consumer.highwater(partition)
            if end is not None:
                async with asyncio.timeout(1):
                    lag = max(0, end - await consumer.position(partition))
                metrics.LAG.labels(self._service, partition.topic, partition.partition).set(lag)


def _beating(subscriber: BatchSubscriber, delivery: Delivery) -> None:
    """Make each turn of FastStream's loop, which has no hook for it, a sign of life.

    It also waits longer: FastStream sleeps for `batch_timeout_ms` once more after each empty answer, and a record that
    comes then waits too.
    """
    delivery.beat()
    getmany = subscriber.consumer.getmany  # type: ignore[union-attr] # it has one from its start on

    async def beating(*, max_records: int, **_: Any) -> Any:
        delivery.beat()
        return await getmany(timeout_ms=WAIT_MS, max_records=max_records)

    setattr(subscriber.consumer, "getmany", beating)  # noqa: B010 - an assignment to a method is what mypy refuses


async def _parse(batch: Any, original: Callable[[Any], Awaitable[Any]]) -> Any:
    """A message for any batch: FastStream's parser sees one empty record, ours are read one by one in `Delivery`."""
    message = await original((replace(batch[0], key=None, value=b"", headers=()),))
    message.raw_message = batch
    return message


async def _decode(message: Any) -> Any:
    return message.raw_message
