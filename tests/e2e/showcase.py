"""Projects in the middle of their work, over the handwritten digits of scikit-learn: for the walk over all screens."""

import asyncio
import io
from dataclasses import dataclass
from typing import Any

from PIL import Image

from bench import projects
from bench.client import Person, answer, label_ids
from tests.e2e import data
from tests.e2e.gallery import open_gallery
from tests.e2e.world import World

NAME = "Handwritten digits"
PREFIX = "showcase/digits/"
_SIDE = 64
_SHARES = {NAME: 0.42, "Digits, second reading": 0.08, "Odd, prime, round": 1.0}
_DIGITS = [str(digit) for digit in range(10)]
_TRAITS = ["odd", "prime", "round"]


@dataclass
class Showcase:
    """Who looks, and at what."""

    owner: Person
    labeler: Person
    project: dict[str, Any]
    """In the middle of its work."""
    done: dict[str, Any]
    """With nothing left."""
    truth: list[int]
    """The digit of each picture."""
    gallery: dict[str, dict[str, Any]]
    """Projects of the other task types."""
    dataset: dict[str, Any]
    """Two versions, in a data store of its own."""


async def prepare(world: World, count: int) -> Showcase:
    """Upload `count` digits and have them labeled in part."""
    from sklearn.datasets import load_digits  # noqa: PLC0415 - two seconds that other workers need not spend

    digits = load_digits()
    await world.upload({f"{PREFIX}{number:04}.png": _png(digits.images[number]) for number in range(count)})
    owner = await world.person("owner")
    await owner.call("PATCH", "/me", json={"name": "Owner"})
    people = [await world.person() for _ in range(3)]
    for place, person in enumerate(people):
        await person.call("PATCH", "/me", json={"name": f"Labeler {'ABC'[place]}"})
    truth = [int(target) for target in digits.target[:count]]
    made = {}
    for name, share in _SHARES.items():
        labels = _TRAITS if name.startswith("Odd") else _DIGITS
        made[name] = await projects.create(owner, name, PREFIX, labels, multi=labels is _TRAITS)
        await projects.wait_running(owner, made[name]["id"])
        await projects.wait_for(owner, made[name]["id"], lambda now: now["ready"] and now["pending"] == 0, 120)
        shares = (0.5, 0.3, 0.2)
        work = [
            _label(one, made[name], truth, int(count * share * part) or 9)
            for one, part in zip(people, shares, strict=True)
        ]
        await asyncio.gather(*work)
    await _label(people[0], made["Odd, prime, round"], truth, count)
    await owner.call("POST", f"/projects/{made['Digits, second reading']['id']}/pause")
    for format_ in ("coco", "coco_azure"):
        await projects.export(owner, made[NAME]["id"], format_)
    await projects.wait_for(
        owner, made["Odd, prime, round"]["id"], lambda now: now["labeled"] + now["skipped"] == count, 30
    )
    gallery, dataset = await open_gallery(world), await data.prepare(world, owner, PREFIX)
    return Showcase(owner, people[0], made[NAME], made["Odd, prime, round"], truth, gallery, dataset)


def number_of(name: str) -> int:
    """Place of a picture in the set."""
    return int(name.removesuffix(".png"))


def _png(pixels: Any) -> bytes:
    small = Image.fromarray((255 - pixels * 255 / 16).astype("uint8"))
    target = io.BytesIO()
    small.resize((_SIDE, _SIDE), Image.Resampling.BICUBIC).save(target, "PNG")
    return target.getvalue()


def _labels_of(digit: int, *, multi: bool) -> list[str]:
    if not multi:
        return [str(digit)]
    odd, prime = digit % 2 == 1, digit in {2, 3, 5, 7}
    return [name for name, holds in (("odd", odd), ("prime", prime), ("round", not odd and not prime)) if holds]


async def _label(person: Person, project: dict[str, Any], truth: list[int], most: int) -> None:
    """Label up to `most` items, and skip one in forty."""
    ids, multi = label_ids(project), project["label_sets"][0]["multi"]
    while most > 0:
        page = await person.claim(project["id"], size=min(9, most))
        if not page["items"]:
            return
        entries = []
        for item in page["items"]:
            number = number_of(item["name"])
            entry = answer(item, *(ids[name] for name in _labels_of(truth[number], multi=multi)))
            entries.append(
                entry | ({"answers": [], "skip": True, "skip_reason": "unclear"} if number % 40 == 7 else {})
            )
        await person.submit(project["id"], page["token"], entries)
        most -= len(page["items"])
