"""Events of a scan applied to items in memory. Pure: whoever calls it writes the outcome in one transaction."""

from collections import Counter
from collections.abc import Mapping
from itertools import chain
from typing import TypeAlias

from services.contracts.items import ItemsDiscovered, ItemsMissing, ItemsProbed
from services.contracts.labels import ItemMissing, ItemReappeared, ItemState
from services.kit.store import Document
from services.queue.history.models import Change
from services.queue.items import models

Chunk: TypeAlias = ItemsDiscovered | ItemsProbed | ItemsMissing


class Fold:
    """`before` are the items as they were, `after` as they are, `changes` the steps of their versions in order."""

    def __init__(self, before: Mapping[str, Document], now: int) -> None:
        self.before = dict(before)
        self.after = dict(before)
        self.changes: list[Change] = []
        self._now = now

    def apply(self, chunk: Chunk) -> None:
        """Apply one chunk."""
        if isinstance(chunk, ItemsDiscovered):
            self._discover(chunk)
        elif isinstance(chunk, ItemsProbed):
            self._probe(chunk)
        else:
            self._miss(chunk)

    def counts(self) -> Counter[str]:
        """What the items now add to `intake` beyond what they added before."""
        now, then = self.new(), [before for before, _ in self.changed()]
        now += [after for _, after in self.changed()]
        total = Counter(chain.from_iterable(map(models.place, now)))
        total.subtract(chain.from_iterable(map(models.place, then)))
        return Counter({field: number for field, number in total.items() if number})

    def new(self) -> list[Document]:
        """Items that did not exist."""
        return [item for id_, item in self.after.items() if id_ not in self.before]

    def changed(self) -> list[tuple[Document, Document]]:
        """Items that are not as they were, before and after."""
        return [(item, self.after[id_]) for id_, item in self.before.items() if self.after[id_] is not item]

    def _discover(self, chunk: ItemsDiscovered) -> None:
        for found in chunk.items:
            item = self.after.get(found.id)
            if item is None:
                self.after[found.id] = models.discovered(chunk.project, found, chunk.scan, self._now)
            elif item["scan_seen"] > chunk.scan or item["state"] == ItemState.REMOVED:
                continue
            elif item["state"] == ItemState.MISSING:
                self._change(item, models.back_again(item, found, chunk.scan, self._now), ItemReappeared)
            else:
                self.after[found.id] = models.seen_again(item, found, chunk.scan)

    def _probe(self, chunk: ItemsProbed) -> None:
        for result in chunk.items:
            item = self.after.get(result.id)
            if item is not None:
                self.after[result.id] = models.probed(item, result, self._now)

    def _miss(self, chunk: ItemsMissing) -> None:
        for id_ in chunk.items:
            item = self.after.get(id_)
            if item is None or item["scan_seen"] > chunk.scan:
                continue
            if item["state"] not in (ItemState.MISSING, ItemState.REMOVED):
                self._change(item, models.gone(item, chunk.scan, self._now), ItemMissing)

    def _change(self, item: Document, after: Document, event: type[ItemMissing | ItemReappeared]) -> None:
        self.after[item["_id"]] = after
        self.changes.append(Change(event, item, after, self._now))
