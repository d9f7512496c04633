"""`labelbus export`: the labels of a project as a file."""

import argparse
import sys
from pathlib import Path

from labelbus import AsyncClient
from labelbus.models.base import words
from labelbus.models.exports import Export, ExportFilter, ExportFormat
from labelbus.models.projects import Project
from services.cli.commands import Commands, Impossible, add_command, add_project
from services.cli.connection import connected
from services.cli.progress import progress
from services.cli.settings import CliSettings


def add(commands: Commands) -> None:
    """The command."""
    export = add_command(
        commands,
        "export",
        "write the labels of a project to a file",
        "labelbus export --project Pets --format coco -o pets.json",
        "labelbus export --project Pets --label Cat --label Dog --images --wait",
        "labelbus export --project Pets --since e0123456789abcdef -o changed.jsonl",
    )
    add_project(export)
    export.add_argument("--format", choices=words(ExportFormat), default="jsonl", help="default: %(default)s")
    export.add_argument("--label", action="append", default=[], metavar="NAME", help="only items with one of these")
    export.add_argument(
        "--since", default="", metavar="ID", help="only what has changed since this export of the same kind"
    )
    export.add_argument("--images", action="store_true", help="with the pictures, in a zip")
    export.add_argument("--wait", action="store_true", help="return when the file lies in object storage")
    export.add_argument("-o", "--output", type=Path, metavar="FILE", help="wait, and download it to a file or a folder")
    export.set_defaults(command=_export)


async def _export(settings: CliSettings, options: argparse.Namespace) -> None:
    if options.output and not options.output.absolute().parent.is_dir():
        raise Impossible(f"{options.output}: there is no folder {options.output.parent}")
    async with connected(settings) as client:
        project = await client.projects.find(options.project)
        asked = await client.exports.request(
            project.id,
            options.format,
            filter=ExportFilter(labels=[_label(project, name) for name in options.label]),
            since_export=options.since,
            images=options.images,
        )
        if options.wait or options.output:
            await _wait(client, asked, options.output)
        else:
            sys.stdout.write(f"{asked.id}  {asked.state}\n")


def _label(project: Project, name: str) -> str:
    try:
        return project.label(name).id
    except KeyError:
        raise Impossible(f"Project {project.name} has no label {name}.") from None


async def _wait(client: AsyncClient, asked: Export, output: Path | None) -> None:
    with progress("Items") as tell:
        done = await client.exports.wait(asked.id, progress=lambda export: tell(export.rows, export.total))
    if output is None:
        sys.stdout.write(f"{_counts(done)} in {done.bucket}/{done.key}\n")
        return
    with progress("Bytes", in_bytes=True) as tell:
        file = await client.exports.download(done.id, output, progress=tell)
    sys.stdout.write(f"{_counts(done)} in {file}\n")


def _counts(done: Export) -> str:
    gone = f", {done.removed} gone since {done.since_export}," if done.since_export else ""
    return f"{done.id}  {done.rows} items{gone}"
