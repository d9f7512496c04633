"""Projects: creation, names, versions, run state, deletion."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.gateway.harness import PICTURES, Deployment, Person, answered, page_token, refused, running, until


def test_a_project_runs_by_itself_and_says_how_far_it_is(owner: Person, project: dict[str, Any]) -> None:
    assert project["version"] == 3  # initializing, created, running
    assert [label["name"] for label in project["label_sets"][0]["labels"]] == ["cat", "dog"]
    progress = until(lambda: _probed(owner, project))
    assert progress["total"] == PICTURES
    row = next(each for each in answered(owner.get("projects"))["items"] if each["id"] == project["id"])
    assert row["progress"]["total"] == PICTURES
    assert row["run_state"] == "running"


def _probed(owner: Person, project: dict[str, Any]) -> dict[str, Any] | None:
    progress: dict[str, Any] = answered(owner.get(f"projects/{project['id']}/progress"))
    return progress if progress["ready"] and not progress["pending"] else None


def test_a_name_is_taken_for_ever(deployment: Deployment, owner: Person) -> None:
    name = f"Ünique {secrets.token_hex(4)}"
    project = running(owner, answered(owner.post("projects", json=deployment.new_project(name))))
    again = deployment.new_project(f"  {name.upper()} ")
    refused(owner.post("projects", json=again), 409, "name_taken", "name")
    path = f"projects/{project['id']}"
    refused(owner.delete(path, params={"confirm": name + "x"}), 422, "not_confirmed", "confirm")
    assert answered(owner.delete(path, params={"confirm": name}))["run_state"] == "deleting"
    until(lambda: owner.get(path).status_code == 404, 60)
    refused(owner.get(path), 404, "project_unknown")
    refused(owner.post("projects", json=again), 409, "name_taken", "name")
    assert project["id"] not in [row["id"] for row in answered(owner.get("projects"))["items"]]


def test_one_name_asked_for_at_once_makes_one_project(deployment: Deployment, owner: Person) -> None:
    body = deployment.new_project()
    with ThreadPoolExecutor(4) as pool:
        statuses = sorted(pool.map(lambda _: owner.post("projects", json=body).status_code, range(4)))
    assert statuses == [201, 409, 409, 409]


def test_a_repeated_request_makes_one_project(deployment: Deployment, owner: Person) -> None:
    body, headers = deployment.new_project(), {"Idempotency-Key": page_token()}
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: answered(owner.post("projects", json=body, headers=headers))["id"], range(4)))
    assert len(set(made)) == 1
    other = deployment.new_project()
    refused(owner.post("projects", json=other, headers=headers), 422, "idempotency_key_used", "Idempotency-Key")


def test_only_the_newest_version_can_be_changed(deployment: Deployment, owner: Person) -> None:
    project = running(owner, answered(owner.post("projects", json=deployment.new_project())))
    path = f"projects/{project['id']}"
    change = {"version": project["version"], "instructions": {"text": "Look twice.", "url": "https://example.org/how"}}
    changed = answered(owner.patch(path, json=change))
    assert changed["version"] == project["version"] + 1
    assert changed["instructions"] == change["instructions"]
    refused(owner.patch(path, json=change), 409, "version_conflict", "version")


def test_nothing_is_handed_out_while_paused(deployment: Deployment, owner: Person) -> None:
    project = running(owner, answered(owner.post("projects", json=deployment.new_project())))
    path = f"projects/{project['id']}"
    assert answered(owner.post(f"{path}/pause"))["run_state"] == "paused"
    assert answered(owner.post(f"{path}/pause"))["version"] == project["version"] + 1
    claim = {"token": page_token(), "client": "c" * 16, "size": 1}
    refused(owner.post(f"{path}/claim", json=claim), 409, "project_paused")
    assert answered(owner.post(f"{path}/start"))["run_state"] == "running"
    assert answered(owner.post(f"{path}/claim", json=claim))["items"]


def test_the_list_is_paged_filtered_and_newest_first(deployment: Deployment, owner: Person) -> None:
    mark = secrets.token_hex(4)
    made = [answered(owner.post("projects", json=deployment.new_project(f"{mark} {n}.* %")))["id"] for n in range(3)]
    seen, cursor = [], ""
    while True:
        page = answered(owner.get("projects", params={"q": mark.upper(), "limit": 1, "cursor": cursor}))
        seen += [row["id"] for row in page["items"]]
        if not (cursor := page["cursor"]):
            break
    assert seen == made[::-1]
    assert answered(owner.get("projects", params={"q": f"{mark} 1.*"}))["items"][0]["id"] == made[1]
    assert answered(owner.get("projects", params={"q": mark, "state": "failed"}))["items"] == []


def test_a_refresh_finds_new_files(deployment: Deployment, owner: Person) -> None:
    folder = f"{secrets.token_hex(4)}/"
    picture = owner.get(f"datastores/labelbus/objects/{deployment.folder}00.png?size=full").content
    answered(owner.put(f"datastores/labelbus/objects/{folder}a.png", content=picture))
    source = {"datastore": "labelbus", "prefix": folder}
    project = running(owner, answered(owner.post("projects", json=deployment.new_project(source=source))))
    answered(owner.put(f"datastores/labelbus/objects/{folder}b%20%25.png", content=picture))
    asked = answered(owner.post(f"projects/{project['id']}/refreshes"))
    assert asked["scan"] == 2

    def finished() -> dict[str, Any] | None:
        newest: dict[str, Any] = answered(owner.get(f"projects/{project['id']}/refreshes"))[0]
        return newest if newest["state"] == "succeeded" else None

    assert until(finished)["found"] == 1
    until(lambda: answered(owner.get(f"projects/{project['id']}/progress"))["total"] == 2)
