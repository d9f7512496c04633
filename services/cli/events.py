"""`labelbus events tail`: what is published, as it is published."""

import argparse
from typing import Final

from services.cli.commands import Commands, add_command
from services.cli.settings import CliSettings

_TOPICS: Final = ("labels", "projects", "items", "exports", "refreshes", "datasets", "imports")


def add(commands: Commands) -> None:
    """The command."""
    events = add_command(commands, "events", "what happens, as events on Kafka", "labelbus events tail")
    tail = add_command(
        events.add_subparsers(title="commands", required=True),
        "tail",
        "print events as they happen, one line each",
        "labelbus events tail --topic exports --json",
    )
    tail.add_argument("--topic", choices=_TOPICS, default="labels", help="default: %(default)s")
    tail.add_argument("--project", default="", metavar="ID", help="only events of this project")
    tail.add_argument("--from-beginning", action="store_true", help="begin with all events that the topic holds")
    tail.add_argument("--json", action="store_true", help="print the whole events as JSON")
    tail.set_defaults(command=_tail)


async def _tail(settings: CliSettings, options: argparse.Namespace) -> None:
    from services.cli import tail  # noqa: PLC0415 - the drivers that it needs take half a second to load

    show = tail.as_json if options.json else tail.as_line
    await tail.tail(settings, options.topic, options.project, from_beginning=options.from_beginning, show=show)
