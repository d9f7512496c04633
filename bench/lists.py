"""Lists of items of a large project, from their start and from a place somewhere in them."""

import random
import secrets
import time
from typing import TYPE_CHECKING, Any, Final

from bench.client import Person, label_ids
from bench.figures import Figure, p50, p95

if TYPE_CHECKING:
    from collections.abc import Callable

_ROUNDS: Final = 40
_BUDGET_MS: Final = 50


async def measure(owner: Person, project: str, labeler: str, among: str = "") -> list[Figure]:
    """Milliseconds of one request through the gateway. `among` says in the names what the items are of."""
    label = next(iter(label_ids(await owner.call("GET", f"/projects/{project}")).values()))
    newest = await _page(owner, project, {"labeler": labeler})
    at = newest["items"][0]["labeled_at"] if newest["items"] else 0
    asked: list[tuple[str, dict[str, Any], Callable[[], str]]] = [
        ("all items", {}, _by_id),
        ("labeled items", {"state": "labeled"}, _by_id),
        ("queued items", {"state": "queued"}, lambda: f"q-2.5.{random.random():.6f}"),
        ("items with a label", {"label": label}, _by_id),
        ("items with a label that none has", {"label": "none"}, _by_id),
        ("what one person labeled", {"labeler": labeler}, lambda: f"n-{at}.{secrets.token_hex(16)}"),
    ]
    figures: list[Figure] = []
    for name, params, cursor in asked:
        for where, place in (("start", _from_start), ("middle", cursor)):
            spent = [await _timed(owner, project, {**params, "cursor": place()}) for _ in range(_ROUNDS)]
            peers = "Label Studio 2 to 15 s" if name == "all items" else ""
            what = f"list of {name}{among}, from its {where}"
            figures.append(Figure(f"{what}, p50", p50(spent), "ms", _BUDGET_MS, peers=peers))
            figures.append(Figure(f"{what}, p95", p95(spent), "ms"))
    return figures


def _from_start() -> str:
    return ""


def _by_id() -> str:
    return f"i-{secrets.token_hex(16)}"


async def _timed(owner: Person, project: str, params: dict[str, Any]) -> float:
    began = time.perf_counter()
    await _page(owner, project, params)
    return (time.perf_counter() - began) * 1_000


async def _page(owner: Person, project: str, params: dict[str, Any]) -> dict[str, Any]:
    page: dict[str, Any] = await owner.call("GET", f"/projects/{project}/items", params={"limit": 50, **params})
    return page
