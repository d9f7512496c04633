"""Names of files in zips: whatever keys are called, all can be unpacked side by side, anywhere."""

import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.export.items.naming import Names, safe

SEGMENTS = st.sampled_from(
    ["a", "A", "b.png", "B.PNG", "b.jpg", "..", ".", "", "con", "NUL.txt", "a ", "a.", "ä", "a\u0308", "x\ny", "-", "~"]
) | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
KEYS = st.lists(SEGMENTS, min_size=1, max_size=4).map("/".join)


def given_to(names: Names, keys: list[str]) -> list[str]:
    return [names.give(key, f"p/{number:032x}") for number, key in enumerate(keys)]


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("a/b c/ä☃.png", "a/b c/ä☃.png"),
        ("/etc/passwd", "etc/passwd"),
        ("../../x.png", "_/_/x.png"),
        ("a/..\\..\\x.png", "a/_/_/x.png"),
        ("C:\\x.png", "C_/x.png"),
        ("two\nlines.png", "two_lines.png"),
        ("nul.png", "_nul.png"),
        ("ends with a dot./x. ", "ends with a dot/x"),
        ("..", "_"),
        ("", "_"),
        ("a\u0308.png", "ä.png"),
    ],
)
def test_a_key_becomes_a_path_that_stays_inside(key: str, name: str) -> None:
    assert safe(key) == name


def test_a_long_name_is_cut_before_its_ending() -> None:
    name = safe(f"{'ä' * 300}.jpeg")
    assert name.endswith("ä.jpeg")
    assert len(name.encode()) <= 120


@given(st.lists(KEYS, max_size=30, unique=True))
@settings(deadline=None)
def test_no_two_meet(keys: list[str]) -> None:
    found = given_to(Names(), keys)
    plain = [unicodedata.normalize("NFC", name.casefold()) for name in found]
    stems = [str(PurePosixPath(name).with_suffix("")) for name in plain]
    assert len(set(stems)) == len(keys)
    folders = {str(folder) for name in plain for folder in PurePosixPath(name).parents}
    assert not folders & set(plain)
    for name in found:
        assert not PureWindowsPath(name).is_absolute()
        assert not PurePosixPath(name).is_absolute()
        assert ".." not in PureWindowsPath(name).parts
        assert all(ord(character) > 31 for character in name)


def test_what_differs_only_in_case_or_ending_gets_a_suffix() -> None:
    keys = ["a/x.png", "a/X.png", "a/x.jpg", "a/x/y.png", "a/y.png"]
    names = Names()
    found = [names.give(key, f"p/{number}{'0' * 31}") for number, key in enumerate(keys)]
    assert found == ["a/x.png", "a/X-100000000000.png", "a/x-200000000000.jpg", "a/x/y.png", "a/y.png"]


@given(st.lists(KEYS, max_size=20, unique=True), st.integers(0, 20))
@settings(deadline=None, max_examples=30)
def test_a_try_that_goes_on_gives_the_same_names(keys: list[str], stop: int) -> None:
    first = Names()
    before = given_to(first, keys[:stop])
    after = [
        Names(first.dump()).give(key, f"p/{number:032x}") if number == stop else None for number, key in enumerate(keys)
    ]
    whole = given_to(Names(), keys)
    assert before == whole[:stop]
    assert after[stop : stop + 1] == whole[stop : stop + 1]
