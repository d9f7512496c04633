"""The whole way of files of labels over the public API, with real services."""

import json
import secrets
from typing import Any

import pytest

from tests.gateway.harness import Deployment, Person, answered, page_token, refused, until
from tests.gateway.imports import HEIGHT, WIDTH, World


@pytest.fixture(scope="module")
def world(deployment: Deployment, owner: Person) -> World:
    return World(deployment, owner, f"{secrets.token_hex(4)}/")


def coco(*annotations: dict[str, Any], names: tuple[str, ...] = ("cat", "dog"), **image: Any) -> str:
    images = [
        {"id": number, "file_name": f"a/{number}.png", "width": WIDTH, "height": HEIGHT, **image} for number in range(6)
    ]
    categories = [{"id": number, "name": name} for number, name in enumerate(names, 1)]
    numbered = [{"id": number, **one} for number, one in enumerate(annotations, 1)]
    return json.dumps({"images": images, "annotations": numbered, "categories": categories})


def test_boxes_become_final_labels_only_when_agreed_to(world: World) -> None:
    project = world.project("image_box")
    boxes = [
        {"image_id": 0, "category_id": 1, "bbox": [10, 10, 30, 20]},
        {"image_id": 0, "category_id": 2, "bbox": [0, 0, 64, 48]},
        {"image_id": 1, "category_id": 2, "bbox": [60, 40, 10, 10]},
        {"image_id": 9, "category_id": 1, "bbox": [0, 0, 5, 5]},
    ]
    job = world.checked(project, "labels.json", coco(*boxes))
    assert (job["state"], job["error"]) == ("checked", "")
    assert [job[name] for name in ("total", "matched", "unmatched", "refused", "empty")] == [6, 1, 0, 1, 4]
    assert {(one["code"], one["row"]) for one in job["problems"]} == {
        ("box", "annotations[2]"),
        ("image_dangling", "annotations[3]"),
    }
    assert "70 and must be between 0 and 64" in next(one["message"] for one in job["problems"] if one["code"] == "box")
    assert world.labels(project) == {}
    assert {one["result"] for one in world.report(job)} == {"matched", "refused", "empty", "problem"}
    done = world.applied(job)
    assert [done[name] for name in ("state", "applied", "already_labeled", "kept")] == ["succeeded", 1, 0, 0]
    ((key, label),) = world.labels(project).items()
    assert key == f"{world.folder}a/0.png"
    assert label == ([], [("cat", "box", [10, 10, 40, 30], ""), ("dog", "box", [0, 0, 64, 48], "")])
    checked = world.checked(project, "labels.json", coco(*boxes))
    assert [checked[name] for name in ("state", "matched", "already_labeled", "kept")] == ["checked", 1, 1, 0]
    again = world.applied(checked)
    assert (again["applied"], again["already_labeled"]) == (0, 1)


def test_prelabels_are_shown_and_used(world: World) -> None:
    project = world.project("image_box")
    boxes = [
        {"image_id": 0, "category_id": 1, "bbox": [0.25, 0.5, 0.5, 0.25], "score": 0.75},
        {"image_id": 0, "category_id": 2, "bbox": [0.5, 0.5, 0, 0.25], "score": 0.9},
    ]
    job = world.applied(world.checked(project, "azure.json", coco(*boxes, width=0.0, height=0.0), "prelabels"))
    assert (job["state"], job["applied"]) == ("succeeded", 1)
    claim = {"token": page_token(), "client": page_token(), "size": 9}
    page = answered(world.owner.post(f"projects/{project['id']}/claim", json=claim))
    assert (page["kind"], len(page["items"])) == (0, 1)
    (item,) = page["items"]
    assert item["prelabel"] == {"run": f"import:{job['id']}", "confidence": 0.75}
    assert [(one["points"], one["origin"]) for one in item["regions"]] == [
        ([16, 24, 48, 36], "import"),
        ([32, 24, 32, 36], "import"),
    ]
    kept = {**item["regions"][0], "origin": "human"}
    given = {
        "id": item["id"],
        "version": item["version"],
        "regions": [kept],
        "prelabel": {**item["prelabel"], "outcome": "changed"},
    }
    submit = {"token": page["token"], "key": page_token(), "items": [given]}
    (result,) = answered(world.owner.post(f"projects/{project['id']}/submit", json=submit))["results"]
    assert (result["result"], result["message"]) == ("saved", "")
    until(lambda: world.labels(project))


