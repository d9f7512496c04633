"""Names of files in a zip, made from object keys: none leads out of its folder, none meets another on any file system.

Memory is flat: what was given is kept as bits. Two names that share bits by chance only cost the later one a suffix.
"""

import re
import unicodedata
import zlib
from collections.abc import Iterator
from hashlib import blake2b
from itertools import count
from typing import Final

_BITS: Final = 1 << 24
_REFUSED: Final = re.compile(r'[\x00-\x1f\x7f-\x9f\u2028\u2029<>:"|?*\\]')
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_SEGMENT_BYTES: Final = 120
_DEPTH: Final = 12
_SUFFIX: Final = 12


class Names:
    """The names given so far."""

    def __init__(self, given: bytes = b"", *, own: bool = False) -> None:
        """`given` is what `dump` answered. `own`: names that no other item has in an earlier zip either."""
        self._own = own
        self._bits = bytearray(zlib.decompress(given)) if given else bytearray(_BITS // 8)

    def dump(self) -> bytes:
        """All that has to be kept to go on later."""
        return zlib.compress(self._bits, 1)

    def give(self, key: str, item: str) -> str:
        """A name for the object `key` of item `item`, and never one that meets it again."""
        names = _candidates(safe(key), item.rpartition("/")[2])
        found = next(name for number, name in enumerate(names) if number >= self._own and self._is_free(name))
        for mark in _marks(found):
            self._bits[mark >> 3] |= 1 << (mark & 7)
        return found

    def _is_free(self, name: str) -> bool:
        return not any(self._bits[mark >> 3] & (1 << (mark & 7)) for mark in _obstacles(name))


def safe(key: str) -> str:
    """The key as a relative path that every file system takes."""
    segments = [_segment(part) for part in key.replace("\\", "/").split("/") if part not in {"", "."}]
    return "/".join(segments[-_DEPTH:]) or "_"


def _segment(part: str) -> str:
    clean = unicodedata.normalize("NFC", _REFUSED.sub("_", part)).rstrip(". ").lstrip(" ") or "_"
    if _RESERVED.fullmatch(clean):
        clean = f"_{clean}"
    if len(clean.encode("utf-8", "replace")) > _SEGMENT_BYTES:
        stem, dot, ending = clean.rpartition(".")
        kept = f"{dot}{ending}" if stem and len(ending) <= _SUFFIX else ""
        clean = clean.encode("utf-8", "replace")[: _SEGMENT_BYTES - len(kept.encode())].decode(errors="ignore") + kept
    return clean


def _candidates(path: str, digest: str) -> Iterator[str]:
    folder, slash, file = path.rpartition("/")
    stem, dot, ending = file.rpartition(".")
    stem, ending = (stem, f"{dot}{ending}") if stem else (file, "")
    yield path
    yield f"{folder}{slash}{stem}-{digest[:_SUFFIX]}{ending}"
    yield f"{digest}{ending}"
    yield from (f"{digest}-{number}{ending}" for number in count(2))


def _keys(name: str) -> tuple[str, str, list[str]]:
    """The name without case, the same without its ending, and its folders."""
    plain = unicodedata.normalize("NFC", name.casefold())
    folder, slash, file = plain.rpartition("/")
    parts = folder.split("/") if folder else []
    return (
        plain,
        f"{folder}{slash}{file.rpartition('.')[0] or file}",
        ["/".join(parts[: n + 1]) for n in range(len(parts))],
    )


def _marks(name: str) -> Iterator[int]:
    plain, stem, folders = _keys(name)
    yield _bit("file", plain)
    yield _bit("stem", stem)
    yield from (_bit("folder", folder) for folder in folders)


def _obstacles(name: str) -> Iterator[int]:
    """A file of the same stem, a folder of that name, a file where a folder has to be."""
    plain, stem, folders = _keys(name)
    yield _bit("stem", stem)
    yield _bit("folder", plain)
    yield from (_bit("file", folder) for folder in folders)


def _bit(kind: str, text: str) -> int:
    digest = blake2b(f"{kind}\0{text}".encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest) % _BITS
