"""`labelbus import`: labels from a file, after a look at what of it fits. Nothing is written before a person agrees."""

import argparse
import json
import sys
from pathlib import Path

from labelbus import AsyncClient
from labelbus.models.base import words
from labelbus.models.imports import Import, ImportFormat, ImportMode
from services.cli.asking import agreed
from services.cli.commands import Commands, add_command, add_project
from services.cli.connection import connected
from services.cli.progress import progress
from services.cli.settings import CliSettings


def add(commands: Commands) -> None:
    """The command."""
    take = add_command(
        commands,
        "import",
        "take labels from a file",
        "labelbus import labels.jsonl --project Pets",
        "labelbus import coco.json --project Pets --mode labels --yes --report report.jsonl",
    )
    take.add_argument("file", type=Path, metavar="FILE")
    add_project(take)
    take.add_argument("--mode", choices=words(ImportMode), default="prelabels", help="default: %(default)s")
    take.add_argument("--format", choices=words(ImportFormat), help="default: what the file seems to be")
    take.add_argument("--yes", action="store_true", help="agree to the report without asking")
    take.add_argument("--report", type=Path, metavar="FILE", help="write the whole report to a file, as JSON Lines")
    take.set_defaults(command=_import)


async def _import(settings: CliSettings, options: argparse.Namespace) -> None:
    async with connected(settings) as client:
        project = await client.projects.find(options.project)
        file = await client.imports.upload(project.id, options.file)
        asked = await client.imports.request(project.id, file, options.mode, format=options.format)
        checked = await _wait(client, asked, "Checked")
        sys.stdout.write(_summary(checked))
        if options.report:
            await _save_report(client, checked, options.report)
        if checked.matched and (options.yes or agreed(f"Write {checked.matched} {checked.mode}?")):
            done = await _wait(client, await client.imports.apply(checked.id), "Written")
            sys.stdout.write(f"{done.applied} written, {done.already_labeled} had a label, {done.kept} were in use\n")
        else:
            await client.imports.cancel(checked.id)
            sys.stdout.write("Nothing was written.\n")


async def _wait(client: AsyncClient, job: Import, what: str) -> Import:
    with progress(what) as tell:
        return await client.imports.wait(job.id, progress=lambda now: tell(_dealt_with(now), now.total))


def _dealt_with(job: Import) -> int:
    return job.applied + job.already_labeled + job.kept


def _summary(job: Import) -> str:
    lines = [f"{job.name}: {job.format}, {job.total} items"]
    counts = f"{job.unmatched} are not in the project, {job.refused} refused, {job.empty} without labels"
    lines += [f"  {job.matched} match, {counts}"]
    lines += [f"  {each.row} {each.key}: {each.message}" for each in job.problems[:10]]
    more = len(job.problems) - 10 + job.suppressed
    lines += [f"  and {more} more: see --report"] if more > 0 else []
    return "\n".join(lines) + "\n"


async def _save_report(client: AsyncClient, job: Import, target: Path) -> None:
    with target.open("w", encoding="utf-8") as file:
        async for row in client.imports.report(job.id):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
