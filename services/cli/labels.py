"""`labelbus labels`: the labels of a project, and with `--follow` those that come, as JSON Lines."""

import argparse
import sys
from datetime import UTC, datetime

from pydantic import BaseModel

from labelbus.models.items import ListedItem
from labelbus.models.projects import Project
from services.cli.commands import Commands, add_command, add_project
from services.cli.connection import connected
from services.cli.settings import CliSettings


class LabelLine(BaseModel):
    """A label. `labels` are names, `regions` are counted: an export has them whole."""

    item: str
    version: int
    key: str
    part: str
    state: str
    labels: list[str]
    regions: int
    labeler: str
    at: datetime


def add(commands: Commands) -> None:
    """The command."""
    labels = add_command(
        commands,
        "labels",
        "print the labels of a project as JSON, one line each",
        "labelbus labels --project Pets",
        "labelbus labels --project Pets --follow",
    )
    add_project(labels)
    labels.add_argument(
        "--follow",
        action="store_true",
        help="read them from Kafka and go on with those that come; of an item the line with the highest version counts",
    )
    labels.set_defaults(command=_labels)


async def _labels(settings: CliSettings, options: argparse.Namespace) -> None:
    async with connected(settings) as client:
        project = await client.projects.find(options.project)
        if not options.follow:
            names = {label.id: label.name for group in project.label_sets for label in group.labels}
            async for item in client.items.list(project.id, state="labeled"):
                sys.stdout.write(_line(item, names).model_dump_json() + "\n")
            return
    await _follow(settings, project)


async def _follow(settings: CliSettings, project: Project) -> None:
    from services.cli import tail  # noqa: PLC0415 - the drivers that it needs take half a second to load

    await tail.tail(settings, "labels", project.id, from_beginning=True, show=tail.as_label)


def _line(item: ListedItem, names: dict[str, str]) -> LabelLine:
    return LabelLine(
        item=item.id,
        version=item.version,
        key=item.source.key,
        part=item.source.part,
        state=item.state,
        labels=[names.get(label, label) for answer in item.answers for label in answer.labels],
        regions=item.region_count,
        labeler=item.labeler,
        at=datetime.fromtimestamp(item.labeled_at / 1000, UTC),
    )
