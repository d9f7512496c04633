"""Scans by digests of ranges against a model: whatever happened to the bucket, and to scans before, is found."""

import random
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime

import pytest

from services.contracts.exports import JobState
from services.contracts.ids import item_id, new_id
from services.contracts.projects import DataSource
from services.ingest.objects.models import Outcome, ProbeState
from services.ingest.objects.store import Objects
from services.ingest.projects.store import Projects
from services.ingest.scans import endings
from services.ingest.scans.listing import Listing
from services.ingest.scans.models import Scan, Stage, first_scan
from services.ingest.scans.store import Scans
from services.ingest.settings import IngestSettings
from services.kit.blobs import Blob
from services.kit.outbox import Entry, Outbox
from services.kit.store import Document, Session, Store
from tests.ingest.harness import World

PAGE = 40
MOST = 1_000
"""Objects of the bucket at a time."""
LIMIT = 2_100
"""Of the project: all keys that there ever were, since an item whose object is gone counts too."""


class Bucket:
    """What a store lists, without a store: key to etag."""

    def __init__(self) -> None:
        self.objects: dict[str, str] = {}
        self.listings = 0

    async def is_own(self, _datastore: str, _bucket: str) -> bool:
        return False

    async def list_page(self, _datastore: str, prefix: str, after: str, limit: int) -> tuple[list[Blob], bool]:
        self.listings += 1
        behind = sorted(key for key in self.objects if key.startswith(prefix) and key > after)
        return [Blob(key, 7, self.objects[key]) for key in behind[:limit]], len(behind) > limit


class Scanner:
    """Ingest's own listing over a bucket that is none. Probing is left out: a listed scan is over."""

    def __init__(self, settings: IngestSettings, store: Store) -> None:
        self.bucket, self.store = Bucket(), store
        self.objects, self.projects = Objects(store, 1_000), Projects(store)
        self.scans = Scans(store, Outbox(store), 60_000)
        self._settings = settings.model_copy(update={"ingest_page_keys": PAGE, "ingest_item_limit": LIMIT})
        self.listing = self._listing()
        self.number = 0
        self.project = World.project(DataSource(datastore="a-bucket"), id=new_id("p"))

    def _listing(self) -> Listing:
        return Listing(
            self._settings,
            self.bucket,  # type: ignore[arg-type]  # of a store only its listing is read
            self.objects,
            self.scans,
            self.projects,
            listed=lambda: None,
        )

    async def prepare(self) -> None:
        await self.objects.prepare()
        await self.scans.prepare()
        await self.store.transact(self._put_project)

    async def _put_project(self, session: Session) -> None:
        await self.projects.put(session, self.project)

    async def scan(self, steps: int = 10_000) -> Scan:
        """A whole scan, or only the first steps of one that fails then."""
        self.number += 1
        first = first_scan(self.project.id, "u1", datetime.now(UTC))
        refresh = first.refresh.model_copy(update={"id": f"{self.project.id}-{self.number}", "scan": self.number})
        await self.scans.add(Scan(refresh=refresh))
        for _ in range(steps):
            await self.listing.step()
            found = await self.scans.find(refresh.id)
            if found is not None and found.stage in (Stage.PROBING, Stage.OVER):
                break
        listed = await self.scans.find(refresh.id)
        assert listed is not None
        await self.scans.cancel(self.project.id, _ended)
        self.listing = self._listing()
        return listed

    async def present(self) -> dict[str, str]:
        return {found.key: found.etag async for found in self.objects.all_of(self.project.id)}


async def _ended(_: Session, scan: Scan) -> tuple[Scan, list[Entry]]:
    return endings.ended(scan, JobState.FAILED)


@pytest.fixture
async def scanner(settings: IngestSettings, prefix: str) -> AsyncIterator[Scanner]:
    store = Store(settings.model_copy(update={"database_prefix": prefix}), "ranges")
    scanner = Scanner(settings, store)
    await scanner.prepare()
    yield scanner
    await store.drop()
    await store.close()


def keys(numbers: Iterable[int]) -> dict[str, str]:
    return {f"{number:05d}.png": "etag" for number in numbers}


