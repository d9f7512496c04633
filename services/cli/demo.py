"""`labelbus demo`: the demo project of a new deployment. Made only once, and never where there are projects already."""

import io
import sys
import time
from typing import Any, Final

from services.cli import upload
from services.cli.api import Api, ApiError
from services.cli.settings import CliSettings
from services.contracts.projects import DataSource, TaskType

NAME: Final = "Handwritten digits"
_PREFIX: Final = "demo/digits/"
_MADE: Final = "demo/made"
_SCALE: Final = 8
_MARGIN: Final = 8
_LABELS: Final = "1234567890"
"""In the order of the keys, so that the key of a digit gives that digit."""
_INSTRUCTIONS: Final = "Which digit is it? The keys 1 to 9 give the digits 1 to 9. Skip what nobody could tell."


class DemoImpossible(Exception):
    """What the demo is made of is missing; the text says what."""


async def make(settings: CliSettings, pictures: int | None = None) -> None:
    """Upload the first `pictures` pictures, or all, and make the project."""
    started = time.monotonic()
    async with Api(settings) as api:
        datastore = await api.default_datastore()
        if await api.has_projects() or (await api.check(DataSource(datastore=datastore, prefix=_MADE))).looked:
            sys.stdout.write("The demo project was made before, or there are other projects. Nothing to do.\n")
            return
        files = _digits()[:pictures]
        await upload.files_to(api, datastore, files, overwrite=True)
        try:
            await api.create_project(_project(datastore), idempotency_key="demo-digits")
        except ApiError as error:
            if error.code != "name_taken":
                raise
        await api.upload(datastore, _MADE, b"", overwrite=True)
    seconds = time.monotonic() - started
    sys.stdout.write(f"Demo project “{NAME}”: {len(files)} pictures uploaded in {seconds:.1f} s.\n")


def _project(datastore: str) -> dict[str, Any]:
    return {
        "name": NAME,
        "description": "The test set of the UCI handwritten digits, as scikit-learn ships it.",
        "task_type": TaskType.IMAGE_MULTI_CLASS.value,
        "labels": [{"name": digit} for digit in _LABELS],
        "instructions": {"text": _INSTRUCTIONS},
        "source": {"datastore": datastore, "prefix": _PREFIX, "pattern": "**"},
    }


def _digits() -> list[upload.File]:
    """The 1,797 pictures of 8 x 8 pixels, enlarged so that people can see them."""
    try:
        from PIL import Image  # noqa: PLC0415 - only this command needs it
        from sklearn.datasets import load_digits  # noqa: PLC0415 - as above
    except ImportError as error:
        raise DemoImpossible(f"The demo needs scikit-learn and Pillow: {error}") from error

    def file(number: int, pixels: Any) -> upload.File:
        def png() -> bytes:
            small = Image.fromarray((255 - pixels * 255 / 16).astype("uint8"))
            large = small.resize((8 * _SCALE, 8 * _SCALE), Image.Resampling.BICUBIC)
            framed = Image.new("L", (8 * _SCALE + 2 * _MARGIN,) * 2, "white")
            framed.paste(large, (_MARGIN, _MARGIN))
            target = io.BytesIO()
            framed.save(target, "PNG")
            return target.getvalue()

        return f"{_PREFIX}{number:04}.png", png

    return [file(number, pixels) for number, pixels in enumerate(load_digits().images)]
