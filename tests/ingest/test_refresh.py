import pytest

from services.contracts.exports import JobState
from services.contracts.ids import item_id
from services.contracts.items import ItemsDiscovered
from services.contracts.projects import DataSource, Project, RunState
from tests.ingest.harness import Ingest, World, id_of, picture


@pytest.fixture
async def project(world: World, prefix: str) -> Project:
    """A scanned project of three pictures."""
    for name in "abc":
        world.put(f"{prefix}/{name}.png", picture())
    project = await world.new_project(DataSource(datastore=world.settings.bucket, prefix=prefix))
    await world.ended(project.id)
    return project


class TestRefresh:
    async def test_finds_new_files_and_only_those(self, world: World, project: Project, prefix: str) -> None:
        world.put(f"{prefix}/0.png", picture())
        world.put(f"{prefix}/bb.png", picture())
        await world.request_refresh(project.id, 2)
        refresh = await world.ended(project.id, 2)
        new = [f"{prefix}/0.png", f"{prefix}/bb.png"]
        assert sorted(world.keys(project.id, 2)) == new
        assert world.probed(project.id, 2).keys() == id_of(project, new)
        assert (refresh.listed, refresh.found, refresh.changed, refresh.missing) == (5, 2, 0, 0)
        assert [e.source.scan for c in world.events(ItemsDiscovered, project.id) for e in c.items] == [1] * 3 + [2] * 2

    async def test_nothing_new(self, world: World, project: Project) -> None:
        await world.request_refresh(project.id, 2)
        refresh = await world.ended(project.id, 2)
        assert (refresh.state, refresh.found, world.finished(project.id, 2).chunks) == (JobState.SUCCEEDED, 0, 0)

    async def test_missing_changed_and_back(self, world: World, project: Project, prefix: str) -> None:
        world.remove(f"{prefix}/a.png")
        world.put(f"{prefix}/b.png", picture("PNG", (64, 48)))
        await world.request_refresh(project.id, 2)
        refresh = await world.ended(project.id, 2)
        assert world.missing(project.id, 2) == id_of(project, [f"{prefix}/a.png"])
        assert world.keys(project.id, 2) == [f"{prefix}/b.png"]
        media = world.probed(project.id, 2)[item_id(project.id, f"{prefix}/b.png")].media
        assert media is not None
        assert (media.width, media.height) == (64, 48)
        assert (refresh.changed, refresh.missing, world.finished(project.id, 2).chunks) == (1, 1, 2)
        assert {m.code: m.key for m in refresh.messages} == {
            "object_missing": f"{prefix}/a.png",
            "object_changed": f"{prefix}/b.png",
        }
        world.put(f"{prefix}/a.png", picture())
        await world.request_refresh(project.id, 3)
        refresh = await world.ended(project.id, 3)
        assert (refresh.found, refresh.changed, refresh.missing) == (0, 0, 0)
        assert world.keys(project.id, 3) == [f"{prefix}/a.png"]

    async def test_requests_wait_for_one_another(self, world: World, project: Project) -> None:
        for scan in (2, 3, 2):
            await world.request_refresh(project.id, scan)
        second, third = await world.ended(project.id, 2), await world.ended(project.id, 3)
        assert second.finished_at is not None
        assert third.started_at is not None
        assert second.finished_at <= third.started_at
        versions = [refresh.version for refresh in world.refreshes(project.id, 2) if refresh.version > 1]
        assert versions == list(range(2, len(versions) + 2))

    async def test_a_request_may_come_before_its_project(self, world: World, prefix: str) -> None:
        world.put(f"{prefix}/a.png", picture())
        project = world.project(DataSource(datastore=world.settings.bucket, prefix=prefix))
        await world.request_refresh(project.id, 1)
        await world.publish(project, project.id)
        assert (await world.ended(project.id)).found == 1

    async def test_of_a_bucket_that_vanished(self, world: World, prefix: str) -> None:
        bucket = f"{prefix}bucket"
        world.s3.make_bucket(bucket)
        world.put("a.png", picture(), bucket)
        project = await world.new_project(DataSource(datastore=bucket))
        await world.ended(project.id)
        world.remove("a.png", bucket)
        world.s3.remove_bucket(bucket)
        await world.request_refresh(project.id, 2)
        refresh = await world.ended(project.id, 2)
        assert refresh.state is JobState.FAILED
        assert [(m.code, bucket in m.text) for m in refresh.messages] == [("bucket_missing", True)]
        world.s3.make_bucket(bucket)
        world.put("a.png", picture(), bucket)
        world.put("b.png", picture(), bucket)
        await world.request_refresh(project.id, 3)
        refresh = await world.ended(project.id, 3)
        assert (refresh.state, world.keys(project.id, 3)) == (JobState.SUCCEEDED, ["b.png"])


class TestDelete:
    async def test_forgets_the_project_and_leaves_the_source(
        self, world: World, ingest: Ingest, project: Project, prefix: str
    ) -> None:
        item = item_id(project.id, f"{prefix}/large.png")
        world.put(f"{prefix}/large.png", picture("PNG", (900, 700)))
        await world.request_refresh(project.id, 2)
        await world.ended(project.id, 2)
        folder = f"Labelbus/previews/{project.id}/"
        async with ingest.client() as client:
            await client.get("/internal/media", params={"item": item, "size": "thumbnail"})
            assert list(world.s3.list_objects(world.settings.bucket, folder, recursive=True))
            assert (await client.get(f"/internal/projects/{project.id}/purged")).json() == {"purged": False}
            gone = project.model_copy(update={"version": 2, "run_state": RunState.DELETING})
            await world.publish(gone, project.id)
            async with world.deadline():
                while not (await client.get(f"/internal/projects/{project.id}/purged")).json()["purged"]:
                    await world.poll()
            assert (await client.get("/internal/media", params={"item": item})).status_code == 404
        assert not list(world.s3.list_objects(world.settings.bucket, folder, recursive=True))
        assert len(list(world.s3.list_objects(world.settings.bucket, f"{prefix}/"))) == 4
        await world.request_refresh(project.id, 3)
        assert (await world.ended(project.id, 3)).state is JobState.CANCELED
