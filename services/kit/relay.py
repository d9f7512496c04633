"""Publishes the outbox in order, one relay a service. Never reads it before its producer has fenced all former ones."""

import asyncio
import time
from collections import deque
from typing import Final

from aiokafka.errors import InvalidProducerEpoch, InvalidTxnState, ProducerFenced

from services.kit import errors, logs, metrics
from services.kit.backlog import BATCH_ENTRIES, Backlog, Batch, BatchGone
from services.kit.lease import Lease, LeaseLost
from services.kit.outbox import Outbox
from services.kit.producer import MissingTopic, Producer, is_entry_fault, stopped
from services.kit.settings import Settings
from services.kit.store import Store

POLL_S: Final = 0.05
IDLE_POLL_S: Final = 0.25
"""What this process writes wakes the relay; only what another one writes after a while of silence waits so long."""
STANDBY_S: Final = 0.5
RENEW_S: Final = 1.0
AGE_S: Final = 5.0
FENCED_WINDOW_S: Final = 300.0
FENCED_ALARM: Final = 3
_FENCED = (ProducerFenced, InvalidProducerEpoch, InvalidTxnState)


class Relay:
    """The relay of one service in one process: active if it holds the lease, else standing by."""

    def __init__(
        self, service: str, settings: Settings, store: Store, outbox: Outbox, *, missing_topic_s: float = 30.0
    ) -> None:
        """An entry whose topic is missing for `missing_topic_s` is given up, so that it holds up nothing behind it."""
        self._service, self._settings, self._store, self._outbox = service, settings, store, outbox
        self._missing_topic_s = missing_topic_s
        self._lease = Lease(store)
        self._backlog = Backlog(store, self._lease)
        self._producer: Producer | None = None
        self._limits: dict[int, int] = {}
        self._missing: dict[str, float] = {}
        self._fencings: deque[float] = deque(maxlen=FENCED_ALARM)
        self._pause = 1.0
        self._idle_s = POLL_S
        self._last_shard = -1
        self._standing_by = False
        self._renewed = self._measured = 0.0
        self._stopping = asyncio.Event()
        self._log = logs.get(relay=service)
        self._turned = time.monotonic()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to turn."""
        self._task = asyncio.create_task(self.run(), name="relay")

    def dead(self, stall_s: float = 120.0) -> str:
        """Why the relay is not alive; empty while it is. An outage of Kafka or MongoDB is no reason."""
        if self._task is None or self._stopping.is_set():
            return ""
        if self._task.done():
            return "the relay has ended"
        silent = time.monotonic() - self._turned
        return f"the relay did not turn for {silent:.0f} s" if silent > stall_s else ""

    async def stop(self, grace_s: float = 10.0) -> None:
        """Finish the batch, let the next relay in."""
        self._stopping.set()
        self._outbox.wake()
        if self._task is not None:
            await asyncio.wait([self._task], timeout=grace_s)
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await stopped()

    async def run(self) -> None:
        """Turn until `stop`."""
        while not self._stopping.is_set():
            self._turned = time.monotonic()
            try:
                await self._measure()
                if self._producer is None:
                    await self._become()
                else:
                    await self._turn(self._producer)
            except (LeaseLost, BatchGone) as error:
                self._step_down(error)
            except _FENCED as error:
                await self._fenced(error)
            except Exception as error:  # noqa: BLE001 - the relay outlives whatever it meets
                await self._failed(error)
        await self._leave()

    async def _become(self) -> None:
        """Each step only after the one before: lease, producer (which fences), lease again; then the outbox is read."""
        if not self._lease.epoch:
            if not await self._lease.take():
                self._stand_by()
                await self._sleep(STANDBY_S)
                return
            self._standing_by = False
            metrics.RELAY_LEASES.labels(self._service).inc()
            self._log.info("relay_took_lease", epoch=self._lease.epoch)
        producer = Producer(self._settings, f"labelbus-{await self._store.deployment_id()}-{self._service}-relay")
        try:
            await producer.start()
            await self._renew()
        except BaseException:
            producer.discard()
            raise
        self._producer = producer
        metrics.RELAY_ACTIVE.labels(self._service).set(1)

    def _stand_by(self) -> None:
        if not self._standing_by:
            self._standing_by = True
            self._log.info("relay_stands_by")

    async def _renew(self) -> None:
        await self._lease.renew()
        self._renewed = time.monotonic()

    async def _turn(self, producer: Producer) -> None:
        # Finishing renews too, and epoch and Kafka guard what is published: once a second is enough in between.
        if time.monotonic() - self._renewed > RENEW_S:
            await self._renew()
        whole = None if self._limits else await self._backlog.read_all()
        if whole is None:
            await self._by_shards(producer)
        elif whole.entries:
            self._idle_s = POLL_S
            await self._publish(producer, whole)
        else:
            await self._outbox.written(self._idle_s)
            self._idle_s = min(self._idle_s * 1.2, IDLE_POLL_S)

    async def _by_shards(self, producer: Producer) -> None:
        """A batch of each shard: more waits than fits in one batch, or an entry at fault is being looked for."""
        shards = await self._backlog.shards()
        self._limits = {shard: limit for shard, limit in self._limits.items() if shard in shards}
        moved = not shards
        for shard in sorted(shards, key=lambda shard: (shard <= self._last_shard, shard)):
            if self._stopping.is_set():
                return
            self._turned = time.monotonic()
            self._last_shard = shard
            moved |= await self._publish(
                producer, await self._backlog.read(shard, self._limits.get(shard, BATCH_ENTRIES))
            )
        if not moved:
            await self._sleep(STANDBY_S)

    async def _publish(self, producer: Producer, batch: Batch) -> bool:
        """Whether anything got further."""
        if not batch.entries:
            return True
        try:
            await producer.publish(batch.entries)
        except MissingTopic as error:
            return await self._topic_missing(batch, error)
        except Exception as error:
            metrics.RELAY_ABORTED.labels(self._service).inc()
            if not isinstance(error, _FENCED) and not self._split(batch) and is_entry_fault(error):
                await self._bury(batch, repr(error))
            raise
        await self._backlog.finish(batch)
        self._renewed, self._pause = time.monotonic(), 1.0
        metrics.RELAY_SENT.labels(self._service).inc(len(batch.entries))
        self._widen(batch)
        return True

    def _split(self, batch: Batch) -> bool:
        """Read less next time, until an entry at fault stands alone. False if it does."""
        if len(batch.shards) > 1:
            self._limits = dict.fromkeys(batch.shards, BATCH_ENTRIES)
        elif len(batch.entries) > 1:
            self._limits[batch.entries[0]["shard"]] = len(batch.entries) // 2
        else:
            return False
        return True

    def _widen(self, batch: Batch) -> None:
        for shard in batch.shards:
            if (limit := self._limits.pop(shard, BATCH_ENTRIES)) < BATCH_ENTRIES // 2:
                self._limits[shard] = limit * 2

    async def _bury(self, batch: Batch, reason: str) -> None:
        entry = batch.entries[0]
        await self._backlog.bury(entry, reason)
        self._limits.pop(entry["shard"], None)
        metrics.RELAY_DEAD.labels(self._service).inc()
        self._alarm(
            "outbox_entry_dead",
            aggregate=entry["_id"]["a"],
            version=entry["_id"]["v"],
            topic=entry["topic"],
            reason=reason,
        )

    async def _topic_missing(self, batch: Batch, error: MissingTopic) -> bool:
        since = self._missing.setdefault(error.topic, time.monotonic())
        if self._split(batch):
            return True
        if time.monotonic() - since < self._missing_topic_s:
            return False
        await self._bury(batch, str(error))
        return True

    def _drop_producer(self) -> None:
        if self._producer is not None:
            self._producer.discard()
            self._producer = None
            metrics.RELAY_ACTIVE.labels(self._service).set(0)

    def _step_down(self, error: Exception) -> None:
        self._drop_producer()
        if isinstance(error, LeaseLost):
            self._lease.epoch = 0
            metrics.RELAY_LEASES.labels(self._service).inc()
        self._log.warning("relay_stepped_down", reason=str(error))

    async def _fenced(self, error: Exception) -> None:
        """Somebody started a producer of our id, or our transaction ran out of time. The lease tells which."""
        metrics.RELAY_FENCED.labels(self._service).inc()
        self._drop_producer()
        self._log.warning("relay_fenced", error=repr(error), pause_s=self._pause)
        await self._back_off()
        try:
            await self._renew()
        except LeaseLost as lost:
            self._step_down(lost)
            return
        except Exception as outage:  # noqa: BLE001 - the next round asks again
            await self._failed(outage)
            return
        self._fencings.append(time.monotonic())
        if len(self._fencings) == FENCED_ALARM and self._fencings[-1] - self._fencings[0] < FENCED_WINDOW_S:
            self._alarm("relay_id_shared", text="another process uses this transactional id")

    async def _failed(self, error: Exception) -> None:
        self._drop_producer()
        entry_fault = is_entry_fault(error)
        outage = entry_fault or errors.is_infrastructure(error)
        self._log.warning("relay_failed", error=repr(error), pause_s=self._pause, exc_info=None if outage else error)
        if not entry_fault:  # an entry at fault is found by halving, which has no reason to wait
            await self._back_off()

    async def _back_off(self) -> None:
        until = time.monotonic() + self._pause
        self._pause = min(self._pause * 2, 30.0)
        while not self._stopping.is_set() and (left := until - time.monotonic()) > 0:
            self._turned = time.monotonic()
            await self._sleep(min(left, 5.0))

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return

    async def _leave(self) -> None:
        self._drop_producer()
        if self._lease.epoch:
            try:
                await self._lease.release()
            except Exception as error:  # noqa: BLE001 - it runs out by itself
                self._log.info("lease_not_released", error=repr(error))

    async def _measure(self) -> None:
        if time.monotonic() - self._measured > AGE_S:
            self._measured = time.monotonic()
            metrics.OUTBOX_AGE.labels(self._service).set(await self._backlog.oldest_s())

    def _alarm(self, name: str, **facts: object) -> None:
        metrics.ALARMS.labels(self._service, name).inc()
        self._log.error(name, alarm=True, **facts)
