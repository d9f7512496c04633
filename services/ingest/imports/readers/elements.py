"""Elements of long arrays of a JSON file, one after the other with flat memory."""

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import ijson

from services.ingest.imports.readers.marks import Unreadable, short
from services.ingest.imports.readers.tokens import Tokens

_PIECE: Final = 256 * 1024


def elements(path: Path, prefix: str) -> Iterator[Any]:
    """Each element below `prefix`, such as `images.item`. Raises Unreadable."""
    with path.open("rb") as file:
        if file.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:
            file.seek(0)
        try:
            yield from ijson.items(Tokens(file), prefix, use_float=True, buf_size=_PIECE)
        except ijson.JSONError as error:
            raise Unreadable(_sentence(error)) from error
        except UnicodeDecodeError as error:
            raise Unreadable("The file holds bytes that are not UTF-8.") from error
        except (ValueError, OverflowError, RecursionError) as error:
            raise Unreadable(f"The file holds JSON that can't be read: {error}.") from error


def _sentence(error: Exception) -> str:
    """The parser names what is wrong in its first line, and draws the place below: the text, and an arrow to it."""
    text = error.args[0] if error.args else str(error)
    drawn = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    what, shown, arrow = [*drawn.split("\n"), "", ""][:3]
    if "premature EOF" in what or "UTF" in what:
        return "The file ends too early." if "EOF" in what else "The file holds bytes that are not UTF-8."
    near = shown[: max(0, arrow.find("^"))].strip()
    return f"The file is no JSON near {short(near)}." if near else "The file is no JSON."
