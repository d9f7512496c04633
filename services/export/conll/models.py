"""CoNLL of entities: a token and its tag in each line, an empty line behind each text. Pure."""

from collections.abc import Sequence
from typing import Final

from services.export.conll.tokens import Span, tokens
from services.export.items.models import Loaded, Placed
from services.export.projects.models import Category
from services.export.sheets.models import Document, Drawn, Sheet

_EMPTY: Final = "texts without a token"
_BLANK: Final = "entities without a token"


class Conll(Sheet):
    """Writes the lines of each item."""

    documents = (Document("entities.conll", "text/plain; charset=utf-8"),)

    def __init__(self, classes: Sequence[Category]) -> None:
        """A tag has no blanks: those of names become lines."""
        self._names = {category.label: "_".join(category.name.split()) for category in classes}

    def draw(self, loaded: Loaded, placed: Placed) -> Drawn:  # noqa: ARG002 - the same for all formats
        """As Sheet. Spans end at the end of the text, should that have become shorter."""
        spans = [Span(int(mark.points[0]), int(mark.points[1]), self._names[mark.label]) for mark in loaded.marks]
        found = list(tokens(loaded.text, spans))
        if not found:
            return Drawn(("",), left={_EMPTY: 1})
        blank = len(spans) - sum(token.tag.startswith("B-") for token in found)
        lines = "".join(f"{token.text} {token.tag}\n" for token in found)
        return Drawn((f"{lines}\n",), left={_BLANK: blank} if blank else {})
