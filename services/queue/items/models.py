"""An item as MongoDB holds it, and what it adds to the counts of its project. Pure: it must never touch the store."""

from collections import Counter
from typing import Final

from services.contracts import ids
from services.contracts.items import DiscoveredItem, Media, ProbedItem
from services.contracts.labels import ItemState
from services.kit.store import Document

MANUAL: Final = 2
"""`kind` of an item that no model looked at.

Kinds are numbers because they sort: 0 prelabeled, 1 clustered, 2 manual.
"""
PRIORITY: Final = 5
"""`priority` of an item that nobody moved, in a class of 0 (first) to 9."""


def discovered(project: str, found: DiscoveredItem, scan: int, now: int) -> Document:
    """A new item: waiting to be probed, or queued if its media is known. `now` in epoch milliseconds."""
    item = {
        "_id": found.id,
        "project": project,
        "source": found.source.model_dump(mode="json"),
        "state": ItemState.DISCOVERED,
        "kind": MANUAL,
        "priority": PRIORITY,
        "rank": ids.initial_rank(found.id),
        "version": 0,
        "scan_seen": scan,
        "times": {"discovered": now, "changed": now},
    }
    return item if found.media is None else _queued(item, found.media, now)


def seen_again(item: Document, found: DiscoveredItem, scan: int) -> Document:
    """The item after a scan found its object once more; the state stays.

    A changed object keeps a label that was made on the old one: `source_changed` says so. What nobody could see
    yet is simply replaced.
    """
    after = {**item, "scan_seen": scan}
    changed = found.source.etag != item["source"]["etag"]
    if changed and waiting_state(item) is ItemState.DISCOVERED:
        return {**after, "source": found.source.model_dump(mode="json")}
    after.pop("source_changed", None)
    return {**after, "source_changed": True} if changed else after


def probed(item: Document, result: ProbedItem, now: int) -> Document:
    """The item after its bytes were looked into. One that is no longer waiting for that stays as it is."""
    if waiting_state(item) is not ItemState.DISCOVERED:
        return item
    if result.media is None:
        return {**item, "unreadable": result.unreadable or "no picture"}
    after = _queued(item, result.media, now)
    after.pop("unreadable", None)
    return after


def _queued(item: Document, media: Media, now: int) -> Document:
    """Ready to be handed out, or, while it is missing, as soon as it is back."""
    where = "before" if item["state"] == ItemState.MISSING else "state"
    times = {**item["times"], "queued": now}
    return {**item, "media": media.model_dump(mode="json"), "times": times, where: ItemState.QUEUED}


def gone(item: Document, scan: int, now: int) -> Document:
    """The item after a complete listing no longer held its object. `before` remembers where it stood."""
    after = {**item, "scan_seen": scan, "before": item["state"]}
    after.pop("lease", None)
    return _next_version(after, ItemState.MISSING, now)


def back_again(item: Document, found: DiscoveredItem, scan: int, now: int) -> Document:
    """A missing item after a scan found its object again: where it stood before, but with nobody."""
    after = seen_again(item, found, scan)
    state = waiting_state(after)
    after.pop("before", None)
    return _next_version(after, state, now)


def waiting_state(item: Document) -> ItemState:
    """The state of an item, or, of a missing one, the state that it will have when it is there again."""
    state = ItemState(item["before"] if item["state"] == ItemState.MISSING else item["state"])
    return ItemState.QUEUED if state is ItemState.LEASED and item["state"] == ItemState.MISSING else state


def _next_version(item: Document, state: ItemState, now: int) -> Document:
    return {**item, "state": state, "version": item["version"] + 1, "times": {**item["times"], "changed": now}}


def counts(item: Document) -> Counter[str]:
    """What an item adds to the document of `counters`, by dotted path."""
    state = item["state"]
    if state in (ItemState.MISSING, ItemState.NEEDS_REVIEW):
        return Counter({state: 1})
    if state not in (ItemState.LABELED, ItemState.SKIPPED):
        return Counter()
    label = item["label"]
    result = Counter({str(state): 1, f"labelers.{label['by']}.{state}": 1})
    result.update(f"labels.{answer['set']}.{chosen}" for answer in label["answers"] for chosen in answer["labels"])
    for bar in label.get("applied", ()):
        result[f"labels.{bar['set']}.{bar['label']}"] += 1
        result[f"regions.{bar['set']}.{bar['label']}"] += bar["regions"]
    return result


def place(item: Document) -> tuple[str, ...]:
    """The fields of `intake` in which an item counts as one. Removed and unreadable ones are outside the total."""
    state = item["state"]
    if state == ItemState.REMOVED:
        return ()
    if state != ItemState.DISCOVERED:
        fields: tuple[str, ...] = ("total",)
    else:
        fields = ("unreadable",) if item.get("unreadable") else ("total", "pending")
    return (*fields, "changed") if item.get("source_changed") else fields


def difference(after: Counter[str], before: Counter[str]) -> dict[str, int]:
    """What to add to a count that holds `before` so that it holds `after`; without zeros."""
    return {key: after[key] - before[key] for key in after.keys() | before.keys() if after[key] != before[key]}