def changed(objects: dict[str, str], past: list[dict[str, str]], chance: random.Random) -> dict[str, str]:
    """What might become of a bucket."""
    after = dict(objects)
    match chance.choice(["nothing", "add", "run", "remove", "change", "back"]):
        case "add":
            after |= keys(chance.sample(range(2_000), 5))
        case "run":
            start = chance.randrange(2_000)
            after |= keys(range(start, start + chance.choice([1, 90])))
        case "remove":
            for key in chance.sample(sorted(after), len(after) // 10):
                del after[key]
        case "change":
            for key in chance.sample(sorted(after), min(3, len(after))):
                after[key] = f"etag{chance.randrange(1_000)}"
        case "back":
            after = dict(chance.choice(past))
    return dict(list(after.items())[:MOST])


@pytest.mark.parametrize("rounds", [25, pytest.param(600, marks=pytest.mark.proof)])
async def test_whatever_happened_is_found(scanner: Scanner, rounds: int) -> None:
    chance = random.Random(rounds)
    past = [keys(range(0, 2_000, 5))]
    scanner.bucket.objects = past[0]
    await scanner.scan()
    for _ in range(rounds):
        before = await scanner.present()
        scanner.bucket.objects = changed(scanner.bucket.objects, past, chance)
        past.append(scanner.bucket.objects)
        if chance.random() < 0.3:
            await scanner.scan(chance.randrange(2, 12))
            continue
        scan = await scanner.scan()
        assert scan.stage is Stage.PROBING
        now = scanner.bucket.objects
        assert await scanner.present() == now
        refresh = scan.refresh
        assert (refresh.listed, refresh.left_out) == (len(now), 0)
        assert refresh.missing == len(before.keys() - now.keys())


async def test_an_unchanged_bucket_costs_only_its_listing(scanner: Scanner) -> None:
    scanner.bucket.objects = keys(range(600))
    await scanner.scan()
    before = scanner.bucket.listings
    commands = await watched(scanner)
    assert scanner.bucket.listings - before <= 600 // PAGE * 3
    asked = [command for command in commands if command["op"] != "command"]  # which is the count of what there is
    assert sum(command.get("keysExamined", 0) + command.get("docsExamined", 0) for command in asked) <= 2, asked


async def test_new_keys_change_only_the_ranges_that_they_are_in(scanner: Scanner) -> None:
    scanner.bucket.objects = keys(range(0, 6_000, 10))
    await scanner.scan()
    scanner.bucket.objects = scanner.bucket.objects | keys([3_001])
    commands = await watched(scanner)
    read = sum(command.get("docsExamined", 0) for command in commands if command["op"] == "query")
    assert read <= 200, commands


async def watched(scanner: Scanner) -> list[Document]:
    """What MongoDB was asked about objects during a scan."""
    database = scanner.store["objects"].database
    await database.command("profile", 2)
    scan = await scanner.scan()
    await database.command("profile", 0)
    assert scan.stage is Stage.PROBING
    found: list[Document] = (
        await database["system.profile"].find({"ns": {"$regex": r"\.objects$"}}, sort=[("ts", 1)]).to_list(None)
    )
    return found


async def test_what_lies_beyond_the_limit_is_taken_when_there_is_room(scanner: Scanner) -> None:
    scanner.bucket.objects = keys(range(LIMIT + 100))
    scan = await scanner.scan()
    assert (scan.refresh.left_out, scan.refresh.full) == (100, True)
    scan = await scanner.scan()
    assert (scan.refresh.left_out, scan.refresh.found, scan.refresh.full) == (100, 0, True)


async def test_what_was_gone_when_it_was_probed_is_looked_at_again(scanner: Scanner) -> None:
    scanner.bucket.objects = keys(range(100))
    await scanner.scan()
    item = item_id(scanner.project.id, "00042.png")
    token, batch = await scanner.objects.claim(scanner.project.id, 1_000, 0)
    gone = next(each for each in batch if each.id == item)

    async def finish(session: Session) -> None:
        outcomes = [Outcome(each, ProbeState.GONE if each is gone else ProbeState.PROBED) for each in batch]
        await scanner.objects.finish(session, await scanner.objects.still_held(session, token, outcomes))

    await scanner.store.transact(finish)
    await scanner.scan()
    _, again = await scanner.objects.claim(scanner.project.id, 1_000, 0)
    assert [each.id for each in again] == [item]
