"""Exports as asked for over the public API: what is refused, and what a finished one says of itself."""

from typing import Any

import pytest

from tests.gateway.harness import Deployment, Person, answered, refused, until

Body = dict[str, Any]


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({"format": "tfrecord"}, "invalid", "format"),
        ({"format": "voc"}, "format_not_offered", "format"),
        ({"format": "csv", "filter": {"labels": ["l-unknown"]}}, "label_unknown", "filter.labels.0"),
        ({"format": "csv", "filter": {"labels": [""]}}, "label_unknown", "filter.labels.0"),
        ({"format": "csv", "filter": {"labelers": ["nobody"]}}, "person_unknown", "filter.labelers.0"),
        ({"format": "csv", "filter": {"labels": ["x" * 101]}}, "invalid", "filter.labels.0"),
        ({"format": "csv", "filter": {"approved": "perhaps"}}, "invalid", "filter.approved"),
        ({"format": "csv", "filter": {"labeled_from": "yesterday"}}, "invalid", "filter.labeled_from"),
        (
            {"format": "csv", "filter": {"labeled_from": "2026-02-01T00:00:00Z", "labeled_to": "2026-01-01T00:00:00Z"}},
            "invalid",
            "filter",
        ),
        ({"format": "csv", "filter": {"color": "red"}}, "invalid", "filter.color"),
        ({"format": "csv", "since_export": "e0123456789abcdef"}, "export_unknown", "since_export"),
        ({"format": "csv", "as_stored": True}, "invalid", "as_stored"),
        ({"format": "coco", "escape_formulas": True}, "invalid", "escape_formulas"),
        ({"format": "coco", "images": "yes please"}, "invalid", "images"),
    ],
)
def test_what_can_not_be_made_names_its_field(
    owner: Person, project: dict[str, Any], body: Body, code: str, field: str
) -> None:
    refused(owner.post(f"projects/{project['id']}/exports", json=body), 422, code, field)


def test_pictures_of_texts_are_refused(owner: Person, drawing_projects: dict[str, dict[str, Any]]) -> None:
    of = drawing_projects["text_entities"]["id"]
    for field in ("images", "as_stored"):
        refused(owner.post(f"projects/{of}/exports", json={"format": "conll", field: True}), 422, "invalid", field)


def test_since_an_export_of_another_project_is_refused(
    owner: Person, project: dict[str, Any], drawing_projects: dict[str, dict[str, Any]]
) -> None:
    other = drawing_projects["image_box"]["id"]
    job = answered(owner.post(f"projects/{other}/exports", json={"format": "yolo"}))
    body = {"format": "csv", "since_export": job["id"]}
    refused(owner.post(f"projects/{project['id']}/exports", json=body), 422, "export_unknown", "since_export")


def test_since_an_export_that_has_not_succeeded_is_refused(
    deployment: Deployment, owner: Person, project: dict[str, Any]
) -> None:
    path, export = f"projects/{project['id']}/exports", deployment.system.services["export"]
    export.pause()
    try:
        asked = answered(owner.post(path, json={"format": "csv"}))
        body = {"format": "csv", "since_export": asked["id"]}
        refused(owner.post(path, json=body), 422, "export_not_ready", "since_export")
    finally:
        export.resume()


def test_a_finished_export_tells_what_it_is_and_how_it_is_read(owner: Person, project: dict[str, Any]) -> None:
    label = project["label_sets"][0]["labels"][0]["id"]
    wishes = {"format": "csv", "filter": {"labels": [label], "approved": False}, "escape_formulas": True}
    path = f"projects/{project['id']}/exports"
    asked = answered(owner.post(path, json=wishes))
    refused(owner.get(f"exports/{asked['id']}/manifest"), 409, "export_not_ready")

    def done() -> dict[str, Any] | None:
        now: dict[str, Any] = answered(owner.get(f"exports/{asked['id']}"))
        return now if now["state"] == "succeeded" else None

    job = until(done)
    assert (job["filter"]["labels"], job["filter"]["approved"], job["files"]) == ([label], False, 1)
    assert job["file_name"].endswith(".csv")
    assert f"pandas.read_csv({job['file_name']!r})" in job["sample"]
    manifest = answered(owner.get(f"exports/{asked['id']}/manifest"))
    assert manifest["file"]["sha256"] == job["sha256"]
    assert manifest["filter"] == {"labels": [label], "approved": False}

    for field, unlike in {"format": "jsonl", "filter": {}, "escape_formulas": False, "images": True}.items():
        body = (
            wishes
            | {"since_export": job["id"], field: unlike}
            | ({"escape_formulas": False} if field == "format" else {})
        )
        refused(owner.post(path, json=body), 422, "export_unlike", field)
    later = answered(owner.post(path, json=wishes | {"since_export": job["id"]}))
    assert (later["since"], later["removed"]) == (job["requested_at"], 0)
    assert "sample" not in answered(owner.get(path))[0]
