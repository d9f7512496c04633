"""Every event: its type, its topic, and how it becomes bytes. The one place that maps `ce_type` to a model."""

from typing import Final

from pydantic import ValidationError

from services.contracts import datasets, exports, imports, items, labels, projects, refreshes, topics
from services.contracts.base import PROTO, Contract

_BY_TOPIC: Final[dict[topics.Topic, tuple[type[Contract], ...]]] = {
    topics.PROJECTS: (projects.Project,),
    topics.ITEMS: (items.ItemsDiscovered, items.ItemsProbed, items.ItemsMissing, items.ScanFinished),
    topics.LABELS: (
        labels.LabelSubmitted,
        labels.LabelUpdated,
        labels.LabelRejected,
        labels.LabelApproved,
        labels.LabelUnapproved,
        labels.ItemSkipped,
        labels.ItemRemoved,
        labels.ItemMissing,
        labels.ItemReappeared,
        labels.NeedsReview,
    ),
    topics.EXPORTS: (exports.ExportRequested, exports.ExportChanged, exports.ExportFinished),
    topics.REFRESHES: (refreshes.RefreshRequested, refreshes.RefreshChanged, refreshes.RefreshFinished),
    topics.DATASETS: (datasets.Dataset,),
    topics.IMPORTS: (
        imports.ImportRequested,
        imports.ImportChanged,
        imports.ImportConfirmed,
        imports.ImportFinished,
    ),
}


def type_name(model: type[Contract]) -> str:
    """`ce_type` of a model: the full name of its proto message."""
    return f"labelbus.v1.{model.__name__}"


MODELS: Final = {type_name(model): model for models in _BY_TOPIC.values() for model in models}
TOPIC_OF: Final = {model: topic for topic, models in _BY_TOPIC.items() for model in models}


class ContractError(ValueError):
    """A record that is not what its topic promises. Never worth a retry."""


def encode(event: Contract) -> bytes:
    """The value of a record: ProtoJSON, UTF-8. None-valued fields are absent, as ProtoJSON wants it."""
    return event.model_dump_json(by_alias=True, exclude_none=True, context=PROTO).encode()


def decode(topic: str, type_: str, value: bytes) -> Contract:
    """Bytes to the model of `type_`.

    Raises ContractError for an unknown type, a foreign topic, or a value that does not fit.
    """
    model = MODELS.get(type_)
    if model is None or TOPIC_OF[model].name != topic:
        raise ContractError(f"{type_!r} is no event type of {topic}")
    try:
        return model.model_validate_json(value)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "value"
        raise ContractError(f"{type_}: {where}: {first['msg']}") from error
