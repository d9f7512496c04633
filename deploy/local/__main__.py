"""`python -m deploy.local run` runs all of Labelbus, `prepare` only fetches what it needs, `clean` removes its data."""

import argparse
import os
import sys
from pathlib import Path

from deploy.local.console import Console
from deploy.local.jars import kafka_class_path
from deploy.local.lineage import AlreadyRunningError, Lineage
from deploy.local.ports import PortTakenError
from deploy.local.service import CHECKOUT
from deploy.local.supervisor import Supervisor


def main() -> int:
    """Give the exit status: 0 after a wanted stop, 1 after a failure that was said."""
    parser = argparse.ArgumentParser(prog="python -m deploy.local", description="Labelbus on this machine.")
    parser.add_argument("command", choices=("run", "prepare", "clean"))
    parser.add_argument("--data", type=Path, default=CHECKOUT / ".labelbus", help="folder for data and logs")
    arguments = parser.parse_args()
    command, root = arguments.command, arguments.data.resolve()
    console = Console()
    if command == "prepare":
        kafka_class_path()
        return 0
    try:
        with Lineage(root) as lineage:
            if command == "run":
                return Supervisor(root, os.environ, console, lineage).run()
            lineage.forget()
    except (AlreadyRunningError, PortTakenError) as error:
        console.complain(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
