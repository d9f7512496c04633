"""Cuts texts into tokens for CoNLL. Pure.

Blanks separate. Outside entities every mark of punctuation and every symbol is a token of its own; inside they stay
where they are. Letters, marks and digits are those of all scripts, and what is seen as one sign is never cut.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

_JOINER: Final = "\u200d"
_SKIN: Final = range(0x1F3FB, 0x1F400)
_FLAGS: Final = range(0x1F1E6, 0x1F200)


class Span(NamedTuple):
    """An entity: code points from `start` to before `end`."""

    start: int
    end: int
    name: str


class Token(NamedTuple):
    """A token and its tag: `B-name`, `I-name` or `O`."""

    text: str
    tag: str


def tokens(text: str, spans: Sequence[Span]) -> Iterator[Token]:
    """Tokens in their order. `spans` do not overlap."""
    end = 0
    for span in sorted(spans):
        yield from (Token(word, "O") for word in _outside(text[end : span.start]))
        for number, word in enumerate(_words(text[span.start : span.end])):
            yield Token(word, f"{'I' if number else 'B'}-{span.name}")
        end = span.end
    yield from (Token(word, "O") for word in _outside(text[end:]))


def _words(text: str) -> list[str]:
    return "".join(" " if _is_blank(character) else character for character in text).split()


def _is_blank(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in {"Cc", "Zl", "Zp", "Zs"}


def _outside(text: str) -> Iterator[str]:
    for word in _words(text):
        token = ""
        for sign in _signs(word):
            if unicodedata.category(sign[0])[0] in "LNMC":
                token += sign
                continue
            if token:
                yield token
            yield sign
            token = ""
        if token:
            yield token


def _signs(word: str) -> Iterator[str]:
    """What is seen as one: a character with its marks, joined emoji, flags."""
    sign = ""
    for character in word:
        if sign and _continues(sign, character):
            sign += character
        else:
            if sign:
                yield sign
            sign = character
    if sign:
        yield sign


def _continues(sign: str, character: str) -> bool:
    if unicodedata.category(character)[0] == "M" or ord(character) in _SKIN or character == _JOINER:
        return True
    if sign[-1] == _JOINER:
        return unicodedata.category(character)[0] == "S"
    return len(sign) == 1 and ord(sign) in _FLAGS and ord(character) in _FLAGS
