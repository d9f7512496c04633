"""What a subscriber of the topic reads of regions."""

import json
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from minio import Minio

from deploy.local.stack import Stack
from services.contracts.labels import Regions, RegionsRef
from services.contracts.topics import LABELS
from tests.gateway.drawings import claim, regions_of, submit
from tests.gateway.harness import Deployment, Person, answered, running
from tests.support.topics import PARTITIONS


async def test_a_subscriber_sees_regions_or_where_they_lie(
    deployment: Deployment, stack: Stack, owner: Person, drawing_folder: str
) -> None:
    found: dict[str, dict[str, Any]] = {}
    expected: dict[str, list[dict[str, Any]]] = {}
    for task in ("image_box", "image_mask"):
        source = {"datastore": "labelbus", "prefix": drawing_folder}
        project = running(
            owner, answered(owner.post("projects", json=deployment.new_project(task_type=task, source=source)))
        )
        page = claim(owner, project)
        item = page["items"][0]["id"]
        expected[item] = regions_of(project)
        assert submit(owner, project, page, {"id": item, "version": 0, "regions": expected[item]})["result"] == "saved"
        found[task] = await _event_of(deployment, stack, item)
    small, large = found["image_box"], found["image_mask"]
    assert "regionsRef" not in small
    assert [each["shape"] for each in small["regions"]] == ["SHAPE_BOX"] * 2
    assert [each["points"] for each in small["regions"]] == [each["points"] for each in expected[small["item"]]]
    assert large["regions"] == []
    ref = RegionsRef.model_validate(large["regionsRef"])
    regions = Regions.model_validate_json(_object(stack, ref.key)).regions
    assert [each.model_dump(mode="json") for each in regions] == expected[large["item"]]
    assert ref.count == len(regions)


async def _event_of(deployment: Deployment, stack: Stack, item: str) -> dict[str, Any]:
    """The newest state of an item, read from the topic as anybody would."""
    topic = deployment.system.settings["LABELBUS_TOPIC_PREFIX"] + LABELS.name
    consumer = AIOKafkaConsumer(
        bootstrap_servers=stack.kafka, isolation_level="read_committed", auto_offset_reset="earliest"
    )
    await consumer.start()
    try:
        consumer.assign([TopicPartition(topic, number) for number in range(PARTITIONS)])
        while True:
            records = await consumer.getmany(timeout_ms=10_000)
            assert records, f"no event of {item} within 10 s"
            for record in (each for batch in records.values() for each in batch):
                if record.key == item.encode():
                    value: dict[str, Any] = json.loads(record.value)["item"]
                    return value
    finally:
        await consumer.stop()


def _object(stack: Stack, key: str) -> bytes:
    host = stack.s3_url.removeprefix("http://")
    s3 = Minio(endpoint=host, access_key=stack.s3_access_key, secret_key=stack.s3_secret_key, secure=False)
    response = s3.get_object(bucket_name=stack.bucket, object_name=key)
    try:
        return bytes(response.read())
    finally:
        response.close()
        response.release_conn()
