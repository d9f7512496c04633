"""`client.files`: files and folders into a data store."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from labelbus.datastores import default, objects
from labelbus.errors import LabelbusError
from labelbus.methods import D, Noun, method
from labelbus.models.sources import UploadedObject
from labelbus.routes import Route, Server, require_sendable
from labelbus.steps import Content, Flow, together, work

_PUT: Final = Route("PUT", "/datastores/{name}/objects/{key}", UploadedObject, query=("overwrite",))
_AT_ONCE: Final = 8
File: TypeAlias = tuple[str, Content]
"""Key, and the bytes or the file that has them."""


@dataclass(slots=True)
class Upload:
    """How far an upload is: `done` of `total` files, of which `kept` were there already and were left as they are."""

    datastore: str
    total: int
    done: int = 0
    kept: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def count(self, *, kept: bool) -> None:
        """One file more."""
        with self._lock:
            self.done, self.kept = self.done + 1, self.kept + kept


Progress: TypeAlias = Callable[[Upload], None]


class Files(Noun[D]):
    """Uploads. One that broke off can be repeated: what is there already is not sent again."""

    @method
    def upload(
        self, key: str, content: Content, *, datastore: str = "", overwrite: bool = False
    ) -> Flow[UploadedObject]:
        """Upload one file. Raises LabelbusError `exists` when it is there and `overwrite` is not set."""
        name = datastore or (yield from default(self.server))
        return (yield from _put(self.server, name, key, content, overwrite=overwrite))

    @method
    def upload_all(
        self,
        files: Sequence[File],
        *,
        datastore: str = "",
        overwrite: bool = False,
        at_once: int = _AT_ONCE,
        progress: Progress | None = None,
    ) -> Flow[Upload]:
        """Upload many files. `progress` is called after each, by the blocking client in threads of its own.

        Raises LabelbusError, which names the file that could not be uploaded.
        """
        return _all(self.server, files, datastore, at_once, progress, overwrite=overwrite)

    @method
    def upload_folder(
        self,
        folder: str | Path,
        *,
        prefix: str = "",
        datastore: str = "",
        overwrite: bool = False,
        at_once: int = _AT_ONCE,
        progress: Progress | None = None,
    ) -> Flow[Upload]:
        """Upload all files below a folder, under their paths in it; hidden ones stay behind. Else as `upload_all`.

        Raises NotADirectoryError.
        """
        require_sendable("prefix", prefix.split("/"))
        base = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        files = yield from work(lambda: _below(Path(folder), base))
        return (yield from _all(self.server, files, datastore, at_once, progress, overwrite=overwrite))


def _all(
    server: Server,
    files: Sequence[File],
    datastore: str,
    at_once: int,
    progress: Progress | None,
    *,
    overwrite: bool,
) -> Flow[Upload]:
    name = datastore or (yield from default(server))
    there = set() if overwrite else (yield from _there(server, name, [key for key, _ in files], at_once))
    state = Upload(name, total=len(files))

    def one(key: str, content: Content) -> Flow[None]:
        is_new = key not in there and (yield from _is_new(server, name, key, content, overwrite=overwrite))
        state.count(kept=not is_new)
        if progress is not None:
            progress(state)

    yield from together((one(*file) for file in files), at_once)
    return state


def _there(server: Server, datastore: str, keys: Sequence[str], at_once: int) -> Flow[set[str]]:
    """Those of the keys that the data store has, as far as a look into their folders tells."""
    wanted: dict[str, list[str]] = {}
    for key in keys:
        wanted.setdefault(key[: key.rfind("/") + 1], []).append(key)
    found: set[str] = set()

    def look(folder: str, names: list[str]) -> Flow[None]:
        found.update((yield from objects(server, datastore, folder, names)))

    yield from together((look(*each) for each in wanted.items()), at_once)
    return found


def _is_new(server: Server, datastore: str, key: str, content: Content, *, overwrite: bool) -> Flow[bool]:
    try:
        yield from _put(server, datastore, key, content, overwrite=overwrite)
    except LabelbusError as error:
        if error.code != "exists":
            raise (error.about(key) if error.status else error) from error.__cause__
        return False
    return True


def _put(server: Server, datastore: str, key: str, content: Content, *, overwrite: bool) -> Flow[UploadedObject]:
    query = {"overwrite": str(overwrite).lower()}
    return _PUT.call(server, query, content=content, name=datastore, key=key)


def _below(folder: Path, base: str) -> list[File]:
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is no folder.")
    found = sorted(each for each in folder.rglob("*") if each.is_file() and not _is_hidden(each.relative_to(folder)))
    return [(base + each.relative_to(folder).as_posix(), each) for each in found]


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
