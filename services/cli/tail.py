"""Events of a topic as lines. A reader without a group that commits nothing."""

import json
import sys
from collections.abc import Callable
from contextlib import aclosing
from typing import Any, Final

from services.cli.commands import Impossible
from services.cli.labels import LabelLine
from services.cli.settings import CliSettings
from services.contracts import topics
from services.contracts.base import Contract
from services.contracts.datasets import Dataset
from services.contracts.events import ContractError, decode
from services.contracts.exports import ExportEvent
from services.contracts.imports import ImportEvent
from services.contracts.labels import ItemLabel, LabelEvent
from services.contracts.projects import Project
from services.contracts.refreshes import RefreshEvent
from services.kit.tail import KafkaAway, TopicMissing, records

Show = Callable[[topics.Topic, Any], str]
_JOBS: Final = {topics.EXPORTS: "export", topics.IMPORTS: "job"}
"""Topics whose key is that of a job, and the field of the job, which names its project."""


async def tail(settings: CliSettings, noun: str, project: str, *, from_beginning: bool, show: Show) -> None:
    """Print the events of `labelbus.<noun>.v1` until interrupted; of all projects when none is named.

    Raises Impossible.
    """
    topic = topics.BY_NAME[f"labelbus.{noun}.v1"]
    name = settings.topic_prefix + topic.name
    try:
        async with aclosing(records(settings.kafka, name, from_beginning=from_beginning)) as batches:
            async for batch in batches:
                shown = [show(topic, record) for record in batch if not project or _project(topic, record) == project]
                sys.stdout.write("".join(f"{line}\n" for line in shown if line))
                sys.stdout.flush()
    except TopicMissing as error:
        raise Impossible(f"Kafka has no topic {error}. Is this the Kafka of Labelbus (LABELBUS_KAFKA)?") from error
    except KafkaAway as error:
        raise Impossible(f"Kafka at {settings.kafka} (LABELBUS_KAFKA) does not answer: {error}") from error


def as_json(_topic: topics.Topic, record: Any) -> str:
    """The value as it is, with what the record says of it."""
    headers = {key: (value or b"").decode(errors="replace") for key, value in record.headers}
    key = (record.key or b"").decode(errors="replace")
    try:
        value = None if record.value is None else json.loads(record.value)
    except ValueError:
        value = record.value.decode(errors="replace")
    return json.dumps({"key": key, "headers": headers, "value": value}, ensure_ascii=False)


def as_line(topic: topics.Topic, record: Any) -> str:
    """Time, type, and what matters of the event."""
    headers = dict(record.headers)
    type_ = (headers.get("ce_type") or b"").decode(errors="replace")
    time = (headers.get("ce_time") or b"").decode(errors="replace")
    name = type_.rpartition(".")[2] or "deleted"
    return f"{time:<24}  {name:<16}  {_summary(topic, type_, record)}"


def as_label(topic: topics.Topic, record: Any) -> str:
    """A label as `labelbus labels` prints it; nothing for the end of one."""
    type_ = (dict(record.headers).get("ce_type") or b"").decode(errors="replace")
    try:
        event = None if record.value is None else decode(topic.name, type_, record.value)
    except ContractError:  # a newer service wrote it
        return ""
    return _label_line(event.item).model_dump_json() if isinstance(event, LabelEvent) else ""


def _label_line(item: ItemLabel) -> LabelLine:
    return LabelLine(
        item=item.item,
        version=item.version,
        key=item.source.key,
        part=item.source.part,
        state=item.state,
        labels=[name for answer in item.answers for name in answer.names],
        regions=item.regions_ref.count if item.regions_ref else len(item.regions),
        labeler=item.by,
        at=item.changed_at,
    )


def _summary(topic: topics.Topic, type_: str, record: Any) -> str:
    key = (record.key or b"").decode(errors="replace")
    try:
        return key if record.value is None else _facts(decode(topic.name, type_, record.value)) or key
    except ContractError as error:
        return f"{key}  unreadable: {error}"


def _facts(event: Contract) -> str:
    match event:
        case LabelEvent(item=item):
            names = ", ".join(name or id_ for a in item.answers for id_, name in zip(a.labels, a.names, strict=False))
            said = names or _regions(item) or item.skip_reason
            return f"{item.item} v{item.version}  {item.source.key}  {said}".rstrip()
        case Project():
            return f"{event.id} v{event.version}  {event.name}  {event.run_state}"
        case Dataset():
            return f"{event.id} v{event.version}  {event.name}"
        case _:
            return _work(event)


def _work(event: Contract) -> str:
    """Facts of long work."""
    match event:
        case ExportEvent(export=job):
            return f"{job.id} v{job.version}  {job.format}  {job.state}  {job.rows} of {job.total}"
        case RefreshEvent(refresh=refresh):
            return f"{refresh.id} v{refresh.version}  {refresh.state}  {refresh.found} found"
        case ImportEvent(job=imported):
            counts = f"{imported.matched} of {imported.total}"
            return f"{imported.id} v{imported.version}  {imported.format}  {imported.mode}  {imported.state}  {counts}"
        case _:
            return ""


def _regions(item: ItemLabel) -> str:
    count = item.regions_ref.count if item.regions_ref else len(item.regions)
    return f"{count} region{'s' if count > 1 else ''}" if count else ""


def _project(topic: topics.Topic, record: Any) -> str:
    """Project id of a record, from its key where it stands there."""
    key = (record.key or b"").decode(errors="replace")
    if topic not in _JOBS:
        return key.replace("-", "/").partition("/")[0]
    try:
        return str(json.loads(record.value or b"{}").get(_JOBS[topic], {}).get("project", ""))
    except (ValueError, AttributeError):
        return ""
