"""Queue as the process that it is: real topics in, real topic out, HTTP between."""

import socket
import time
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import httpx
import pytest

from services.contracts import events
from services.contracts.base import Contract
from services.contracts.ids import item_id, new_id
from services.contracts.items import (
    DiscoveredItem,
    ItemsDiscovered,
    ItemsProbed,
    Media,
    MediaFormat,
    ProbedItem,
    ScanFinished,
    Source,
)
from services.contracts.projects import RunState
from services.contracts.topics import ITEMS, LABELS, PROJECTS, Topic
from services.kit import topics
from services.kit.service import Service
from services.queue.app import build
from services.queue.settings import QueueSettings
from tests.kit.support import producing, read_all, until
from tests.queue.bench import project, token

KEY = {"Authorization": f"Bearer {'k' * 32}"}
CHUNK = 1_000


@pytest.fixture
def settings(settings: QueueSettings) -> QueueSettings:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return settings.model_copy(update={"queue_url": f"http://127.0.0.1:{free.getsockname()[1]}"})


@pytest.fixture
async def service(settings: QueueSettings) -> AsyncIterator[Service]:
    await topics.create(settings)
    service = build(settings)
    await service.start()
    yield service
    await service.stop()


@pytest.fixture
async def http(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=service.settings.queue_url, headers=KEY, trust_env=False) as client:
        yield client


def scan(project_id: str, number: int) -> list[Contract]:
    """What ingest tells of a data set: chunks, probes, end."""
    media = Media(format=MediaFormat.JPEG, width=640, height=480)
    told: list[Contract] = []
    for index, start in enumerate(range(0, number, CHUNK)):
        keys = [f"pets/{place}.jpg" for place in range(start, min(start + CHUNK, number))]
        found = [
            DiscoveredItem(
                id=item_id(project_id, key), source=Source(datastore="bucket", key=key, etag="e", size=9, scan=1)
            )
            for key in keys
        ]
        probed = [ProbedItem(id=item_id(project_id, key), etag="e", media=media) for key in keys]
        told.append(ItemsDiscovered(project=project_id, scan=1, index=index, items=found))
        told.append(ItemsProbed(project=project_id, scan=1, index=index, items=probed))
    told.append(ScanFinished(project=project_id, scan=1, chunks=(number + CHUNK - 1) // CHUNK, found=number))
    return told


async def send(settings: QueueSettings, topic: Topic, key: str, told: Sequence[Contract | bytes]) -> None:
    async with producing(settings) as producer:
        for event in told:
            raw = event if isinstance(event, bytes) else events.encode(event)
            type_ = "labelbus.v1.Nonsense" if isinstance(event, bytes) else events.type_name(type(event))
            headers = [("ce_type", type_.encode())]
            await producer.send(settings.topic_prefix + topic.name, raw, key=key.encode(), headers=headers)
        await producer.flush()


async def progress(http: httpx.AsyncClient, project_id: str) -> Any:
    response = await http.get(f"/internal/projects/{project_id}/progress")
    return response.json() if response.status_code == 200 else {}


async def test_items_come_in_labels_go_out_and_counts_follow(settings: QueueSettings, http: httpx.AsyncClient) -> None:
    id_ = new_id("p")
    await send(settings, PROJECTS, id_, [b"nonsense", project(id_)])
    await send(settings, ITEMS, id_, [b"{", *scan(id_, 12)])

    async def ready() -> bool:
        return bool((await progress(http, id_)).get("ready"))

    await until(ready)
    caller = {"user": "ann", "project": id_, "project_version": 1, "run_state": "running"}
    claim = {**caller, "token": token(), "client": "browser-1", "size": 9}
    page = (await http.post("/internal/claim", json=claim)).json()
    items = [{"id": item["id"], "version": 0, "answers": [{"set": "main", "labels": ["l1"]}]} for item in page["items"]]
    submit = {**caller, "token": claim["token"], "key": token(), "items": items}
    results = (await http.post("/internal/submit", json=submit)).json()["results"]
    assert [result["result"] for result in results] == ["saved"] * 9

    async def counted() -> bool:
        return bool((await progress(http, id_))["labeled"] == 9)

    await until(counted, seconds=5)
    records = await read_all(settings, LABELS)
    assert {record.key.decode() for record in records} == {item["id"] for item in items}
    assert all(b'"names":["dog"]' in record.value for record in records)
    seen = await progress(http, id_)
    assert (seen["total"], seen["queued"], seen["labels"][0]["items"]) == (12, {"0": 0, "1": 0, "2": 3}, 9)


async def test_pause_and_delete_arrive_by_the_topic(
    settings: QueueSettings, service: Service, http: httpx.AsyncClient
) -> None:
    id_ = new_id("p")
    await send(settings, PROJECTS, id_, [project(id_)])
    await send(settings, ITEMS, id_, scan(id_, 5))

    async def queued() -> bool:
        return bool((await progress(http, id_)).get("queued", {}).get("2") == 5)

    await until(queued)
    claim = {
        "user": "ann", "project": id_, "project_version": 1, "run_state": "running",
        "token": token(), "client": "browser-1", "size": 4,
    }  # fmt: skip
    assert len((await http.post("/internal/claim", json=claim)).json()["items"]) == 4
    await send(settings, PROJECTS, id_, [project(id_, version=2, state=RunState.PAUSED)])
    await until(queued)
    refused = await http.post("/internal/claim", json={**claim, "token": token()})
    assert (refused.status_code, refused.json()["code"]) == (409, "project_paused")
    await send(settings, PROJECTS, id_, [project(id_, version=3, state=RunState.DELETING)])

    async def purged() -> bool:
        return bool((await http.get(f"/internal/projects/{id_}/purged")).json()["purged"])

    await until(purged)
    assert await service.store["items"].count_documents({"project": id_}) == 0


@pytest.mark.proof
@pytest.mark.timeout(300)
async def test_intake_keeps_up_with_a_listing(
    settings: QueueSettings, http: httpx.AsyncClient, record_property: Callable[[str, object], None]
) -> None:
    id_, number = new_id("p"), 50_000
    await send(settings, PROJECTS, id_, [project(id_)])
    await until(lambda: progress(http, id_))
    told = scan(id_, number)
    start = time.perf_counter()
    await send(settings, ITEMS, id_, [event for event in told if not isinstance(event, ItemsProbed)])

    async def ready() -> bool:
        return bool((await progress(http, id_))["ready"])

    await until(ready, seconds=120)
    rate = number / (time.perf_counter() - start)
    record_property("items_per_second", rate)
    assert rate >= 5_000
