"""`labelbus demo`: the demo project of a new deployment. Made only once, and never where there are projects already."""

import argparse
import io
import sys
import time
from contextlib import aclosing
from typing import Any, Final

from labelbus import AsyncClient, LabelbusError
from labelbus.files import File
from labelbus.models.sources import Source
from services.cli.commands import Commands, Impossible, add_command
from services.cli.connection import connected
from services.cli.progress import progress
from services.cli.settings import CliSettings

NAME: Final = "Handwritten digits"
_PREFIX: Final = "demo/digits/"
_MADE: Final = "demo/made"
_SCALE: Final = 8
_MARGIN: Final = 8
_LABELS: Final = "1234567890"
"""In the order of the keys, so that the key of a digit gives that digit."""
_INSTRUCTIONS: Final = "Which digit is it? The keys 1 to 9 give the digits 1 to 9. Skip what nobody could tell."


def add(commands: Commands) -> None:
    """The command."""
    show = add_command(commands, "demo", "make the demo project, once", "labelbus demo --pictures 100")
    show.add_argument("--pictures", type=_count, metavar="N", help="only the first N pictures; default: all")
    show.set_defaults(command=_demo)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 on")
    return int(text)


async def _demo(settings: CliSettings, options: argparse.Namespace) -> None:
    started = time.monotonic()
    async with connected(settings) as client:
        datastore = await client.datastores.default()
        if await _is_made(client, datastore):
            sys.stdout.write("The demo project was made before, or there are other projects. Nothing to do.\n")
            return
        pictures = _digits(options.pictures)
        with progress("Pictures") as tell:
            await client.files.upload_all(
                pictures, datastore=datastore, overwrite=True, progress=lambda upload: tell(upload.done, upload.total)
            )
        await _create(client, datastore)
        await client.files.upload(_MADE, b"", datastore=datastore, overwrite=True)
    seconds = time.monotonic() - started
    sys.stdout.write(f"Demo project “{NAME}”: {len(pictures)} pictures uploaded in {seconds:.1f} s.\n")


async def _is_made(client: AsyncClient, datastore: str) -> bool:
    async with aclosing(client.projects.list()) as projects:
        async for _ in projects:
            return True
    return bool((await client.datastores.check(Source(datastore=datastore, prefix=_MADE))).looked)


async def _create(client: AsyncClient, datastore: str) -> None:
    try:
        await client.projects.create(
            NAME,
            "image_multi_class",
            list(_LABELS),
            Source(datastore=datastore, prefix=_PREFIX),
            description="The test set of the UCI handwritten digits, as scikit-learn ships it.",
            instructions=_INSTRUCTIONS,
            idempotency_key="demo-digits",
        )
    except LabelbusError as error:
        if error.code != "name_taken":
            raise


def _digits(count: int | None) -> list[File]:
    """The first of the 1,797 pictures of 8 x 8 pixels, or all, enlarged so that people can see them."""
    try:
        from PIL import Image  # noqa: PLC0415 - only this command needs it
        from sklearn.datasets import load_digits  # noqa: PLC0415 - as above
    except ImportError as error:
        raise Impossible(f"The demo needs scikit-learn and Pillow: {error}") from error

    def file(number: int, pixels: Any) -> File:
        small = Image.fromarray((255 - pixels * 255 / 16).astype("uint8"))
        large = small.resize((8 * _SCALE, 8 * _SCALE), Image.Resampling.BICUBIC)
        framed = Image.new("L", (8 * _SCALE + 2 * _MARGIN,) * 2, "white")
        framed.paste(large, (_MARGIN, _MARGIN))
        target = io.BytesIO()
        framed.save(target, "PNG")
        return f"{_PREFIX}{number:04}.png", target.getvalue()

    return [file(number, pixels) for number, pixels in enumerate(load_digits().images[:count])]
