"""A store that is ill in the middle of a table or a manifest: told, gone on with, and no row twice or missing."""

import io
from collections.abc import Callable

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from services.contracts.exports import JobState
from services.contracts.items import DiscoveredItem, ItemsDiscovered
from services.contracts.projects import DataSource, SourceKind, TableSettings, TaskType
from services.ingest.settings import IngestSettings
from tests.ingest.harness import Ingest, World, world_of
from tests.ingest.tables import cells_of, ended, source_of, written
from tests.ingest.test_manifests import lines
from tests.support.faulty_store import Fault, FaultyStore, faulty_store

ROWS = 200
PICTURES = 40
WRONG_KEYS = Fault(403, "InvalidAccessKeyId")
NO_BUCKET = Fault(404, "NoSuchBucket")


class Middle:
    """From a request on that `is_it` the bucket is `then`; that one itself gets `first`."""

    def __init__(self, bucket: str, is_it: Callable[[str, str], bool], then: Fault, first: Fault | None = None) -> None:
        self._bucket, self._is_it, self._then, self._first = bucket, is_it, then, first or then
        self.reached = False

    def __call__(self, _number: int, method: str, path: str) -> Fault | None:
        if self.reached:
            return self._then if path.startswith(f"/{self._bucket}") else None
        self.reached = self._is_it(method, path)
        return self._first if self.reached else None


class Nth:
    """The n-th GET of an object."""

    def __init__(self, name: str, n: int) -> None:
        self._name, self._left = name, n

    def __call__(self, method: str, path: str) -> bool:
        self._left -= method == "GET" and self._name in path
        return not self._left


def healthy(_number: int, _method: str, _path: str) -> None:
    """Nothing is wrong."""


def ills(seconds: float) -> Callable[[int, str, str], Fault | None]:
    """Each tenth request fails, some lose half of the answer or all of it, all others take `seconds` more."""

    def choice(number: int, method: str, _path: str) -> Fault | None:
        if not number % 10:
            return Fault(503, "SlowDown")
        if not number % 41:
            return Fault(cut=True) if method == "GET" else Fault()
        return Fault(slow_s=seconds) if seconds else None

    return choice


def put_tables(world: World, bucket: str, rows: int, folder: str = "") -> None:
    """`rows` of 12 kB in a CSV, and as many in a Parquet file of row groups of 20."""
    texts = [f"row {number}\n{'x' * 12_000}" for number in range(2 * rows)]
    world.put(f"{folder}a.csv", written([("id", "text"), *enumerate(texts[:rows])]).encode(), bucket)
    content = io.BytesIO()
    table = pa.table({"id": list(range(rows, 2 * rows)), "text": texts[rows:]})
    pq.write_table(table, content, row_group_size=20, compression=None)
    world.put(f"{folder}b.parquet", content.getvalue(), bucket)


async def told(world: World, project: str, *scans: int, rows: int) -> None:
    """The scans told of each row once."""

    def found() -> list[DiscoveredItem]:
        events = {(event.scan, event.index): event for event in world.events(ItemsDiscovered, project)}
        return [item for (scan, _), event in events.items() if scan in scans for item in event.items]

    await world.until(lambda: len(found()) >= rows)
    numbers = [cells_of(world, project, item)["id"] for item in found()]
    assert sorted(numbers, key=int) == [str(number) for number in range(rows)]


async def new_table(world: World, store: str) -> str:
    settings = TableSettings(header=True, columns=["text"])
    source = DataSource(datastore=store, kind=SourceKind.TABLE, table=settings)
    return (await world.new_project(source, task_type=TaskType.TEXT_MULTI_CLASS)).id


