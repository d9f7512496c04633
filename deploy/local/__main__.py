"""`python -m deploy.local run` runs all of Labelbus, `prepare` only fetches what it needs, `clean` removes its data."""

import argparse
import os
import sys

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
    command = parser.parse_args().command
    console = Console()
    root = CHECKOUT / ".labelbus"
    try:
        if command == "prepare":
            kafka_class_path()
            return 0
        if command == "clean":
            lineage = Lineage(root)
            lineage.claim()
            lineage.forget()
            return 0
        return Supervisor(root, os.environ, console).run()
    except (AlreadyRunningError, PortTakenError) as error:
        console.complain(str(error))
        return 1


if __name__ == "__main__":
    sys.exit(main())
