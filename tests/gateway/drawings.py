"""Regions over the public API: projects that take them, pages to draw on, what is drawn."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from pycocotools import mask as coco

from tests.gateway.harness import Person, answered, page_token

TASKS: Final = {"image_box": "box", "image_polygon": "polygon", "image_mask": "mask", "text_entities": "span"}
TEXT: Final = "Zoë met 🐈 Tom in Köln."
WIDTH, HEIGHT = 64, 48


def claim(person: Person, project: Mapping[str, Any], size: int = 1) -> dict[str, Any]:
    body = {"token": page_token(), "client": page_token(), "size": size}
    page: dict[str, Any] = answered(person.post(f"projects/{project['id']}/claim", json=body))
    assert page["items"], page
    return page


def submit(person: Person, project: Mapping[str, Any], page: Mapping[str, Any], item: Mapping[str, Any]) -> Any:
    body = {"token": page["token"], "key": page_token(), "items": [item]}
    return answered(person.post(f"projects/{project['id']}/submit", json=body))["results"][0]


def region(project: Mapping[str, Any], id_: str, shape: str, label: int = 0, **more: Any) -> dict[str, Any]:
    return {"id": id_, "label": project["label_sets"][0]["labels"][label]["id"], "shape": shape, **more}


def rle(*rectangle: int) -> str:
    picture = np.zeros((HEIGHT, WIDTH), np.uint8, order="F")
    top, left, bottom, right = rectangle
    picture[top:bottom, left:right] = 1
    counts: bytes = coco.encode(picture)["counts"]
    return counts.decode()


def regions_of(project: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Two regions that fit the project, as they come back."""
    rest = {"frame": 0, "attributes": {}, "origin": "human", "rle": ""}
    shapes: dict[str, list[dict[str, Any]]] = {
        "image_box": [{"points": [1.5, 2.25, 30.0, 40.0]}, {"points": [0.0, 0.0, 64.0, 48.0]}],
        "image_polygon": [{"points": [1.0, 1.0, 9.0, 1.0, 9.0, 9.5]}, {"points": [0.0, 0.0, 64.0, 0.0, 64.0, 48.0]}],
        "image_mask": [{"points": [], "rle": rle(0, 0, 9, 9)}, {"points": [], "rle": rle(9, 9, 48, 64)}],
        "text_entities": [{"points": [0.0, 3.0]}, {"points": [10.0, 13.0]}],
    }
    task = project["task_type"]
    return [
        region(project, f"r{number}", TASKS[task], number, **{**rest, **each})
        for number, each in enumerate(shapes[task])
    ]
