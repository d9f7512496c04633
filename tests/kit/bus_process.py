"""A subscriber as a process of its own, started by a test that kills it. Says which chunks it handled."""

import asyncio
import sys
from collections.abc import Sequence

from services.contracts.items import ItemsMissing
from services.contracts.topics import ITEMS
from services.kit.bus import Bus
from services.kit.records import Record
from services.kit.settings import Settings


async def handler(records: Sequence[Record]) -> None:
    for record in records:
        assert isinstance(record.event, ItemsMissing)
        sys.stdout.write(f"handled {record.event.index};\n")
        sys.stdout.flush()


async def main() -> None:
    bus = Bus(Settings(), "queue")
    bus.subscribe(ITEMS, handler)
    await bus.start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