def rows(task: str) -> list[dict[str, Any]]:
    """Lines of JSON Lines that label some items of a kind of project."""
    if task.startswith("text_"):
        label = [
            {"label": "cat", "offsetStart": 3, "offsetEnd": 7},
            {"label": "dog", "offsetStart": 8, "offsetEnd": 11},
        ]
        texts: dict[str, list[Any]] = {"text_entities": [label, []], "text_multi_label": [["cat", "dog"], ["dog"]]}
        given = texts.get(task, ["cat", "dog"])
        return [{"image_url": f"t/{number}.txt", "label": one} for number, one in enumerate(given)]
    boxes = [
        [_box("cat", 0.125, 0.25, 0.5, 0.75)],
        [_box("dog", 0, 0, 1, 1), _box("cat", 0.25, 0.25, 0.75, 0.5)],
    ]
    polygons = [
        [{"label": "dog", "polygon": [[0.25, 0.25, 0.75, 0.25, 0.5, 0.75]]}],
        [{"label": "cat", "polygon": [[0, 0, 1, 0, 1, 1, 0, 1]]}],
    ]
    labels: dict[str, list[Any]] = {
        "image_multi_class": ["cat", "dog"],
        "image_multi_label": [["cat", "dog"], ["dog"]],
        "image_box": boxes,
        "image_polygon": polygons,
    }
    return [
        {"image_url": f"AmlDatastore://labelbus/a/{number}.png", "label": one}
        for number, one in enumerate(labels[task])
    ]


def _box(label: str, x0: float, y0: float, x1: float, y1: float) -> dict[str, Any]:
    return {"label": label, "topX": x0, "topY": y0, "bottomX": x1, "bottomY": y1}


def masks() -> str:
    """COCO with masks of both kinds of run-length encoding, for the same area."""
    height, width = HEIGHT, WIDTH
    counts = [0, 10 * height, (width - 10) * height]
    compressed = "0" + _text(10 * height) + _text((width - 10) * height)
    size = {"size": [height, width]}
    return coco(
        {"image_id": 0, "category_id": 1, "iscrowd": 1, "segmentation": {**size, "counts": counts}},
        {"image_id": 1, "category_id": 2, "iscrowd": 1, "segmentation": {**size, "counts": compressed}},
    )


def _text(number: int) -> str:
    """One run of COCO's encoding."""
    text = ""
    while True:
        group, number = number & 31, number >> 5
        more = number != (-1 if group & 16 else 0)
        text += chr(48 + group + (32 if more else 0))
        if not more:
            return text


FORMATS = {
    "image_multi_class": ("jsonl", "csv", "coco", "coco_azure"),
    "image_multi_label": ("jsonl", "csv", "coco", "coco_azure"),
    "image_box": ("jsonl", "csv", "coco", "coco_azure", "yolo", "voc"),
    "image_polygon": ("jsonl", "csv", "coco", "coco_azure", "yolo"),
    "image_mask": ("jsonl", "coco", "voc"),
    "text_multi_class": ("jsonl", "csv"),
    "text_multi_label": ("jsonl", "csv"),
    "text_entities": ("jsonl", "conll"),
}


_LIKE_ANOTHER = ("image_multi_class", "text_multi_class")
"""One class goes the way of several."""


@pytest.mark.parametrize(
    "task", [pytest.param(task, marks=[pytest.mark.proof] * (task in _LIKE_ANOTHER)) for task in FORMATS]
)
def test_an_export_of_ours_comes_back_as_the_same_labels(world: World, task: str) -> None:
    first = world.project(task)
    given = masks() if task == "image_mask" else "\n".join(map(json.dumps, rows(task)))
    done = world.applied(world.checked(first, "labels.json" if task == "image_mask" else "labels.jsonl", given))
    assert (done["state"], done["applied"]) == ("succeeded", 2), done
    truth = world.labels(first)
    assert len(truth) == 2
    fresh = world.project(task)
    for format_ in FORMATS[task]:
        export, data = world.exported(first, format_)
        if format_ == "jsonl":
            key = export["key"] if task != "image_multi_label" else f"{export['key'].rpartition('/')[0]}/MLTable"
            job = world.asked(fresh, {"datastore": export["bucket"], "key": key}, "prelabels")
        else:
            job = world.checked(fresh, export["key"].rpartition("/")[2], data, "prelabels")
        assert (job["state"], job["problems"], job["matched"]) == ("checked", [], 2), (format_, job)
        assert job["format"] == format_.removesuffix("_azure")
        world.applied(job)
        assert world.presets(fresh) == truth, format_


@pytest.fixture(scope="module")
def texts(world: World) -> dict[str, Any]:
    return world.project("text_multi_class")


