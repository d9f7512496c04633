"""Elements of long arrays of a JSON file, one after the other with flat memory."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import ijson

from services.ingest.imports.readers.marks import Unreadable
from services.ingest.imports.readers.tokens import Tokens

_PIECE: Final = 256 * 1024


def elements(path: Path, prefix: str) -> Iterator[Any]:
    """Each element below `prefix`, such as `images.item`. Raises Unreadable."""
    with path.open("rb") as file:
        try:
            yield from ijson.items(Tokens(file), prefix, use_float=True, buf_size=_PIECE)
        except ijson.IncompleteJSONError as error:
            raise Unreadable(f"The file ends too early or is no JSON: {_reason(error)}.") from error
        except (ijson.JSONError, UnicodeDecodeError) as error:
            raise Unreadable(f"The file is no JSON: {_reason(error)}.") from error
        except (ValueError, OverflowError, RecursionError) as error:
            raise Unreadable(f"The file holds JSON that can't be read: {_reason(error)}.") from error


def _reason(error: Exception) -> str:
    """The first line: what follows it is a drawing of the place."""
    text = error.args[0] if error.args else str(error)
    line = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    return line.strip().partition("\n")[0].rstrip(". ") or type(error).__name__
