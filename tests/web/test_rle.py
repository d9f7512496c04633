"""The browser's run lengths of masks are those of COCO: both ways, for every picture."""

import base64
import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from pycocotools import mask as coco

from deploy.local.service import CHECKOUT

_SCRIPT = CHECKOUT / "services/gateway/web/scripts/rle.mjs"
Pixels = NDArray[np.uint8]


@dataclass
class Annotator:
    """The annotator's own code in a Node process: a picture in, its run lengths and what they decode to out."""

    process: subprocess.Popen[str]

    def ask(self, height: int, width: int, **question: Any) -> tuple[dict[str, str], Pixels]:
        """One line there, one line back."""
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(json.dumps({"width": width, "height": height, **question}) + "\n")
        stdin.flush()
        answer = json.loads(stdout.readline())
        pixels = np.frombuffer(base64.b64decode(answer["pixels"]), np.uint8).reshape(height, width)
        return answer["layers"], pixels


@pytest.fixture(scope="module")
def annotator() -> Iterator[Annotator]:
    """Started once."""
    node = shutil.which("node")
    assert node is not None
    with subprocess.Popen([node, _SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Annotator(process)
        assert process.stdin is not None
        process.stdin.close()


def _pictures(values: list[int]) -> st.SearchStrategy[Pixels]:
    """Every pixel one of `values`."""
    table = np.array(values, np.uint8)
    sides = st.tuples(st.integers(1, 60), st.integers(1, 25))
    return sides.flatmap(
        lambda size: st.binary(min_size=size[0] * size[1], max_size=size[0] * size[1]).map(
            lambda drawn: table[np.frombuffer(drawn, np.uint8) % np.intp(table.size)].reshape(size)
        )
    )


def _runs(picture: Pixels) -> Pixels:
    """Long runs, as people paint them: each value stands for itself and what follows."""
    flat = picture.ravel()
    return np.repeat(flat[:: max(1, flat.size // 7)], max(1, flat.size // 7))[: flat.size].reshape(-1, 1)


def _check(annotator: Annotator, picture: Pixels) -> None:
    height, width = picture.shape
    layers, pixels = annotator.ask(height, width, pixels=base64.b64encode(picture.tobytes()).decode())
    assert np.array_equal(pixels, picture)
    assert {int(byte) for byte in layers} == {int(value) for value in np.unique(picture) if value}
    for byte, counts in layers.items():
        mine = np.asfortranarray(picture == int(byte), np.uint8)
        assert counts == coco.encode(mine)["counts"].decode()
        assert np.array_equal(coco.decode({"size": [height, width], "counts": counts.encode()}), mine)


@settings(max_examples=150, deadline=None)
@given(picture=_pictures([0, 0, 0, 1, 2, 255]))
def test_every_small_picture(annotator: Annotator, picture: Pixels) -> None:
    _check(annotator, picture)


@settings(max_examples=50, deadline=None)
@given(picture=_pictures(list(range(256))).map(_runs))
def test_pictures_of_long_runs(annotator: Annotator, picture: Pixels) -> None:
    _check(annotator, picture)


@settings(max_examples=60, deadline=None)
@given(picture=_pictures([0, 1]))
def test_what_coco_encodes_the_browser_decodes(annotator: Annotator, picture: Pixels) -> None:
    height, width = picture.shape
    counts = coco.encode(np.asfortranarray(picture))["counts"].decode()
    _, pixels = annotator.ask(height, width, layers={"1": counts})
    assert np.array_equal(pixels, picture)


def test_a_large_picture_of_round_areas(annotator: Annotator) -> None:
    height, width, radius = 750, 1_000, 30
    y, x = np.ogrid[:height, :width]
    picture = np.zeros((height, width), np.uint8)
    for number in range(1, 256):
        cx, cy = number * 7_919 % width, number * 104_729 % height
        picture[(x - cx) ** 2 + (y - cy) ** 2 < radius**2] = number
    _check(annotator, picture)
