"""`labelbus upload`: the files of a folder, a few at a time, by the same way that the browser uses."""

import asyncio
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from services.cli.api import Api, ApiError
from services.cli.settings import CliSettings

_AT_ONCE: Final = 8
File = tuple[str, Callable[[], bytes]]
"""Key, and how to get the bytes."""


async def folder(settings: CliSettings, path: Path, prefix: str, *, datastore: str, overwrite: bool) -> None:
    """Upload all files below `path`; hidden ones stay behind. Files that are there already are counted and kept."""
    base = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
    files = await asyncio.to_thread(_below, path, base)
    async with Api(settings) as api:
        target = datastore or await api.default_datastore()
        kept = await files_to(api, target, files, overwrite=overwrite)
    there = f", {kept} were there already" if kept else ""
    sys.stdout.write(f"{len(files) - kept} files uploaded to {target}/{base}{there}\n")


async def files_to(api: Api, datastore: str, files: Sequence[File], *, overwrite: bool) -> int:
    """Upload files; answers how many were there already and stay as they are. A terminal sees the progress."""
    waiting, done, kept = iter(files), 0, 0

    async def send() -> None:
        nonlocal done, kept
        for key, read in waiting:
            is_new = await _is_new(api, datastore, key, await asyncio.to_thread(read), overwrite=overwrite)
            done, kept = done + 1, kept + (not is_new)
            if sys.stderr.isatty():
                sys.stderr.write(f"\r{done} of {len(files)} files" + ("\n" if done == len(files) else ""))

    await asyncio.gather(*(send() for _ in range(_AT_ONCE)))
    return kept


async def _is_new(api: Api, datastore: str, key: str, data: bytes, *, overwrite: bool) -> bool:
    try:
        await api.upload(datastore, key, data, overwrite=overwrite)
    except ApiError as error:
        if error.code != "exists":
            raise ApiError(f"{key}: {error}", error.code) from error
        return False
    return True


def _below(path: Path, base: str) -> list[File]:
    if not path.is_dir():
        raise ApiError(f"{path} is no folder.")
    found = sorted(each for each in path.rglob("*") if each.is_file() and not _is_hidden(each.relative_to(path)))
    return [(base + each.relative_to(path).as_posix(), each.read_bytes) for each in found]


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
