"""Identifiers stay what they are for ever: other systems keep them."""

from hypothesis import given
from hypothesis import strategies as st

from services.contracts.ids import PROJECT_PATTERN, initial_rank, item_id, new_id

ANY_TEXT = st.text()  # surrogates too: an object key may hold bytes that are no text


def test_the_id_of_an_object_is_fixed() -> None:
    assert item_id("p0123456789abcdef", "cats/1.png") == "p0123456789abcdef/958904a1824d9d58d226c45ca6688480"


@given(ANY_TEXT, ANY_TEXT)
def test_every_key_has_an_id(key: str, part: str) -> None:
    project, _, digest = item_id("p1", key, part).partition("/")
    assert project == "p1"
    assert len(digest) == 32
    assert set(digest) <= set("0123456789abcdef")


def test_key_and_part_do_not_run_into_each_other() -> None:
    assert item_id("p1", "ab", "c") != item_id("p1", "a", "bc")


@given(ANY_TEXT)
def test_ranks_lie_in_the_unit_interval(key: str) -> None:
    assert 0 <= initial_rank(item_id("p1", key)) < 1


def test_ranks_shuffle() -> None:
    ranks = [initial_rank(item_id("p1", f"{number:05}.png")) for number in range(1000)]
    quarters = [sum(quarter <= rank * 4 < quarter + 1 for rank in ranks) for quarter in range(4)]
    assert all(200 < count < 300 for count in quarters)


def test_random_ids_do_not_repeat() -> None:
    ids = {new_id("p") for _ in range(1000)}
    assert len(ids) == 1000
    assert all(PROJECT_PATTERN.match(id_) for id_ in ids)
