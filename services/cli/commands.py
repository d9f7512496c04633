"""What the commands have in common on the command line."""

import argparse
from typing import Any, TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - it has no public name
"""What `add_subparsers` answers."""


class Impossible(Exception):
    """A command can't do what it should; the text says why."""


def add_project(parser: argparse.ArgumentParser, **options: Any) -> None:
    """The option that names a project."""
    parser.add_argument("--project", required=True, metavar="NAME", help="name or id of the project", **options)
