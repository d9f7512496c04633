"""Lists of items over the public API."""

from typing import Any

from tests.gateway.drawings import claim, submit
from tests.gateway.harness import PICTURES, Deployment, Person, answered, refused, running


def test_items_are_listed_by_state_label_and_labeler(deployment: Deployment, owner: Person) -> None:
    project = running(owner, answered(owner.post("projects", json=deployment.new_project())))
    page = claim(owner, project, 2)
    cat = project["label_sets"][0]["labels"][0]["id"]
    first, second = page["items"]
    answers = [{"set": project["label_sets"][0]["id"], "labels": [cat]}]
    submit(owner, project, page, {"id": first["id"], "version": 0, "answers": answers})
    submit(owner, project, page, {"id": second["id"], "version": 0, "skip": True})

    def ids(**params: Any) -> list[str]:
        found: list[str] = []
        cursor = ""
        while True:
            answer = answered(owner.get(f"projects/{project['id']}/items", params={**params, "cursor": cursor}))
            found += [item["id"] for item in answer["items"]]
            if not (cursor := answer["cursor"]):
                return found

    assert len(set(ids(limit=5))) == PICTURES
    assert ids(state="labeled") == ids(label=cat) == [first["id"]]
    assert set(ids(labeler=owner.id, limit=1)) == {first["id"], second["id"]}
    assert ids(labeler=owner.id, state="skipped") == [second["id"]]
    assert len(ids(state="queued", limit=3)) == PICTURES - 2
    (item,) = answered(owner.get(f"projects/{project['id']}/items", params={"label": cat}))["items"]
    assert item["name"] == item["source"]["key"].rpartition("/")[2]
    assert (item["answers"][0]["labels"], item["labeler"], item["labeler_name"] != "") == ([cat], owner.id, True)
    refused(owner.get(f"projects/{project['id']}/items", params={"cursor": "x"}), 422, "invalid", "cursor")
    refused(owner.get(f"projects/{project['id']}/items", params={"state": "x"}), 422, "invalid", "state")
    refused(owner.get(f"projects/p{'0' * 16}/items"), 404, "project_unknown")
