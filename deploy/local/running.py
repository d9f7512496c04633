"""The settings of the run of this checkout, for commands beside it. The file is there only while Labelbus runs."""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from deploy.local.service import module


class NotRunningError(RuntimeError):
    """No Labelbus runs here."""


def note(root: Path, settings: Mapping[str, str]) -> None:
    """Keep the settings; they hold keys, so only their owner may read them."""
    with os.fdopen(os.open(_file(root), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        json.dump(dict(settings), out)


def forget(root: Path) -> None:
    """It has ended."""
    _file(root).unlink(missing_ok=True)


def recount(root: Path, arguments: Sequence[str]) -> int:
    """Compare the counters of what runs here with its items; gives the exit status. Raises NotRunningError."""
    file = _file(root)
    if not file.exists():
        raise NotRunningError("Labelbus does not run in this checkout: start it with `make run`.")
    command = module("services.queue", "recount", *arguments, settings=json.loads(file.read_text()))
    environment = {**os.environ, **command.env}
    ended = subprocess.run(command.argv, cwd=command.cwd, env=environment, check=False)  # noqa: S603 - our own module
    return ended.returncode


def _file(root: Path) -> Path:
    return root / "settings.json"
