"""Boxes, polygons, masks and spans over the public API: projects, submissions, refusals."""

import json
from typing import Any, TypeAlias

import pytest

from services.contracts.exports import ExportFormat, export_formats
from services.contracts.projects import TaskType
from tests.gateway.drawings import TASKS, TEXT, claim, region, regions_of, submit
from tests.gateway.harness import Deployment, Person, answered, invited, page_token, refused, until

Projects: TypeAlias = dict[str, dict[str, Any]]
Held: TypeAlias = tuple[dict[str, Any], dict[str, Any]]


class TestLabeling:
    @pytest.mark.parametrize("task", list(TASKS))
    def test_regions_come_back_as_they_were_submitted(
        self, owner: Person, drawing_projects: Projects, task: str
    ) -> None:
        project = drawing_projects[task]
        with invited(owner) as person:
            page = claim(person, project)
            item = page["items"][0]
            assert item["regions"] == []
            given = regions_of(project)
            result = submit(person, project, page, {"id": item["id"], "version": 0, "regions": given})
            assert (result["result"], result["message"]) == ("saved", "")
            (done,) = answered(person.get(f"projects/{project['id']}/done"))["items"]
            assert (done["region_count"], "regions" in done) == (2, False)
            path = f"projects/{project['id']}/items/{item['id'].partition('/')[2]}/label"
            label = answered(person.get(path))
            assert (label["id"], label["version"], label["state"], label["answers"]) == (item["id"], 1, "labeled", [])
            assert label["regions"] == given
            refused(owner.get(path), 404, "label_unknown")
            back = {"key": page_token(), "items": [{"id": item["id"], "version": 1, "regions": given[:1]}]}
            answered(person.post(f"projects/{project['id']}/back", json=back))
            assert answered(person.get(path))["regions"] == given[:1]

    def test_progress_counts_labels_applied(self, owner: Person, drawing_projects: Projects) -> None:
        project = drawing_projects["image_box"]
        page = claim(owner, project)
        boxes = [region(project, f"r{n}", "box", 1, points=[n, n, n + 5, n + 5]) for n in range(4)]
        submit(owner, project, page, {"id": page["items"][0]["id"], "version": 0, "regions": boxes})
        label = project["label_sets"][0]["labels"][1]["id"]

        def counted() -> bool:
            bars = answered(owner.get(f"projects/{project['id']}/progress"))["labels"]
            return any(bar["label"] == label and bar["regions"] >= 4 and bar["items"] < bar["regions"] for bar in bars)

        until(counted)

    def test_texts_have_code_points_and_no_size(self, owner: Person, drawing_projects: Projects) -> None:
        media = claim(owner, drawing_projects["text_entities"])["items"][0]["media"]
        assert (media["format"], media["chars"], media["width"]) == ("text", len(TEXT), 0)


@pytest.fixture(scope="module")
def held(owner: Person, drawing_projects: Projects) -> Held:
    """A page of the box project in the hand of the owner."""
    project = drawing_projects["image_box"]
    return project, claim(owner, project)


class TestBadRegions:
    @pytest.mark.parametrize(
        ("change", "field", "message"),
        [
            ({"points": [5, 5, 5, 9]}, ".0.points", "region 1 has no width"),
            ({"points": [0, 0, 65, 9]}, ".0.points", "x is 65 and must be between 0 and 64"),
            ({"label": "l0000000"}, ".0.label", "a label that is not there"),
            ({"shape": "polygon"}, ".0.shape", "must be a box"),
            ({"id": "a b"}, ".0.id", "letters, digits"),
            ({"points": [1.0] * 2_000_000}, "", "an item may have 100,000 points"),
        ],
        ids=["no width", "outside", "label", "shape", "id", "a million points"],
    )
    def test_each_is_the_result_of_its_item(
        self, owner: Person, held: Held, change: dict[str, Any], field: str, message: str
    ) -> None:
        project, page = held
        given = {**region(project, "r1", "box", points=[0, 0, 1, 1]), **change}
        result = submit(owner, project, page, {"id": page["items"][0]["id"], "version": 0, "regions": [given]})
        assert (result["result"], result["field"]) == ("refused", f"items.0.regions{field}")
        assert message in result["message"]

    @pytest.mark.parametrize(
        ("points", "status", "code"),
        [
            ("[0,0,NaN,1]", 400, "malformed_json"),
            ("[0,0,Infinity,1]", 400, "malformed_json"),
            ("[0,0,-Infinity,1]", 400, "malformed_json"),
            ("[0,0,1e999,1]", 422, "invalid"),
            ('[0,0,"NaN",1]', 422, "invalid"),
            ('[0,0,"wide",1]', 422, "invalid"),
            ("[0,0,null,1]", 422, "invalid"),
            ("[[0,0],[1,1]]", 422, "invalid"),
            ("{}", 422, "invalid"),
        ],
    )
    def test_coordinates_that_are_no_numbers(
        self, owner: Person, drawing_projects: Projects, points: str, status: int, code: str
    ) -> None:
        project = drawing_projects["image_box"]
        made = json.dumps(region(project, "r1", "box", points=["POINTS"])).replace('["POINTS"]', points)
        body = (
            f'{{"token":"{page_token()}","key":"{page_token()}","items":[{{"id":"i","version":0,"regions":[{made}]}}]}}'
        )
        headers = {"Content-Type": "application/json"}
        problem = refused(owner.post(f"projects/{project['id']}/submit", content=body, headers=headers), status, code)
        if status == 422:
            assert problem["fields"][0]["field"].startswith("items.0.regions.0.points")

    def test_an_unknown_shape_is_named(self, owner: Person, drawing_projects: Projects) -> None:
        project = drawing_projects["image_box"]
        given = {"id": "i", "version": 0, "regions": [region(project, "r1", "circle")]}
        body = {"token": page_token(), "key": page_token(), "items": [given]}
        refused(owner.post(f"projects/{project['id']}/submit", json=body), 422, "invalid", "items.0.regions.0.shape")

    @pytest.mark.parametrize("item", ["xyz", "0" * 31, "A" * 32, "%00"])
    def test_a_label_of_no_item(self, owner: Person, project: dict[str, Any], item: str) -> None:
        refused(owner.get(f"projects/{project['id']}/items/{item}/label"), 422, "invalid", "item")

    def test_a_label_of_an_unknown_item(self, owner: Person, project: dict[str, Any]) -> None:
        refused(owner.get(f"projects/{project['id']}/items/{'0' * 32}/label"), 404, "label_unknown")
        refused(owner.get(f"projects/p{'0' * 16}/items/{'0' * 32}/label"), 404, "project_unknown")


