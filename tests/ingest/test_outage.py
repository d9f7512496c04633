"""The object storage goes away in the middle of a scan: for a while, or for good."""

from collections.abc import Callable

from minio.deleteobjects import DeleteObject

from deploy.local.stack import Stack
from services.contracts.exports import JobState
from services.contracts.projects import DataSource
from services.ingest.settings import IngestSettings
from tests.ingest.harness import Ingest, id_of, picture, world_of
from tests.support.faulty_store import Fault, every, faulty_store

FILES = 120


class TestOutage:
    async def test_a_bucket_that_vanishes_fails_the_refresh(
        self, own_settings: IngestSettings, start: Callable[..., Ingest], prefix: str
    ) -> None:
        settings = own_settings.model_copy(update={"ingest_page_keys": 1})
        process = start(settings).wait_ready()
        bucket = f"{prefix}bucket"
        keys = [f"{number:03d}.png" for number in range(FILES)]
        async with world_of(settings) as world:
            world.s3.make_bucket(bucket)
            world.put_all(keys, bucket)
            project = await world.new_project(DataSource(datastore=bucket))
            await world.until(lambda: world.keys(project.id))
            process.pause()
            assert not list(world.s3.remove_objects(bucket, map(DeleteObject, keys)))
            world.s3.remove_bucket(bucket)
            process.resume()
            refresh = await world.ended(project.id)
            assert refresh.state is JobState.FAILED
            assert [message.code for message in refresh.messages if not message.key] == ["bucket_missing"]
            assert not world.missing(project.id, 1)
            world.s3.make_bucket(bucket)
            world.put_all(keys, bucket)
            await world.request_refresh(project.id, 2)
            refresh = await world.ended(project.id, 2)
            assert refresh.state is JobState.SUCCEEDED
            assert sorted(world.keys(project.id) + world.keys(project.id, 2)) == keys
            assert len(world.probed(project.id, 1) | world.probed(project.id, 2)) == FILES

    async def test_an_outage_is_told_and_waited_for(
        self, stack: Stack, own_settings: IngestSettings, start: Callable[..., Ingest], prefix: str
    ) -> None:
        settings = own_settings.model_copy(update={"ingest_page_keys": 1})
        start(settings).wait_ready()
        async with world_of(settings) as world:
            keys = [f"{prefix}/{number:03d}.png" for number in range(FILES)]
            world.put_all(keys)
            project = await world.new_project(DataSource(datastore=settings.bucket, prefix=prefix))
            await world.until(lambda: world.keys(project.id))
            stack.s3_process.kill9()
            await world.until(lambda: "store_unavailable" in world.codes(project.id))
            stack.s3_process.start()
            refresh = await world.ended(project.id)
            assert refresh.state is JobState.SUCCEEDED
            assert sorted(world.keys(project.id)) == keys
            assert refresh.probed == FILES

    async def test_a_store_that_fails_each_tenth_request_loses_and_doubles_nothing(
        self, own_settings: IngestSettings, start: Callable[..., Ingest], prefix: str
    ) -> None:
        settings = own_settings.model_copy(update={"ingest_page_keys": 10, "ingest_probe_batch": 20})
        keys = [f"{prefix}/{number:03d}.png" for number in range(FILES)]
        with faulty_store(settings.s3_url, every(10, Fault(503, "SlowDown"))) as ill:
            start(settings.model_copy(update={"s3_url": ill.url})).wait_ready()
            async with world_of(settings) as world:
                world.put_all(keys)
                project = await world.new_project(DataSource(datastore=settings.bucket, prefix=prefix))
                first = await world.ended(project.id)
                assert (first.state, first.found, first.listed, first.missing) == (JobState.SUCCEEDED, FILES, FILES, 0)
                assert sorted(world.keys(project.id)) == keys
                assert len(world.probed(project.id)) == FILES
                world.remove(keys[7])
                world.put(f"{prefix}/new.png", picture())
                await world.request_refresh(project.id, 2)
                second = await world.ended(project.id, 2)
                assert (second.state, second.found, second.missing) == (JobState.SUCCEEDED, 1, 1)
                assert world.keys(project.id, 2) == [f"{prefix}/new.png"]
                assert world.missing(project.id, 2) == id_of(project, [keys[7]])
        assert ill.faults > FILES // 20
