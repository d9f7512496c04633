"""What the commands have in common on the command line."""

import argparse
from typing import Any, TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - it has no public name
"""What `add_subparsers` answers."""


class Impossible(Exception):
    """A command can't do what it should; the text says why."""


def add_command(commands: Commands, name: str, what: str, *examples: str) -> argparse.ArgumentParser:
    """A command, with what it does and examples of it in its help."""
    return commands.add_parser(
        name,
        help=what,
        description=f"{what[0].upper()}{what[1:]}.",
        epilog="\n  ".join(["examples:", *examples]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def add_project(parser: argparse.ArgumentParser, **options: Any) -> None:
    """The option that names a project."""
    parser.add_argument("--project", required=True, metavar="NAME", help="name or id of the project", **options)
