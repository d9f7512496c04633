"""How long after Submit its event can be read from the topic, by a subscriber that reads committed records."""

import asyncio
import json
import time

from aiokafka import AIOKafkaConsumer

from bench.client import Person, answer, label_ids
from bench.figures import Figure, p50, p95
from services.contracts.topics import LABELS


async def delay(person: Person, project: str, kafka: str, rounds: int = 200) -> list[Figure]:
    """Milliseconds from the answer to Submit until the event was read; zero when it came before the answer."""
    seen = _Seen()
    consumer = AIOKafkaConsumer(
        LABELS.name, bootstrap_servers=kafka, isolation_level="read_committed", auto_offset_reset="latest"
    )
    await consumer.start()
    await consumer.seek_to_end()
    reading = asyncio.create_task(_read(consumer, seen))
    delays: list[float] = []
    try:
        view = await person.call("GET", f"/projects/{project}")
        label = next(iter(label_ids(view).values()))
        for _ in range(rounds):
            page = await person.claim(project, 1)
            done = await person.submit(project, page["token"], [answer(item, label) for item in page["items"]])
            answered = time.perf_counter()
            result = done["results"][0]
            read = await seen.wait((result["id"], result["version"]))
            delays.append(max(0.0, (read - answered) * 1000))
    finally:
        reading.cancel()
        await consumer.stop()
    return [
        Figure("event on the topic after Submit, p95", p95(delays), "ms", 100, peers="none has one"),
        Figure("event on the topic after Submit, p50", p50(delays), "ms"),
    ]


class _Seen:
    """When each event was read, by item and version."""

    def __init__(self) -> None:
        self._at: dict[tuple[str, int], asyncio.Future[float]] = {}

    def _moment(self, key: tuple[str, int]) -> asyncio.Future[float]:
        return self._at.setdefault(key, asyncio.get_running_loop().create_future())

    def put(self, key: tuple[str, int]) -> None:
        """It was read now; later copies do not count."""
        if not self._moment(key).done():
            self._moment(key).set_result(time.perf_counter())

    async def wait(self, key: tuple[str, int]) -> float:
        """The moment at which it was read. Raises TimeoutError after 20 s."""
        return await asyncio.wait_for(self._moment(key), 20)


async def _read(consumer: AIOKafkaConsumer, seen: _Seen) -> None:
    async for record in consumer:
        if record.value is not None:
            body = json.loads(record.value)["item"]
            seen.put((body["item"], body["version"]))
