"""Refreshes that nobody asks for: by time, and after notifications of the object store."""

import io
import json
import secrets
import time
from collections.abc import Iterator
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer
from PIL import Image

from services.contracts.exports import JobState
from services.contracts.queue_api import Progress
from services.contracts.refreshes import Refresh
from services.gateway.refreshes.notifications import Change, understood
from services.gateway.refreshes.pace import Hint, Pace
from services.kit import clock
from tests.gateway.drawings import claim, submit
from tests.gateway.harness import NOTIFICATIONS, Deployment, Person, answered, running, until

MINUTE = 60_000
PACE = Pace(every=15 * MINUTE, soon=5 * MINUTE, quiet=10_000)
NOW = 10_000_000_000


def ended(minutes_ago: float, **fields: Any) -> Refresh:
    at = clock.from_ms(NOW - int(minutes_ago * MINUTE))
    known = {"id": "p1-1", "project": "p1", "scan": 1, "version": 3, "requested_at": at, "finished_at": at}
    return Refresh.model_validate({**known, "state": JobState.SUCCEEDED, **fields})


class TestPace:
    @pytest.mark.parametrize(
        ("minutes", "queued", "expected"),
        [(14, 100, False), (15, 100, True), (15, 20, True), (6, 20, False), (6, 19, True), (4, 0, False)],
    )
    def test_is_quicker_while_little_is_left_to_label(self, minutes: float, queued: int, *, expected: bool) -> None:
        progress = Progress(ready=True, total=100, queued={"2": queued})
        assert PACE.due(ended(minutes), progress, NOW) is expected

    def test_is_slow_while_nobody_knows_the_progress(self) -> None:
        assert [PACE.due(ended(minutes), None, NOW) for minutes in (14, 15)] == [False, True]

    def test_stops_for_good_in_a_full_project(self) -> None:
        assert PACE.checks(ended(600))
        assert not PACE.checks(ended(600, full=True))

    @pytest.mark.parametrize("state", [JobState.REQUESTED, JobState.RUNNING])
    def test_never_two_at_once(self, state: JobState) -> None:
        assert not PACE.checks(ended(600, state=state, finished_at=None))

    @pytest.mark.parametrize(
        ("first_s", "last_s", "expected"), [(3, 3, False), (11, 11, True), (50, 3, False), (61, 3, True)]
    )
    def test_hints_are_heeded_when_they_pause_or_last(self, first_s: int, last_s: int, *, expected: bool) -> None:
        assert PACE.heeds(Hint(NOW - first_s * 1_000, NOW - last_s * 1_000), NOW) is expected


class TestUnderstood:
    def test_s3_events(self) -> None:
        assert understood(s3_event("bucket", "a+folder/%C3%A9+b.png")) == [Change("bucket", "a folder/é b.png")]

    def test_seaweedfs(self) -> None:
        told = json.dumps({"key": "/buckets/bucket/folder/a.png", "message": {"new_entry": {"name": "a.png"}}})
        assert understood(told.encode()) == [Change("bucket", "folder/a.png")]

    @pytest.mark.parametrize(
        "value",
        [
            None,
            b"",
            b"\xff\xfe",
            b"[]",
            b"{}",
            b"[" * 100_000,
            b'{"Records": [1]}',
            b'{"Records": [{"s3": {"bucket": {"name": 1}, "object": {"key": "a"}}}]}',
            b'{"Records": [{"s3": {"bucket": {"name": "b"}}}]}',
            b'{"key": "/etc/passwd"}',
            b'{"key": "/buckets/only"}',
            b'{"Service": "Amazon S3", "Event": "s3:TestEvent"}',
        ],
    )
    def test_anything_else_is_not(self, value: bytes | None) -> None:
        assert understood(value) is None


def s3_event(bucket: str, key: str) -> bytes:
    record = {"eventName": "s3:ObjectCreated:Put", "s3": {"bucket": {"name": bucket}, "object": {"key": key}}}
    return json.dumps({"EventName": "s3:ObjectCreated:Put", "Key": f"{bucket}/{key}", "Records": [record]}).encode()


def put(owner: Person, key: str) -> None:
    content = io.BytesIO()
    Image.new("RGB", (20, 10)).save(content, "PNG")
    answered(owner.put(f"datastores/labelbus/objects/{key}", content=content.getvalue()))


def made(deployment: Deployment, owner: Person, **changes: Any) -> tuple[str, str]:
    """A running project over one picture: its id and its folder."""
    folder = f"regular {secrets.token_hex(4)}/"
    put(owner, f"{folder}a.png")
    source = {"datastore": "labelbus", "prefix": folder}
    body = deployment.new_project(source=source, **changes)
    return running(owner, answered(owner.post("projects", json=body)))["id"], folder


def switch(owner: Person, project: str, *, on: bool) -> None:
    version = answered(owner.get(f"projects/{project}"))["version"]
    change = {"version": version, "refresh_regularly": on}
    assert answered(owner.patch(f"projects/{project}", json=change))["refresh_regularly"] is on


def scans(owner: Person, project: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = answered(owner.get(f"projects/{project}/refreshes"))
    return [each for each in found if each["finished_at"]]


@pytest.fixture
def project(deployment: Deployment, owner: Person) -> Iterator[tuple[str, str]]:
    project, folder = made(deployment, owner)
    switch(owner, project, on=True)
    yield project, folder
    switch(owner, project, on=False)


async def test_a_notification_brings_a_refresh_soon(
    deployment: Deployment, owner: Person, project: tuple[str, str]
) -> None:
    project_, folder = project
    off, off_folder = made(deployment, owner)
    for each in (folder, off_folder):
        put(owner, f"{each}b.png")
    producer = AIOKafkaProducer(bootstrap_servers=deployment.kafka)
    await producer.start()
    try:
        topic = deployment.prefix + NOTIFICATIONS
        key = folder.replace(" ", "+") + "b.png"
        for value in (b"nonsense", s3_event("other", key), s3_event("labelbus", off_folder + "b.png")):
            await producer.send_and_wait(topic, value)
        until(lambda: deployment.metric("gateway_notifications", result="ignored") >= 1)
        until(lambda: deployment.metric("gateway_notifications", result="understood") >= 2)
        await producer.send_and_wait(topic, s3_event("labelbus", key))
    finally:
        await producer.stop()
    newest = until(lambda: next((each for each in scans(owner, project_) if each["scan"] > 1), None), 30)
    assert (newest["scan"], newest["found"], newest["requested_by"]) == (2, 1, "")
    progress = until(lambda: _with_total(owner, project_, 2))
    assert progress["refreshed_at"] == newest["finished_at"]
    assert [each["scan"] for each in scans(owner, off)] == [1]


def _with_total(owner: Person, project: str, total: int) -> dict[str, Any] | None:
    progress: dict[str, Any] = answered(owner.get(f"projects/{project}/progress"))
    return progress if progress["total"] == total else None


def test_comes_by_itself_when_little_is_left(owner: Person, project: tuple[str, str]) -> None:
    project_, folder = project
    quiet = time.monotonic() + 2.5  # longer than the quicker pace of this deployment
    assert until(lambda: time.monotonic() > quiet)
    assert [each["scan"] for each in scans(owner, project_)] == [1]
    page = claim(owner, {"id": project_})
    put(owner, f"{folder}b.png")
    item = page["items"][0]
    submit(owner, {"id": project_}, page, {"id": item["id"], "version": item["version"], "skip": True})
    until(lambda: any(each["found"] for each in scans(owner, project_)[:-1]), 30)
    until(lambda: _with_total(owner, project_, 2))
    switch(owner, project_, on=False)
