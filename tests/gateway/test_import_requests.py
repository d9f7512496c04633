"""Imports that are asked for at once, and files of labels that are larger than any other request may be."""

import json
import secrets
from concurrent.futures import ThreadPoolExecutor

import pytest

from services.contracts import limits
from tests.gateway.harness import Deployment, Person, answered, page_token
from tests.gateway.imports import World


@pytest.fixture(scope="module")
def world(deployment: Deployment, owner: Person) -> World:
    return World(deployment, owner, f"{secrets.token_hex(4)}/")


def test_of_imports_asked_for_at_once_one_is_made(world: World) -> None:
    project = world.project("image_multi_class")
    file = world.uploaded(project, "labels.jsonl", json.dumps({"image_url": "a/0.png", "label": "cat"}))
    body = {"datastore": file["datastore"], "key": file["key"], "mode": "labels"}
    for _ in range(3):
        with ThreadPoolExecutor(4) as pool:
            asked = list(pool.map(lambda _: world.owner.post(f"projects/{project['id']}/imports", json=body), range(4)))
        assert sorted(one.status_code for one in asked) == [202, 409, 409, 409]
        job = next(answered(one)["id"] for one in asked if one.is_success)
        assert {one.json()["code"] for one in asked if not one.is_success} == {"import_open"}
        assert world.ended(job)["state"] == "checked"
        answered(world.owner.post(f"imports/{job}/cancel"))


def test_whoever_decides_second_is_answered_too(world: World) -> None:
    project = world.project("image_multi_class")
    row = json.dumps({"image_url": "a/2.png", "label": "cat"})
    for decision, states in (("cancel", {"canceled"}), ("apply", {"applying", "succeeded"})):
        job = world.checked(project, "labels.jsonl", row)
        with ThreadPoolExecutor(4) as pool:
            done = list(pool.map(world.owner.post, [f"imports/{job['id']}/{decision}"] * 4))
        assert [one.status_code for one in done] == [202] * 4
        assert {one.json()["state"] for one in done} <= states
    assert world.ended(job["id"], ("succeeded",))["applied"] == 1


def test_one_request_sent_many_times_at_once_is_answered_by_what_it_made(world: World) -> None:
    project = world.project("image_multi_class")
    file = world.uploaded(project, "labels.jsonl", json.dumps({"image_url": "a/0.png", "label": "cat"}))
    path, body = (
        f"projects/{project['id']}/imports",
        {"datastore": file["datastore"], "key": file["key"], "mode": "labels"},
    )
    for _ in range(3):
        headers = {"Idempotency-Key": page_token()}
        with ThreadPoolExecutor(4) as pool:
            made = list(pool.map(lambda _, h=headers: answered(world.owner.post(path, json=body, headers=h)), range(4)))
        (job,) = {one["id"] for one in made}
        assert world.ended(job)["state"] == "checked"
        answered(world.owner.post(f"imports/{job}/cancel"))


def test_a_file_may_be_larger_than_any_other_request(world: World) -> None:
    project = world.project("image_multi_class")
    row = json.dumps({"image_url": "a/1.png", "label": "dog"})
    done = world.applied(world.checked(project, "labels.jsonl", row + "\n" * limits.BODY_BYTES))
    assert (done["state"], done["applied"]) == ("succeeded", 1)
