"""History row and outbox entry of each change of a label state. One transaction, never one without the other."""

from collections.abc import Sequence

from services.contracts import topics
from services.kit.outbox import Entry, Outbox
from services.kit.store import IndexModel, Session, Store
from services.queue.history.models import Change, Names, event, row

INDEXES = (
    # "As of" for exports and the story of one item: its versions in order (as strings, version 10 would come before 9).
    IndexModel([("project", 1), ("item", 1), ("version", 1)], name="item"),
    # Time of the last change of a project: one key.
    IndexModel([("project", 1), ("at", -1)], name="newest"),
)


class History:
    """The collection `history`, and the topic that tells the same to others."""

    def __init__(self, store: Store, outbox: Outbox) -> None:
        self._rows = store["history"]
        self._outbox = outbox

    async def prepare(self) -> None:
        """Create the indexes."""
        await self._rows.create_indexes(list(INDEXES))

    async def append(self, session: Session, changes: Sequence[Change], names: Names) -> None:
        """Record changes.

        Two changes to the same version of an item can't both be recorded: the second one is a duplicate key.
        """
        if not changes:
            return
        await self._rows.insert_many([row(change) for change in changes], session=session)
        await self._outbox.add(session, [_entry(change, names) for change in changes])

    async def last_change(self, project: str) -> int:
        """Epoch milliseconds of the newest change, 0 without one."""
        newest = await self._rows.find_one({"project": project}, {"at": 1}, sort=[("at", -1)])
        return int(newest["at"]) if newest else 0


def _entry(change: Change, names: Names) -> Entry:
    item = change.after
    return Entry(
        topic=topics.LABELS,
        aggregate=item["_id"],
        version=item["version"],
        event=event(change, names),
        key=item["_id"],
        counters=change.counters(),
        counters_id=item["project"],
    )
