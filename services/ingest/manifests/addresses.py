"""What a manifest calls an object, as keys of the data store that the project reads. Pure."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

_AZURE: Final = re.compile(r"azureml://(?:.*/)?datastores/([^/]+)/paths/(.+)", re.IGNORECASE | re.DOTALL)
_NAMED: Final = re.compile(r"(AmlDatastore|s3)://([^/]+)/(.+)", re.IGNORECASE | re.DOTALL)
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


class ElsewhereError(ValueError):
    """The object lies in another place than the project's data. The text goes on after "Row 17 "."""


class Home(NamedTuple):
    """The data store of the project: its name, its bucket, and the addresses at which the bucket is known."""

    datastore: str
    bucket: str
    addresses: Sequence[str]


def keys(address: str, home: Home, folder: str) -> list[str]:
    """Possible keys, the likeliest first; `folder` is that of the manifest, with its slash. Raises ElsewhereError."""
    address = address.strip()
    if azure := _AZURE.fullmatch(address):
        return [_in(home, azure.group(1), (home.datastore,), azure.group(2))]
    if named := _NAMED.fullmatch(address):
        scheme, store, path = named.groups()
        known = (home.bucket, home.datastore) if scheme.lower() == "s3" else (home.datastore,)
        return [_in(home, store, known, path)]
    if address.lower().startswith(("http://", "https://")):
        return [_of_url(address, home)]
    if _SCHEME.match(address) and "://" in address:
        raise ElsewhereError(f"names an address that can't be read: {address[:200]!r}.")
    return list(dict.fromkeys(_plain(address, folder)))


def _in(home: Home, store: str, known: Sequence[str], path: str) -> str:
    if store not in known:
        raise ElsewhereError(f"names an object of the data store {store!r}; this project reads {home.datastore!r}.")
    return path


def _of_url(address: str, home: Home) -> str:
    parts = urlsplit(address)
    plain = f"{parts.scheme}://{parts.netloc}{parts.path}"
    for base in home.addresses:
        start = base.rstrip("/") + "/"
        if plain.lower().startswith(start.lower()) and len(plain) > len(start):
            return unquote(plain[len(start) :])
    raise ElsewhereError(f"names an address outside of the data store {home.datastore!r}: {address[:200]!r}.")


def _plain(address: str, folder: str) -> Iterator[str]:
    """A key, or a path from the folder of the manifest on."""
    path = address.replace("\\", "/") if "/" not in address else address
    if path.startswith(("./", "../")):
        yield posixpath.normpath(folder + path).lstrip("/")
        return
    yield path.lstrip("/")
    yield folder + path.lstrip("/")
