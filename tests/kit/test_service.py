"""A whole service: it starts, refuses well, passes the request id on through every hop, and stops at SIGTERM."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence

import httpx
import pytest
from pydantic import BaseModel, Field, SecretStr

from services.contracts import limits
from services.contracts.topics import LABELS
from services.kit import requests, topics
from services.kit.client import InternalClient
from services.kit.problems import Refused
from services.kit.records import Record
from services.kit.service import Service
from services.kit.settings import Settings
from tests.kit.support import ROOT, entry, make_topics, until, write

KEY = {"Authorization": "Bearer internal-key-of-this-test"}


class Question(BaseModel):
    size: int = Field(ge=1)
    names: list[str] = []


class Answer(BaseModel):
    size: int
    request_id: str


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"queue_url": f"http://127.0.0.1:{free_port()}"})


@pytest.fixture
async def service(settings: Settings) -> AsyncIterator[Service]:
    await topics.create(settings)
    service = Service("queue", settings)

    @service.http.post("/internal/ask")
    async def ask(question: Question) -> Answer:
        if question.size == 13:
            raise ZeroDivisionError
        if question.size == 14:
            raise Refused(409, "project_paused", "The project is paused.")
        if question.size == 15:
            raise ConnectionError("the store is away")
        return Answer(size=question.size, request_id=requests.current_id())

    yield service
    if not service.stopping:
        await service.stop()


@pytest.fixture
async def http(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    await service.start()
    async with httpx.AsyncClient(base_url=service.settings.queue_url, trust_env=False) as http:
        yield http


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        (b'{"size": 3', 400, "malformed_json", ""),
        (b'{"size": 0}', 422, "invalid", "size"),
        (b'{"size": 1, "names": [1]}', 422, "invalid", "names.0"),
        (b"[]", 422, "invalid", "body"),
        (b'{"size": 13}', 500, "internal", ""),
        (b'{"size": 14}', 409, "project_paused", ""),
        (b'{"size": 15}', 503, "unavailable", ""),
    ],
)
async def test_each_refusal_is_a_problem_that_says_what_is_wrong(
    http: httpx.AsyncClient, body: bytes, status: int, code: str, field: str
) -> None:
    answer = await http.post("/internal/ask", content=body, headers={**KEY, "Content-Type": "application/json"})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["code"] == code
    assert problem["request_id"] == answer.headers["x-request-id"]
    assert [each["field"] for each in problem["fields"]] == ([field] if field else [])
    assert problem["retryable"] is (status == 503)


async def test_internal_routes_demand_the_key(http: httpx.AsyncClient) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}):
        answer = await http.post("/internal/ask", json={"size": 1}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (401, "internal_key")
    assert (await http.get("/health/live")).status_code == 200
    missing = await http.get("/internal/none", headers=KEY)
    assert (missing.status_code, missing.json()["code"]) == (404, "not_found")


async def test_a_body_over_the_limit_is_refused_with_and_without_a_length(http: httpx.AsyncClient) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(limits.BODY_BYTES // 1_000_000 + 1):
            yield b" " * 1_000_000

    headers = {**KEY, "Content-Type": "application/json"}
    for content in (b" " * (limits.BODY_BYTES + 1), pieces()):
        answer = await http.post("/internal/ask", content=content, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


async def test_the_client_raises_refusals_as_they_are_and_passes_the_request_id_on(service: Service) -> None:
    await service.start()
    client = service.client("queue")
    requests.begin("trace-1")
    answer = await client.post("/internal/ask", Question(size=1), Answer)
    assert answer == Answer(size=1, request_id="trace-1")
    with pytest.raises(Refused) as refused:
        await client.post("/internal/ask", Question(size=14), Answer)
    assert (refused.value.status, refused.value.code) == (409, "project_paused")
    nobody = InternalClient(f"http://127.0.0.1:{free_port()}", SecretStr("x" * 16))
    with pytest.raises(Refused) as silent:
        await nobody.post("/internal/ask", Question(size=1), Answer, repeat=True)
    assert (silent.value.status, silent.value.retryable) == (503, True)
    await nobody.close()


async def test_a_request_id_goes_through_the_outbox_and_kafka_into_the_handler(service: Service) -> None:
    seen: list[str] = []

    async def handler(records: Sequence[Record]) -> None:
        seen.extend([requests.current_id()] * len(records))

    service.bus.subscribe(LABELS, handler)
    await service.start()
    await until(lambda: service.prepared)
    requests.begin("trace-2")
    await write(service.store, service.outbox, [entry("p/one", 1)])
    await until(lambda: seen == ["trace-2"])


async def test_readiness_names_what_is_missing_and_ends_at_stop(service: Service) -> None:
    await service.start()
    await until(lambda: service.prepared and service.bus.ready)
    assert await service.unready() == []
    await service.stop()
    assert await service.unready() == ["stopping"]


async def test_a_service_waits_for_its_topics(settings: Settings) -> None:
    service = Service("queue", settings)
    await service.start()
    missing = await service.unready()
    assert "prepared" in missing
    await topics.create(settings)

    async def ready() -> bool:
        return await service.unready() == []

    await until(ready, 30)
    await service.stop()


async def test_topics_that_would_refuse_our_events_are_named(settings: Settings) -> None:
    await topics.create(settings)
    await topics.check(settings)
    small = settings.model_copy(update={"topic_prefix": f"{settings.topic_prefix}small-"})
    await make_topics(small, topics.all_topics(), 1, {"max.message.bytes": "1000"})
    with pytest.raises(topics.TopicsWrong, match=r"max\.message\.bytes is 1000"):
        await topics.check(small)


PROGRAM = """
from services.kit.service import Service
from services.kit.settings import Settings

Service("queue", Settings()).run()
"""


async def test_sigterm_stops_a_service_in_order(settings: Settings) -> None:
    await topics.create(settings)
    names = ("kafka", "mongo_url", "topic_prefix", "database_prefix", "queue_url", "s3_url")
    environment = {**os.environ, **{f"LABELBUS_{name.upper()}": str(getattr(settings, name)) for name in names}}
    environment["LABELBUS_INTERNAL_KEY"] = settings.internal_key.get_secret_value()
    child = subprocess.Popen(  # noqa: ASYNC220 - it only starts here
        [sys.executable, "-c", PROGRAM], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        async with httpx.AsyncClient(base_url=settings.queue_url, trust_env=False) as http:

            async def ready() -> bool:
                try:
                    return (await http.get("/health/ready")).status_code == 200
                except httpx.TransportError:
                    return False

            await until(ready, 30)
        child.send_signal(signal.SIGTERM)
        output, _ = await asyncio.to_thread(child.communicate, timeout=20)
    finally:
        child.kill()
    assert child.returncode == 0
    assert "service_stopped" in output
    assert "Traceback" not in output
