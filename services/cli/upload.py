"""`labelbus upload`: the files of a folder, a few at a time, by the same way that the browser uses."""

import argparse
import sys
from pathlib import Path

from services.cli.commands import Commands, add_command
from services.cli.connection import connected
from services.cli.progress import progress
from services.cli.settings import CliSettings


def add(commands: Commands) -> None:
    """The command."""
    put = add_command(
        commands,
        "upload",
        "upload a folder; what is there already is left as it is",
        "labelbus upload pets --prefix animals",
        "labelbus upload pets --datastore scans --overwrite",
    )
    put.add_argument("folder", type=Path, metavar="DIR")
    put.add_argument("--prefix", default="", help="folder in the datastore to upload to")
    put.add_argument("--datastore", default="", help="default: the default datastore")
    put.add_argument("--overwrite", action="store_true", help="replace files that are there")
    put.set_defaults(command=_upload)


async def _upload(settings: CliSettings, options: argparse.Namespace) -> None:
    if not options.folder.is_dir():
        raise NotADirectoryError(f"{options.folder} is no folder.")
    async with connected(settings) as client:
        with progress("Files") as tell:
            done = await client.files.upload_folder(
                options.folder,
                prefix=options.prefix,
                datastore=options.datastore,
                overwrite=options.overwrite,
                progress=lambda upload: tell(upload.done, upload.total),
            )
    prefix = options.prefix.strip("/")
    there = f", {done.kept} were there already" if done.kept else ""
    where = f"{done.datastore}/{prefix}/" if prefix else f"{done.datastore}/"
    sys.stdout.write(f"{done.done - done.kept} files uploaded to {where}{there}\n")
