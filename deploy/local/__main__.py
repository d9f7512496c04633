"""`python -m deploy.local run` runs all of Labelbus, `prepare` only fetches what it needs, `clean` removes its data.

`recount` compares the counters of what runs here with its items.
"""

import argparse
import os
import sys
from pathlib import Path

from deploy.local import running
from deploy.local.console import Console
from deploy.local.lineage import AlreadyRunningError, Lineage
from deploy.local.part import NotReadyError
from deploy.local.ports import PortTakenError
from deploy.local.process import ChildDiedError
from deploy.local.service import CHECKOUT
from deploy.local.supervisor import Supervisor
from deploy.local.training import learn_start


def main() -> int:
    """Give the exit status: 0 after a wanted stop, 1 after a failure that was said."""
    parser = argparse.ArgumentParser(prog="python -m deploy.local", description="Labelbus on this machine.")
    parser.add_argument("command", choices=("run", "prepare", "clean", "recount"))
    parser.add_argument("--data", type=Path, default=CHECKOUT / ".labelbus", help="folder for data and logs")
    arguments, rest = parser.parse_known_args()
    if rest and arguments.command != "recount":
        parser.error(f"unknown arguments: {' '.join(rest)}")
    command, root = arguments.command, arguments.data.resolve()
    console = Console()
    if command == "prepare":
        return _prepare(console)
    try:
        if command == "recount":
            return running.recount(root, rest)
        with Lineage(root) as lineage:
            if command == "run":
                return Supervisor(root, os.environ, console, lineage).run()
            lineage.forget()
    except (AlreadyRunningError, PortTakenError, running.NotRunningError) as error:
        console.complain(str(error))
        return 1
    return 0


def _prepare(console: Console) -> int:
    try:
        learn_start()
    except (ChildDiedError, NotReadyError) as error:  # it may run elsewhere
        console.complain(f"Kafka could not be started here: {error}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