class TestProjects:
    def test_empty_pictures_may_be_allowed_later(self, owner: Person, drawing_projects: Projects) -> None:
        project = drawing_projects["image_polygon"]
        page = claim(owner, project)
        nothing = {"id": page["items"][0]["id"], "version": 0, "regions": []}
        result = submit(owner, project, page, nothing)
        assert (result["result"], result["field"]) == ("refused", "items.0.regions")
        path = f"projects/{project['id']}"
        version = answered(owner.get(path))["version"]
        changed = answered(owner.patch(path, json={"version": version, "allow_empty": True}))
        assert (changed["allow_empty"], changed["version"]) == (True, version + 1)
        assert submit(owner, project, page, nothing)["result"] == "saved"

    @pytest.mark.parametrize("task", ["image_multi_class", "image_multi_label", "text_entities", "text_multi_class"])
    def test_other_types_refuse_to_allow_empty(
        self, deployment: Deployment, owner: Person, task: str, drawing_folder: str
    ) -> None:
        source = {"datastore": "labelbus", "prefix": drawing_folder}
        body = deployment.new_project(task_type=task, source=source, allow_empty=True)
        refused(owner.post("projects", json=body), 422, "invalid", "allow_empty")

    def test_a_text_cannot_be_made_to_allow_empty(self, owner: Person, drawing_projects: Projects) -> None:
        project = drawing_projects["text_entities"]
        change = {"version": project["version"], "allow_empty": True}
        refused(owner.patch(f"projects/{project['id']}", json=change), 422, "invalid", "allow_empty")

    def test_a_mask_has_at_most_255_classes(self, deployment: Deployment, owner: Person) -> None:
        labels = [{"name": f"l{number}"} for number in range(256)]
        body = deployment.new_project(task_type="image_mask", labels=labels)
        refused(owner.post("projects", json=body), 422, "invalid", "labels")

    def test_files_are_counted_by_what_items_are_to_be(self, owner: Person, drawing_folder: str) -> None:
        body = {"datastore": "labelbus", "prefix": drawing_folder}
        looked = {
            media: answered(owner.post("sources/check", json={**body, "media": media})) for media in ("image", "text")
        }
        assert [looked[media]["matching"] for media in ("image", "text")] == [4, 2]
        assert all(key.endswith(".txt") for key in looked["text"]["samples"])
        refused(owner.post("sources/check", json={**body, "media": "sound"}), 422, "invalid", "media")

    def test_a_text_project_without_texts_is_refused(self, deployment: Deployment, owner: Person) -> None:
        body = deployment.new_project(task_type="text_multi_class")
        refused(owner.post("projects", json=body), 422, "source_unusable", "source.pattern")

    @pytest.mark.parametrize("task", list(TASKS))
    def test_a_format_that_a_type_does_not_have_is_refused(
        self, owner: Person, drawing_projects: Projects, task: str
    ) -> None:
        project = drawing_projects[task]
        assert project["export_formats"] == list(export_formats(TaskType(task)))
        for format_ in set(ExportFormat) - set(project["export_formats"]):
            response = owner.post(f"projects/{project['id']}/exports", json={"format": format_})
            problem = refused(response, 422, "format_not_offered", "format")
            assert f"must be {' or '.join(project['export_formats'])} for {task}" in problem["detail"]

    def test_whole_pictures_have_all_formats(self, project: dict[str, Any]) -> None:
        assert (project["export_formats"], project["allow_empty"]) == (
            ["coco_azure", "coco", "jsonl", "csv", "huggingface"],
            False,
        )
