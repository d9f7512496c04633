"""The stack keeps its data over a clean stop, over kill -9 and over a change of ports, and leaves given parts alone."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from minio import Minio
from pymongo import MongoClient

from deploy.local.part import Part
from deploy.local.ports import Ports
from deploy.local.stack import NotOursError, Stack
from tests.conftest import S3Access


def stop(part: Part) -> None:
    part.stop()


def kill9(part: Part) -> None:
    part.kill9()


ENDS = pytest.mark.parametrize("end", [stop, kill9])


@ENDS
def test_mongo_keeps_what_was_acknowledged(stack: Stack, database_name: str, end: Callable[[Part], None]) -> None:
    with MongoClient[dict[str, int]](stack.mongo_url, w="majority") as client:
        client[database_name]["kept"].insert_one({"_id": 1})
        end(stack.mongo_process)
        stack.mongo_process.start()
        assert client[database_name]["kept"].find_one() == {"_id": 1}


async def send(kafka: str, topic: str) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    await admin.create_topics([NewTopic(topic, 1, 1)])
    await admin.close()
    async with AIOKafkaProducer(bootstrap_servers=kafka, acks="all") as producer:
        await producer.send_and_wait(topic, b"kept")


@ENDS
async def test_kafka_keeps_what_was_acknowledged(stack: Stack, prefix: str, end: Callable[[Part], None]) -> None:
    topic = f"{prefix}kept"
    await send(stack.kafka, topic)
    end(stack.kafka_process)
    stack.kafka_process.start()
    async with AIOKafkaConsumer(topic, bootstrap_servers=stack.kafka, auto_offset_reset="earliest") as consumer:
        assert (await consumer.getone()).value == b"kept"


@ENDS
def test_s3_keeps_what_was_acknowledged(stack: Stack, s3: S3Access, prefix: str, end: Callable[[Part], None]) -> None:
    client = Minio(s3.url.removeprefix("http://"), s3.access_key, s3.secret_key, secure=False)
    client.put_object(s3.bucket, f"{prefix}kept", io.BytesIO(b"kept"), 4)
    end(stack.s3_process)
    stack.s3_process.start()
    answer = client.get_object(s3.bucket, f"{prefix}kept")
    assert answer.read() == b"kept"
    answer.close()
    answer.release_conn()
    client.remove_object(s3.bucket, f"{prefix}kept")


def test_a_paused_part_answers_again_after_it_was_resumed(stack: Stack) -> None:
    stack.kafka_process.pause()
    assert not stack.kafka_process.is_ready()
    stack.kafka_process.resume()
    stack.kafka_process.wait_ready()


def test_mongo_is_primary_again_on_another_port(stack: Stack, tmp_path: Path) -> None:
    """A stack of its own, from which only MongoDB is started."""
    given = {"LABELBUS_KAFKA": stack.kafka, "LABELBUS_S3_URL": stack.s3_url}
    with Stack(tmp_path, given) as first, MongoClient[dict[str, int]](first.mongo_url) as client:
        client["moved"]["kept"].insert_one({"_id": 1})
    port = Ports(tmp_path / "elsewhere", {}).take("mongo")
    with Stack(tmp_path, {**given, "LABELBUS_MONGO_PORT": str(port)}) as second:
        assert f":{port}/" in second.mongo_url
        with MongoClient[dict[str, int]](second.mongo_url) as client:
            assert client["moved"]["kept"].find_one() == {"_id": 1}


def test_a_part_that_has_a_url_is_not_started(tmp_path: Path) -> None:
    urls = {
        "LABELBUS_KAFKA": "kafka.example:9092",
        "LABELBUS_MONGO_URL": "mongodb://mongo.example/",
        "LABELBUS_S3_URL": "https://s3.example",
        "LABELBUS_S3_ACCESS_KEY": "somebody",
        "LABELBUS_S3_SECRET_KEY": "their key",
    }
    with Stack(tmp_path, urls) as stack:
        assert stack.parts == []
        assert urls.items() <= stack.settings().items()
        with pytest.raises(NotOursError, match="LABELBUS_KAFKA"):
            stack.kafka_process.kill9()


def test_keys_are_made_once_and_for_their_owner_only(tmp_path: Path) -> None:
    first = Stack(tmp_path).keys
    assert Stack(tmp_path).keys == first
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600
