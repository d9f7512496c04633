"""Reads the command line. What commands do stands in their files; here errors become one line and an exit status."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Final

from pydantic import ValidationError

from labelbus import LabelbusError
from services.cli import demo, events, exports, imports, labels, projects, upload
from services.cli.commands import Impossible
from services.cli.settings import CliSettings
from services.kit import sentences

_COMMANDS: Final = (projects, upload, imports, exports, labels, events, demo)
_INTERRUPTED: Final = 130
Command = Callable[[CliSettings, argparse.Namespace], Coroutine[Any, Any, None]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; answers the exit status."""
    options = parser().parse_args(arguments)
    command: Command = options.command
    try:
        asyncio.run(command(CliSettings(), options))
    except BrokenPipeError:
        sys.stderr.close()  # whoever read us has gone; nobody wants to hear of it
    except KeyboardInterrupt:
        return _INTERRUPTED
    except (LabelbusError, Impossible, OSError, ValidationError) as error:
        sys.stderr.write(f"labelbus: {_said(error)}\n")
        return 1
    return 0


def _said(error: Exception) -> str:
    match error:
        case LabelbusError(code="unreachable"):
            return str(error).replace(" does not", " (LABELBUS_GATEWAY_URL) does not", 1)
        case OSError(strerror=str(reason), filename=str(name)):
            return f"{name}: {reason}"
        case ValidationError():
            first = error.errors(include_url=False, include_input=False)[0]
            return f"LABELBUS_{'_'.join(map(str, first['loc'])).upper()} {sentences.said(first)}."
        case _:
            return str(error)


def parser() -> argparse.ArgumentParser:
    """What the command line takes."""
    made = argparse.ArgumentParser(prog="labelbus", description="Labelbus from the command line.")
    commands = made.add_subparsers(title="commands", required=True)
    for module in _COMMANDS:
        module.add(commands)
    return made
