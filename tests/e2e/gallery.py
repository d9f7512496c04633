"""A project of each task type with regions or texts, over pictures that scikit-learn and pydicom bring along."""

import io
from pathlib import Path
from typing import Any, Final

from PIL import Image
from pydicom.data import get_testdata_file

from bench import projects
from tests.e2e.world import World

TEXT: Final = (
    "The Marina district gets its first tram line. On Tuesday the city council of Lisbon voted for a line of eleven "
    "stops between Cais do Sodré and the Science Museum.\n\n"
    "“It took us nine years,” said Inês Duarte, who leads the transport office, “and the first train will run in May.” "
    "The trains come from a factory near Poznań and carry 240 people each.\n"
)
_THINGS = ["Building", "Tree", "Island"]
_FLOWERS = ["Petals", "Leaf", "Bud"]
_FINDINGS = ["Spine", "Kidney", "Liver"]
_TOPICS = ["City", "Economy", "Culture", "Sports"]
_ENTITIES = ["Person", "Place", "Organisation"]


def _photo(name: str) -> bytes:
    from sklearn.datasets import load_sample_image  # noqa: PLC0415 - as in showcase.py

    target = io.BytesIO()
    Image.fromarray(load_sample_image(name)).save(target, "JPEG", quality=92)
    return target.getvalue()


def _scan() -> bytes:
    path = get_testdata_file("693_J2KI.dcm", download=False)
    assert isinstance(path, str)
    return Path(path).read_bytes()


def _rooms() -> dict[str, tuple[str, list[str], dict[str, bytes]]]:
    """Name to task type, labels and files."""
    pagoda, flower = {"pagoda.jpg": _photo("china.jpg")}, {"dahlia.jpg": _photo("flower.jpg")}
    text = {"tram.txt": TEXT.encode()}
    return {
        "boxes": ("image_box", _THINGS, pagoda),
        "polygons": ("image_polygon", _FLOWERS, flower),
        "masks": ("image_mask", _FLOWERS, flower),
        "dicom": ("image_box", _FINDINGS, {"abdomen.dcm": _scan()}),
        "text": ("text_multi_label", _TOPICS, text),
        "entities": ("text_entities", _ENTITIES, text),
    }


async def open_gallery(world: World) -> dict[str, dict[str, Any]]:
    """Its projects by name, running, with everything ready to be labeled."""
    made: dict[str, dict[str, Any]] = {}
    for room, (task, labels, files) in _rooms().items():
        # Twice: whoever looks in light and then in dark is two clients, and no two of them get the same item.
        twice = {f"{copy}/{name}": data for name, data in files.items() for copy in "ab"}
        bucket = world.system.stack.bucket
        made[room] = await projects.over(world.owner, bucket, f"Gallery of {room}", twice, labels, task=task)
    return made
