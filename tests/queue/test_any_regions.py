"""Whatever regions are sent, the rules answer; and what they let through is what it has to be."""

from typing import Any

import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from services.contracts import ids
from services.contracts.items import Media, MediaFormat
from services.contracts.labels import Region, Shape
from services.contracts.projects import TaskType
from services.kit import masks
from services.queue.regions.models import kept
from services.queue.regions.validation import Regions
from tests.queue.bench import project
from tests.queue.drawings import drawn

W, H, CHARS = 12, 9, 15
MEDIA = Media(format=MediaFormat.PNG, width=W, height=H, chars=CHARS)
NEAR = st.one_of(
    st.integers(-2, 16).map(float),
    st.floats(-0.02, 12.02, allow_nan=False),
    st.sampled_from([0.0, -0.0, 9.0, 12.0, 15.0, 1e308, -1e308, 5e-324]),
)
CHARACTERS = "".join(chr(code) for code in range(44, 116))
RLE = st.one_of(st.just(""), st.text(CHARACTERS, max_size=12), st.text(max_size=4))


def regions(shape: Shape) -> st.SearchStrategy[list[Region]]:
    """Mostly of the right shape, with points near the edges."""
    fields: dict[str, st.SearchStrategy[Any]] = {
        "id": st.sampled_from(["a", "b", "c", "d", "é", ""]),
        "label": st.sampled_from(["l0", "l1", "l0", "l1", "l2", "l9"]),
        "shape": st.one_of(*[st.just(shape)] * 9, st.sampled_from(list(Shape))),
        "points": st.just([]) if shape is Shape.MASK else st.lists(NEAR, max_size=8),
        "rle": RLE if shape is Shape.MASK else st.just(""),
    }
    return st.lists(st.builds(Region, **fields), max_size=4)


@given(st.sampled_from([task for task in TaskType if task.regions]), st.data())
@settings(deadline=None, max_examples=150)
def test_rules_always_answer(task: TaskType, data: st.DataObject) -> None:
    shape = task.regions
    assert shape is not None
    of = project(ids.new_id("p"), task=task, allow_empty=True)
    rules = Regions(of, shape)
    given_ = rules.rounded(data.draw(regions(shape)))
    wrong = rules.wrong(drawn("i", *given_), MEDIA)
    if wrong is not None:
        field, message = wrong
        assert field.startswith("regions")
        assert message
        return
    saved = kept(given_, of)
    assert sum(bar["regions"] for bar in saved.applied) == len(given_)
    assert len({region.id for region in given_}) == len(given_)
    assert all(region.label in ("l0", "l1") and region.shape is shape for region in given_)
    _are_right(shape, given_)


def _are_right(shape: Shape, saved: list[Region]) -> None:
    if shape is Shape.MASK:
        painted = [pixel for region in saved for pixel in _pixels(region.rle)]
        assert len(set(painted)) == len(painted)
        assert len({region.label for region in saved}) == len(saved)
        return
    if shape is Shape.SPAN:
        tagged = [place for region in saved for place in range(int(region.points[0]), int(region.points[1]))]
        assert len(set(tagged)) == len(tagged)
        assert all(0 <= place < CHARS for place in tagged)
        return
    for region in saved:
        pairs = list(zip(region.points[::2], region.points[1::2], strict=True))
        assert all(0 <= x <= W and 0 <= y <= H and (round(x, 2), round(y, 2)) == (x, y) for x, y in pairs)
        corners = [pairs[0], (pairs[1][0], pairs[0][1]), pairs[1], (pairs[0][0], pairs[1][1])]
        area = shapely.Polygon(corners if shape is Shape.BOX else pairs)
        assert area.is_valid
        assert area.area > 0


def _pixels(rle: str) -> list[int]:
    begins, ends = masks.areas(masks.runs(rle, H, W))
    assert len(begins)
    return [pixel for begin, end in zip(begins.tolist(), ends.tolist(), strict=True) for pixel in range(begin, end)]
