"""The current label of every item, from the beginning and from then on. `make run` prints how to start it."""

import asyncio
import json
import os

from faststream import FastStream
from faststream.kafka import KafkaBroker, KafkaMessage

broker = KafkaBroker(os.environ.get("LABELBUS_KAFKA", "127.0.0.1:9092"))
labels = {}


@broker.subscriber("labelbus.labels.v1", auto_offset_reset="earliest", isolation_level="read_committed")
async def keep(message: KafkaMessage) -> None:
    """Keep the newest version of each item."""
    record = message.raw_message
    new = json.loads(record.value)["item"] if record.value else None  # null: the project was deleted
    if new is None:
        labels.pop(record.key, None)
    elif new["version"] > labels.get(record.key, {"version": 0})["version"]:  # a record may come twice
        labels[record.key] = new
    print(record.key.decode(), new and (new["state"], new.get("answers")), flush=True)


asyncio.run(FastStream(broker).run())
