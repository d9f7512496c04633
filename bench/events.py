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
    seen: dict[tuple[str, int], float] = {}
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
            read = await _wait(seen, (result["id"], result["version"]))
            delays.append(max(0.0, (read - answered) * 1000))
    finally:
        reading.cancel()
        await consumer.stop()
    return [
        Figure("event on the topic after Submit, p95", p95(delays), "ms", 100, peers="none has one"),
        Figure("event on the topic after Submit, p50", p50(delays), "ms"),
    ]


async def _read(consumer: AIOKafkaConsumer, seen: dict[tuple[str, int], float]) -> None:
    async for record in consumer:
        now = time.perf_counter()
        if record.value is not None:
            body = json.loads(record.value)["item"]
            seen[(body["item"], body["version"])] = now


async def _wait(seen: dict[tuple[str, int], float], key: tuple[str, int]) -> float:
    async with asyncio.timeout(20):
        while key not in seen:
            await asyncio.sleep(0.002)
    return seen[key]
