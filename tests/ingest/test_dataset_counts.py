"""What is counted of a data set does not depend on how often its worker died."""

from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.ingest.datasets.models import NOTHING, OTHERS, SAMPLES, Count

OBJECTS = st.lists(st.tuples(st.text(max_size=8), st.integers(0, 2**40), st.text("abcde", max_size=2)), max_size=80)


@given(objects=OBJECTS, deaths=st.sets(st.integers(0, 79)))
def test_a_count_that_goes_on_is_that_of_one_go(objects: list[tuple[str, int, str]], deaths: set[int]) -> None:
    document: dict[str, Any] = dict(NOTHING)
    count = Count(document)
    for place, (key, size, kind) in enumerate(objects):
        if place in deaths:
            count = Count({**document, **count.fields()})
        count.add(key, size, kind, shows=bool(size % 2))
    found = count.fields()
    assert (found["count"], found["bytes"]) == (len(objects), sum(size for _, size, _ in objects))
    assert dict(found["kinds"]) == Counter(kind for _, _, kind in objects)
    assert found["samples"] == [key for key, size, _ in objects if size % 2][:SAMPLES]


def test_a_million_extensions_are_counted_together() -> None:
    count = Count(dict(NOTHING))
    for number in range(1_000):
        count.add(f"a.{number}", 1, str(number), shows=False)
    kinds = dict(count.fields()["kinds"])
    assert (len(kinds), kinds[OTHERS], sum(kinds.values())) == (51, 950, 1_000)
