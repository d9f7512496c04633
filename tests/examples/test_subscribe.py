"""The subscriber that the README shows, run as it stands."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer

from services.contracts.events import encode, type_name
from services.contracts.items import Source
from services.contracts.labels import Answer, ItemLabel, ItemState, LabelSubmitted
from services.kit import clock, topics
from services.kit.settings import Settings

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "subscribe.py"
TOPIC = "labelbus.labels.v1"


def _event(item: str, version: int, label: str) -> bytes:
    state = ItemLabel(
        item=item,
        project="p1",
        version=version,
        state=ItemState.LABELED,
        source=Source(datastore="d", key="k"),
        answers=[Answer(set="main", labels=["l1"], names=[label])],
        changed_at=clock.now(),
    )
    return encode(LabelSubmitted(item=state))


@pytest.fixture
async def producer(kafka: str) -> AsyncIterator[AIOKafkaProducer]:
    await topics.create(Settings(kafka=kafka, internal_key="internal-key-of-this-test"))
    producer = AIOKafkaProducer(bootstrap_servers=kafka, transactional_id="test-of-examples")
    await producer.start()
    yield producer
    await producer.stop()


async def _send(producer: AIOKafkaProducer, item: str, value: bytes | None) -> None:
    headers = [("ce_type", type_name(LabelSubmitted).encode()), ("content-type", b"application/json")]
    await producer.send_and_wait(TOPIC, value, item.encode(), headers=headers if value else [])


class Program:
    """The example as it stands, which at its end tells what it knows."""

    END = "print('END', sorted((key.decode(), value['answers'][0]['names']) for key, value in labels.items()))"

    def __init__(self, folder: Path, kafka: str) -> None:
        program, self._output = folder / "subscribe.py", folder / "output"
        program.write_text(f"{EXAMPLE.read_text()}\n{self.END}\n")
        environment = os.environ | {"LABELBUS_KAFKA": kafka}
        with self._output.open("w") as out:
            self._process = subprocess.Popen(
                [sys.executable, program], env=environment, stdout=out, stderr=subprocess.STDOUT
            )

    def said(self) -> str:
        return self._output.read_text()

    async def says(self, text: str) -> None:
        end = time.monotonic() + 60
        while text not in self.said():
            assert self._process.poll() is None, self.said()
            assert time.monotonic() < end, self.said()
            await asyncio.sleep(0.05)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(30)


async def test_it_ends_with_the_current_label_of_every_item(
    kafka: str, producer: AIOKafkaProducer, tmp_path: Path
) -> None:
    async with producer.transaction():
        await _send(producer, "p1/a", _event("p1/a", 1, "Cat"))
        await _send(producer, "p1/a", _event("p1/a", 2, "Dog"))
        await _send(producer, "p1/a", _event("p1/a", 1, "Cat"))  # again, as after a restart of the relay
        await _send(producer, "p1/gone", _event("p1/gone", 1, "Cat"))
        await _send(producer, "p1/gone", None)
    await producer.begin_transaction()
    await _send(producer, "p1/b", _event("p1/b", 1, "Never committed"))
    await producer.abort_transaction()

    program = Program(tmp_path, kafka)
    try:
        await program.says("p1/gone None")
        async with producer.transaction():
            await _send(producer, "p1/c", _event("p1/c", 1, "Later"))
        await program.says("Later")
    finally:
        await asyncio.to_thread(program.stop)
    assert program.said().endswith("END [('p1/a', ['Dog']), ('p1/c', ['Later'])]\n")


def test_the_readme_shows_it_as_it_is() -> None:
    assert EXAMPLE.read_text() in (ROOT / "README.md").read_text()
