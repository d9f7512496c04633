"""Live hints: what changed, to those who may see it, soon, until the session ends."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from tests.gateway.harness import Deployment, Person, answered, invited, page_token, running

Hints = SimpleQueue[tuple[str, dict[str, Any]]]


@contextmanager
def listening(person: Person, query: str = "") -> Iterator[Hints]:
    """Hints of an open connection. The queue ends with `("closed", {})`."""
    hints: Hints = SimpleQueue()
    headers = {name: person.headers[name] for name in ("authorization",) if name in person.headers}
    with Person(person.url, cookies=dict(person.cookies)) as ear:
        ear.headers.update(headers)
        with ear.stream("GET", f"events{query}") as response:
            Thread(target=_read, args=(response.iter_lines(), hints), daemon=True).start()
            assert hints.get(timeout=5) == ("open", {})
            yield hints
            response.close()


def _read(lines: Iterator[str], hints: Hints) -> None:
    kind = ""
    try:
        for line in lines:
            if line == ": open":
                hints.put(("open", {}))
            elif line.startswith("event: "):
                kind = line.removeprefix("event: ")
            elif line.startswith("data: "):
                hints.put((kind, json.loads(line.removeprefix("data: "))))
    except Exception:  # noqa: BLE001, S110  the test closed the connection
        pass
    hints.put(("closed", {}))


def heard(hints: Hints, wanted: Callable[[str, dict[str, Any]], bool], seconds: float) -> float:
    """Seconds until the hint came."""
    began = time.monotonic()
    while (left := seconds - (time.monotonic() - began)) > 0:
        try:
            kind, data = hints.get(timeout=left)
        except Empty:
            break
        if wanted(kind, data):
            return time.monotonic() - began
    raise AssertionError(f"no such hint within {seconds} s")


def test_a_change_of_a_project_is_heard_within_two_seconds(deployment: Deployment, owner: Person) -> None:
    project = running(owner, answered(owner.post("projects", json=deployment.new_project())))
    with listening(owner, f"?project={project['id']}") as hints:
        version = answered(owner.post(f"projects/{project['id']}/pause"))["version"]
        heard(hints, lambda kind, data: kind == "project" and data.get("version") == version, 2)


def test_progress_is_heard_and_is_then_what_is_read(deployment: Deployment, owner: Person) -> None:
    project = running(owner, answered(owner.post("projects", json=deployment.new_project())))
    path = f"projects/{project['id']}"
    page = answered(owner.post(f"{path}/claim", json={"token": page_token(), "client": "c" * 16, "size": 4}))
    label = project["label_sets"][0]["labels"][0]["id"]
    items = [
        {"id": item["id"], "version": item["version"], "answers": [{"set": "main", "labels": [label]}]}
        for item in page["items"]
    ]
    with listening(owner, f"?project={project['id']}") as hints:
        answered(owner.post(f"{path}/submit", json={"token": page["token"], "key": page_token(), "items": items}))
        done = len(items)
        assert done
        heard(hints, lambda kind, _: kind == "progress" and _labeled(owner, path) == done, 5)


def _labeled(owner: Person, path: str) -> int:
    return int(answered(owner.get(f"{path}/progress"))["labeled"])


def test_people_hear_only_of_what_they_may_see(deployment: Deployment, owner: Person) -> None:
    project = running(owner, answered(owner.post("projects", json=deployment.new_project())))
    with invited(owner) as labeler, listening(labeler) as hints:
        export = answered(owner.post(f"projects/{project['id']}/exports", json={"format": "coco"}))
        with listening(owner) as all_hints:
            version = answered(owner.post(f"projects/{project['id']}/pause"))["version"]
            heard(all_hints, lambda kind, data: kind == "project" and data.get("version") == version, 5)
        kinds: list[str] = []

        def last(kind: str, data: dict[str, Any]) -> bool:
            kinds.append(kind)
            return bool(data.get("version") == version)

        heard(hints, last, 5)
        assert export["id"]
        assert "export" not in kinds


def test_the_connection_ends_with_the_session(owner: Person) -> None:
    with invited(owner) as person, listening(person) as hints:
        assert person.delete("session").status_code == 204
        heard(hints, lambda kind, _: kind == "session", 5)
        heard(hints, lambda kind, _: kind == "closed", 5)
