"""What a record of a topic means. Reading never fails in any way but ContractError, whatever the bytes are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.contracts.base import Contract
from services.contracts.events import ContractError, decode
from services.contracts.topics import Topic


@dataclass(frozen=True, slots=True)
class Record:
    """A record that was understood. `event` None is a tombstone: the aggregate `key` is gone."""

    topic: Topic
    partition: int
    offset: int
    key: str
    type: str
    id: str
    time: datetime | None
    event: Contract | None
    headers: Mapping[str, str]


def read(topic: Topic, raw: Any, *, value: bool = True) -> Record:
    """Raises ContractError for everything that is not what the topic promises. Without `value` the event is None."""
    try:
        return _read(topic, raw, value=value)
    except ContractError:
        raise
    except Exception as error:
        raise ContractError(f"unreadable: {error!r}") from error


def _read(topic: Topic, raw: Any, *, value: bool) -> Record:
    # Headers that we do not know may hold anything.
    headers = {str(name): (value or b"").decode(errors="replace") for name, value in raw.headers}
    if raw.key is None:
        raise ContractError("the record has no key")
    if raw.value is None and topic.retention_ms is not None:
        raise ContractError("a null value means something in compacted topics only")
    type_ = headers.get("ce_type", "")
    return Record(
        topic=topic,
        partition=raw.partition,
        offset=raw.offset,
        key=raw.key.decode(),
        type=type_,
        id=headers.get("ce_id", ""),
        time=_time(headers.get("ce_time", "")),
        event=decode(topic.name, type_, raw.value) if value and raw.value is not None else None,
        headers=headers,
    )


def _time(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError as error:
        raise ContractError(f"ce_time is no RFC 3339 time: {text!r}") from error
