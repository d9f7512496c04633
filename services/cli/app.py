"""Reads the command line. What commands do stands in their files; here errors become one line and an exit status."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from services.cli import demo, events, upload
from services.cli.api import ApiError
from services.cli.settings import CliSettings
from services.kit.tail import KafkaAway, TopicMissing

_TOPICS: Final = ("labels", "projects", "items", "exports", "refreshes")
_INTERRUPTED: Final = 130
Command = Callable[[CliSettings, argparse.Namespace], Coroutine[Any, Any, None]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; answers the exit status."""
    options = _parser().parse_args(arguments)
    command: Command = options.command
    try:
        asyncio.run(command(CliSettings(), options))
    except BrokenPipeError:
        sys.stderr.close()  # whoever read us has gone; nobody wants to hear of it
    except KeyboardInterrupt:
        return _INTERRUPTED
    except (ApiError, demo.DemoImpossible, TopicMissing, KafkaAway, ValidationError) as error:
        sys.stderr.write(f"labelbus: {_said(error)}\n")
        return 1
    return 0


def _said(error: Exception) -> str:
    match error:
        case TopicMissing():
            return f"Kafka has no topic {error}. Is this the Kafka of Labelbus (LABELBUS_KAFKA)?"
        case KafkaAway():
            return f"Kafka at {CliSettings().kafka} (LABELBUS_KAFKA) does not answer: {error}"
        case ValidationError():
            first = error.errors(include_url=False)[0]
            return f"LABELBUS_{'_'.join(map(str, first['loc'])).upper()}: {first['msg']}"
        case _:
            return str(error)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="labelbus", description="Labelbus from the command line.")
    commands = parser.add_subparsers(title="commands", required=True)

    topic = commands.add_parser("events", help="what happens, as events on Kafka").add_subparsers(required=True)
    tail = topic.add_parser("tail", help="print events as they happen, one line each")
    tail.add_argument("--topic", choices=_TOPICS, default="labels", help="default: %(default)s")
    tail.add_argument("--project", default="", metavar="ID", help="only events of this project")
    tail.add_argument("--from-beginning", action="store_true", help="begin with all events that the topic holds")
    tail.add_argument("--json", action="store_true", help="print the whole events as JSON")
    tail.set_defaults(command=_tail)

    put = commands.add_parser("upload", help="upload a folder")
    put.add_argument("folder", type=Path, metavar="DIR")
    put.add_argument("--prefix", default="", help="folder in the datastore to upload to")
    put.add_argument("--datastore", default="", help="default: the default datastore")
    put.add_argument("--overwrite", action="store_true", help="replace files that are there")
    put.set_defaults(command=_upload)

    show = commands.add_parser("demo", help="make the demo project, once")
    show.add_argument("--pictures", type=_count, metavar="N", help="only the first N pictures; default: all")
    show.set_defaults(command=_demo)
    return parser


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 on")
    return int(text)


async def _tail(settings: CliSettings, options: argparse.Namespace) -> None:
    await events.tail(
        settings,
        options.topic,
        project=options.project,
        from_beginning=options.from_beginning,
        show=events.as_json if options.json else events.as_line,
    )


async def _upload(settings: CliSettings, options: argparse.Namespace) -> None:
    await upload.folder(
        settings, options.folder, options.prefix, datastore=options.datastore, overwrite=options.overwrite
    )


async def _demo(settings: CliSettings, options: argparse.Namespace) -> None:
    await demo.make(settings, options.pictures)
