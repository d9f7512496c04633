"""`python -m services.queue` runs the service; `recount` compares its counters with its items."""

import argparse
import asyncio
import sys

from services.kit import errors, logs
from services.kit.store import Store
from services.queue.app import build
from services.queue.projects.store import Projects
from services.queue.recount.models import Recount
from services.queue.recount.service import Recounter
from services.queue.settings import QueueSettings


def main() -> int:
    """Run what the command line says; answers the exit status."""
    parser = argparse.ArgumentParser(prog="python -m services.queue")
    commands = parser.add_subparsers(dest="command")
    recount = commands.add_parser("recount", help="compare all counters with a recount; exits 1 when they differ")
    recount.add_argument("--project", help="only this project")
    recount.add_argument("--repair", action="store_true", help="make the counters right")
    options = parser.parse_args()
    settings = QueueSettings.read()
    if options.command == "recount":
        logs.configure("queue", settings.log_level)
        return _report(asyncio.run(_recount(settings, options.project, repair=options.repair)))
    build(settings).run()
    return 0


async def _recount(settings: QueueSettings, project: str | None, *, repair: bool) -> list[Recount]:
    store = Store(settings, "annotations")
    try:
        await store.ping()
        projects = Projects(store)
        named = [project] if project else await projects.all()
        return await Recounter(store, projects).check(named, repair=repair)
    except Exception as error:
        if not errors.is_infrastructure(error):
            raise
        sys.exit(f"MongoDB (LABELBUS_MONGO_URL) does not answer: {type(error).__name__}.")
    finally:
        await store.close()


def _report(drifted: list[Recount]) -> int:
    for recount in drifted:
        for path, (kept, counted) in recount.drift().items():
            sys.stdout.write(f"{recount.project} {path}: kept {kept}, counted {counted}\n")
    return 1 if drifted else 0


if __name__ == "__main__":
    sys.exit(main())
