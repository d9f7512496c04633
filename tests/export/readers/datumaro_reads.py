"""`datumaro_reads.py <format> <folder>` tells as JSON what Datumaro finds. Runs in an environment of its own."""

import json
import sys
from typing import Any

from datumaro.components.annotation import AnnotationType
from datumaro.components.dataset import Dataset


def _shape(annotation: Any) -> list[float]:
    kind = annotation.type
    if kind == AnnotationType.bbox:
        x, y, w, h = annotation.get_bbox()
        return [x, y, x + w, y + h]
    if kind == AnnotationType.polygon:
        return [float(value) for value in annotation.points]
    if kind == AnnotationType.mask:
        return [float(annotation.image.sum())]
    return []


def main() -> None:
    """Items by id, each a list of [kind, class, shape]."""
    format_, folder = sys.argv[1:]
    dataset = Dataset.import_from(folder, format_)
    labels = dataset.categories()[AnnotationType.label]
    told = {
        item.id: sorted([one.type.name, labels[one.label].name, _shape(one)] for one in item.annotations)
        for item in dataset
    }
    print("=" + json.dumps(told))  # noqa: T201 - that is what it is for


main()