class TestIllStore:
    @pytest.mark.timeout(1_800)
    @pytest.mark.parametrize(("rows", "seconds"), [(ROWS, 0), pytest.param(6_000, 0.1, marks=pytest.mark.proof)])
    async def test_faults_now_and_then_double_and_lose_no_row(
        self, world: World, faulty: FaultyStore, store: str, bucket: str, rows: int, seconds: float
    ) -> None:
        put_tables(world, bucket, rows)
        names = [f"{number}.png" for number in range(rows // 4)]
        world.put_all(names, bucket)
        world.put("m.jsonl", lines(*({"image_url": name} for name in names)), bucket)
        faulty.choice = ills(seconds)
        table = await new_table(world, store)
        refresh = await ended(world, table, seconds=900)
        assert (refresh.state, refresh.found) == (JobState.SUCCEEDED, 2 * rows)
        await told(world, table, 1, rows=2 * rows)
        manifest = await world.new_project(
            DataSource(datastore=store, kind=SourceKind.MANIFEST, pattern="*.jsonl"),
        )
        refresh = await world.ended(manifest.id, seconds=900)
        assert (refresh.state, refresh.found, refresh.missing) == (JobState.SUCCEEDED, len(names), 0)
        assert sorted(world.keys(manifest.id)) == sorted(names)
        assert faulty.faults > len(names) // 20

    async def test_a_table_is_read_on_after_the_keys_were_wrong_and_the_bucket_gone(
        self, world: World, faulty: FaultyStore, store: str, bucket: str
    ) -> None:
        put_tables(world, bucket, ROWS)
        faulty.choice = Middle(bucket, Nth("a.csv", 2), WRONG_KEYS, Fault(cut=True))
        table = await new_table(world, store)
        first = await ended(world, table)
        assert (first.state, first.messages[-1].code) == (JobState.FAILED, "access_denied")
        assert "access key is not known" in first.messages[-1].text
        faulty.choice = Middle(bucket, Nth("b.parquet", 12), NO_BUCKET)
        await world.request_refresh(table, 2)
        second = await ended(world, table, 2)
        assert (second.state, [message.code for message in second.messages]) == (JobState.FAILED, ["bucket_missing"])
        faulty.choice = healthy
        await world.request_refresh(table, 3)
        third = await ended(world, table, 3)
        assert (third.state, third.messages) == (JobState.SUCCEEDED, [])
        found = [refresh.found for refresh in (first, second, third)]
        assert all(found)
        assert sum(found) == 2 * ROWS
        await told(world, table, 1, 2, 3, rows=2 * ROWS)

    async def test_no_object_of_a_manifest_is_missing_while_the_store_is_closed(
        self, world: World, faulty: FaultyStore, store: str, bucket: str
    ) -> None:
        world.put_all([f"{number}.png" for number in range(PICTURES)], bucket)
        world.put("m.jsonl", lines(*({"image_url": f"{number}.png"} for number in range(PICTURES))), bucket)
        project = await world.new_project(DataSource(datastore=store, kind=SourceKind.MANIFEST))
        assert (await world.ended(project.id)).probed == PICTURES
        for scan, fault, code in ((2, WRONG_KEYS, "access_denied"), (3, NO_BUCKET, "bucket_missing")):
            faulty.choice = Middle(bucket, lambda method, path: method == "HEAD" and path.endswith("7.png"), fault)
            await world.request_refresh(project.id, scan)
            refresh = await world.ended(project.id, scan)
            assert (refresh.state, refresh.missing) == (JobState.FAILED, 0)
            assert refresh.messages[-1].code == code
        faulty.choice = healthy
        await world.request_refresh(project.id, 4)
        last = await world.ended(project.id, 4)
        assert (last.state, last.found, last.missing, last.messages) == (JobState.SUCCEEDED, 0, 0, [])
        assert not [item for scan in (2, 3, 4) for item in world.missing(project.id, scan)]

    @pytest.mark.proof
    @pytest.mark.timeout(600)
    async def test_chunks_that_our_own_store_does_not_take_are_written_when_it_does(
        self, own_settings: IngestSettings, start: Callable[..., Ingest], prefix: str
    ) -> None:
        settings = own_settings.model_copy(update={"ingest_chunk_rows": 7})
        refused = iter([Fault(403, "AccessDenied")] * 3 + [NO_BUCKET] * 3)

        def choice(number: int, method: str, path: str) -> Fault | None:
            ill = next(refused, None) if method == "PUT" and "Labelbus/tables/" in path else None
            return ill or ills(0)(number, method, path)

        with faulty_store(settings.s3_url, choice) as proxy:
            start(settings.model_copy(update={"s3_url": proxy.url})).wait_ready()
            async with world_of(settings) as world:
                put_tables(world, settings.bucket, ROWS, f"{prefix}/")
                source = source_of(world, prefix, TableSettings(header=True, columns=["text"]))
                project = await world.new_project(source, task_type=TaskType.TEXT_MULTI_CLASS)
                refresh = await ended(world, project.id, seconds=300)
                assert (refresh.state, refresh.found) == (JobState.SUCCEEDED, 2 * ROWS)
                assert [message.code for message in refresh.messages] == ["store_unavailable"]
                await told(world, project.id, 1, rows=2 * ROWS)
