"""How texts are cut for CoNLL: cases of our own after the published rules, and what holds for any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.export.conll.tokens import Span, tokens


def cut(text: str, *spans: tuple[int, int]) -> list[str]:
    return [f"{token.text} {token.tag}" for token in tokens(text, [Span(*span, "x") for span in spans])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \t\r\n\u00a0\u2028", []),
        ("Zoë was here.", ["Zoë", "was", "here", "."]),
        ("well-known (don't!)", ["well", "-", "known", "(", "don", "'", "t", "!", ")"]),
        ("3.14 €5", ["3", ".", "14", "€", "5"]),
        ("Зоя и 犬。", ["Зоя", "и", "犬", "。"]),
        ("हिन्दी शब्द", ["हिन्दी", "शब्द"]),
        ("cafe\u0301s", ["cafe\u0301s"]),
        ("👩\u200d🚀! 👍🏽🇪🇺🇩🇪", ["👩\u200d🚀", "!", "👍🏽", "🇪🇺", "🇩🇪"]),
        ("a\u0000b\u200bc", ["a", "b\u200bc"]),
    ],
)
def test_outside_entities_punctuation_stands_alone(text: str, expected: list[str]) -> None:
    assert cut(text) == [f"{token} O" for token in expected]


def test_inside_entities_it_stays() -> None:
    text = "At St. John's (U.K.) today."
    assert cut(text, (3, 13), (15, 19)) == [
        "At O",
        "St. B-x",
        "John's I-x",
        "( O",
        "U.K. B-x",
        ") O",
        "today O",
        ". O",
    ]


def test_entities_that_touch_begin_anew_and_cut_words() -> None:
    assert cut("NewYorkers", (0, 3), (3, 7)) == ["New B-x", "York B-x", "ers O"]


@given(st.text(max_size=60), st.data())
@settings(deadline=None)
def test_nothing_but_blanks_is_lost(text: str, data: st.DataObject) -> None:
    ends = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    spans = [Span(start, end, "x") for start, end in zip(ends[::2], ends[1::2], strict=False)]
    found = list(tokens(text, spans))
    assert all(token.text and not any(c.isspace() for c in token.text) for token in found)
    kept = "".join(token.text for token in found)
    rest = iter(text)
    assert all(any(character == other for other in rest) for character in kept)
    lost = [c for c in text if not c.isspace() and ord(c) > 31]
    assert len(kept) >= len([c for c in lost if c.isalnum()])
    begun = [text[span.start : span.end].split() for span in spans]
    assert sum(token.tag == "B-x" for token in found) <= len(begun)
