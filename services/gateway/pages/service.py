"""The built web UI.

Hashed assets for ever, every other path is the one page. Serves nothing from outside its folder.
"""

import base64
import hashlib
import mimetypes
import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from fastapi.responses import FileResponse, PlainTextResponse, Response

from services.kit.problems import Refused

STATIC: Final = Path(__file__).parent.parent / "static"
_FOR_EVER: Final = "public, max-age=31536000, immutable"
_ASK_AGAIN: Final = "no-cache"
_PACKED: Final = {"br": ".br", "gzip": ".gz"}
"""What the build packed besides, the smallest first: a quarter of the bytes, and nobody packs at a request."""
_NEVER: Final = re.compile(r"\s*q=0(\.0*)?\s*")
_INLINE: Final = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
_NOT_BUILT: Final = """\
Labelbus runs, but its web UI is not built.
Build it with `make ui`, or use the API: its reference is at /api/v1/docs.
"""


class Pages:
    """Files of the UI."""

    def __init__(self, folder: Path = STATIC) -> None:
        """`folder` holds what the UI's build wrote; it may come later."""
        self._folder = folder.resolve()

    def answer(self, path: str, accepted: str = "") -> Response:
        """A file, or the page for every other path. Raises 404 for an asset that is not there.

        `accepted`: the encodings that the browser takes, as its header `Accept-Encoding` says.
        """
        file = self._file(path)
        if file is not None:
            hashed = path.startswith("assets/")
            return _sent(file, accepted, {"Cache-Control": _FOR_EVER if hashed else _ASK_AGAIN})
        if path.startswith("assets/"):
            raise Refused(404, "not_found", "There is no such file.")
        return self._page(accepted)

    def _file(self, path: str) -> Path | None:
        try:
            file = (self._folder / path).resolve()
            inside = file.is_relative_to(self._folder) and file.is_file()
        except (OSError, ValueError):  # a name too long or with a null character
            return None
        return file if inside and file.name != "index.html" and file.suffix not in _PACKED.values() else None

    def _page(self, accepted: str) -> Response:
        index = self._folder / "index.html"
        if not index.is_file():
            return PlainTextResponse(_NOT_BUILT, headers={"Cache-Control": _ASK_AGAIN})
        policy = _policy(index, index.stat().st_mtime_ns)
        headers = {"Cache-Control": _ASK_AGAIN, "Content-Security-Policy": policy}
        return _sent(index, accepted, headers)


def _sent(file: Path, accepted: str, headers: dict[str, str]) -> Response:
    """The file, packed where it is so and the browser takes it."""
    kind = mimetypes.guess_type(file.name)[0]
    headers = {**headers, "Vary": "Accept-Encoding"}
    taken = _taken(accepted)
    for coding, suffix in _PACKED.items():
        packed = file.with_name(file.name + suffix)
        if coding in taken and packed.is_file():
            return FileResponse(packed, media_type=kind, headers={**headers, "Content-Encoding": coding})
    return FileResponse(file, media_type=kind, headers=headers)


def _taken(accepted: str) -> set[str]:
    """The codings of an `Accept-Encoding` but those of weight 0 (RFC 9110 §12.5.3)."""
    codings = (each.partition(";") for each in accepted.lower().split(","))
    return {name.strip() for name, _, weight in codings if not _NEVER.fullmatch(weight)}


@lru_cache(maxsize=2)
def _policy(index: Path, _changed: int) -> str:
    """Scripts of our own files and those that stand in the page itself, by hash.

    Styles are set by scripts of the UI library.
    """
    scripts = [_hash(script) for script in _INLINE.findall(index.read_bytes())]
    rules = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", *scripts]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "worker-src": "'self' blob:",
        "connect-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _hash(script: bytes) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"