class TestRefusals:
    def test_files_of_pictures_are_not_for_texts(self, world: World, texts: dict[str, Any]) -> None:
        file = world.uploaded(texts, "boxes.json", coco())
        assert (file["format"], file["name"]) == ("coco", "boxes.json")
        body = {"datastore": file["datastore"], "key": file["key"], "mode": "labels"}
        path = f"projects/{texts['id']}/imports"
        refused(world.owner.post(path, json=body), 422, "format_not_offered", "format")
        refused(world.owner.post(path, json=body | {"format": "tsv"}), 422, "invalid", "format")
        odd = world.uploaded(texts, "../odd\\na\x00me?.bin", b"\x00\x01")
        assert (odd["format"], odd["name"]) == (None, "na_me_.bin")
        refused(world.owner.post(path, json=body | {"key": odd["key"]}), 422, "format_unknown", "format")

    @pytest.mark.parametrize(
        ("place", "status", "code"),
        [
            ({"datastore": "labelbus", "key": "nothing.json"}, 404, "object_missing"),
            ({"datastore": "nowhere-at-all", "key": "a.json"}, 404, "object_missing"),
            ({"datastore": "labelbus", "key": "Labeling/regions/x.json"}, 422, "invalid_key"),
            ({"datastore": "labelbus", "key": ""}, 422, "invalid"),
        ],
    )
    def test_places_without_a_file(
        self, world: World, texts: dict[str, Any], place: dict[str, Any], status: int, code: str
    ) -> None:
        refused(world.owner.post(f"projects/{texts['id']}/import-files/look", json=place), status, code)
        body = place | {"mode": "labels", "format": "jsonl"}
        refused(world.owner.post(f"projects/{texts['id']}/imports", json=body), status, code)

    def test_labelers_import_nothing(self, world: World, labeler: Person, texts: dict[str, Any]) -> None:
        refused(labeler.get(f"projects/{texts['id']}/imports"), 403, "forbidden")
        refused(labeler.put(f"projects/{texts['id']}/import-files?name=a", content=b"x"), 403, "forbidden")
        job = world.checked(texts, "a.jsonl", json.dumps({"image_url": "t/0.txt", "label": "cat"}))
        for path in ("", "/report"):
            refused(labeler.get(f"imports/{job['id']}{path}"), 403, "forbidden")
        refused(labeler.post(f"imports/{job['id']}/apply"), 403, "forbidden")
        body = {"datastore": job["datastore"], "key": job["key"], "mode": "labels"}
        refused(world.owner.post(f"projects/{texts['id']}/imports", json=body), 409, "import_open")
        assert answered(world.owner.post(f"imports/{job['id']}/cancel"))["state"] == "canceled"
        assert answered(world.owner.post(f"imports/{job['id']}/cancel"))["state"] == "canceled"
        refused(world.owner.post(f"imports/{job['id']}/apply"), 409, "wrong_state")
        refused(world.owner.get("imports/i0000000000000000"), 404, "import_unknown")

    def test_a_file_without_a_match_can_not_be_agreed_to(self, world: World, texts: dict[str, Any]) -> None:
        job = world.checked(texts, "a.jsonl", json.dumps({"image_url": "t/\ud800\0.txt", "label": "cat"}), "prelabels")
        assert [job[name] for name in ("state", "total", "matched", "unmatched")] == ["checked", 1, 0, 1]
        refused(world.owner.post(f"imports/{job['id']}/apply"), 409, "nothing_matched")
        answered(world.owner.post(f"imports/{job['id']}/cancel"))
        actions = [one["action"] for one in answered(world.owner.get("audit"))["items"] if one["target"] == job["id"]]
        assert actions == ["import.canceled", "import.requested"]


def test_rows_of_tables_are_found_by_number(world: World) -> None:
    prefix = f"rows-{secrets.token_hex(4)}/"
    path = f"datastores/labelbus/objects/{prefix}reviews.csv"
    answered(world.owner.put(path, content=b"id,text\n1,good\n2,bad\n3,so so\n"))
    table = {"header": True, "columns": ["text"]}
    source = {"datastore": "labelbus", "prefix": prefix, "kind": "table", "table": table}
    project, fresh = (world.project("text_multi_class", source=source) for _ in range(2))
    rows = [
        {"image_url": f"reviews.csv#{number}", "label": label} for number, label in ((1, "cat"), (3, "dog"), (8, "dog"))
    ]
    job = world.checked(project, "labels.jsonl", "\n".join(map(json.dumps, rows)))
    assert (job["matched"], [one["row"] for one in job["problems"]]) == (2, ["line 3"])
    assert world.applied(job)["applied"] == 2
    export, _ = world.exported(project, "jsonl")
    job = world.asked(fresh, {"datastore": export["bucket"], "key": export["key"]}, "prelabels")
    assert (job["matched"], job["problems"]) == (2, [])
    answered(world.owner.post(f"imports/{job['id']}/cancel"))
    _, data = world.exported(project, "csv")
    job = world.checked(fresh, "labels.csv", data + b"9,never seen,cat,1.0\r\n")
    assert (job["format"], job["matched"], [one["code"] for one in job["problems"]]) == ("csv", 2, ["item_unknown"])
    assert world.applied(job)["applied"] == 2
    assert sorted(world.exported(fresh, "csv")[1].splitlines()) == sorted(data.splitlines())
