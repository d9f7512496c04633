"""Columns of a data set of Hugging Face, as the head of its card declares them. Pure.

They are declared because a column whose first rows are empty lists would else be taken for one of nothing.
"""

from collections.abc import Sequence
from typing import Final

from services.contracts.labels import Shape
from services.contracts.projects import TaskType

Column = tuple[str, str]
"""A name and what stands behind it in YAML."""
_TEXT: Final = "dtype: string"
_SIZE: Final = "dtype: int32"
_TEXTS: Final = "list: string"
_NUMBERS: Final = "list:\n        list: float64"


def card(task_type: TaskType, rows: str) -> str:
    """The card of a data set whose rows lie in the file `rows`: YAML between lines of dashes."""
    features = "".join(f"  - name: {name}\n    {type_}\n" for name, type_ in columns(task_type))
    config = f"configs:\n- config_name: default\n  data_files:\n  - split: train\n    path: {rows}\n"
    return f"---\n{config}dataset_info:\n  features:\n{features}---\n"


def columns(task_type: TaskType) -> Sequence[Column]:
    """Columns of items by reference, in the order of their rows."""
    head: list[Column] = [("image_url", _TEXT), ("width", _SIZE), ("height", _SIZE)]
    if task_type.media == "text":
        head = [("text_url", _TEXT), ("text", _TEXT)]
    return [*head, *_labels(task_type)]


def _labels(task_type: TaskType) -> Sequence[Column]:
    match task_type.regions:
        case None:
            return [("labels", _TEXTS)] if task_type.multi else [("label", _TEXT)]
        case Shape.MASK:
            return [("mask", _TEXT), ("labels", _TEXTS)]
        case Shape.SPAN:
            return [("entities", _structs(("start", "int64"), ("end", "int64"), ("label", "string")))]
        case Shape.POLYGON:
            return [("objects", _struct(("bbox", _NUMBERS), ("segmentation", _NUMBERS), ("categories", _TEXTS)))]
        case _:
            return [("objects", _struct(("bbox", _NUMBERS), ("categories", _TEXTS)))]


def _struct(*fields: Column) -> str:
    return "struct:" + "".join(f"\n    - name: {name}\n      {type_}" for name, type_ in fields)


def _structs(*fields: Column) -> str:
    return "list:" + "".join(f"\n    - name: {name}\n      dtype: {type_}" for name, type_ in fields)
