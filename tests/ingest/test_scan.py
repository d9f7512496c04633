import pytest

from services.contracts.exports import JobState
from services.contracts.projects import DataSource
from tests.ingest.harness import World, id_of, picture


class TestScan:
    async def test_finds_probes_and_ends(self, world: World, prefix: str) -> None:
        for name in ("a.png", "sub/b.JPG", "c.txt", "d.dcm.gz", "sub/deep/e.tiff"):
            kind = {"png": "PNG", "jpg": "JPEG", "tiff": "TIFF"}.get(name.rpartition(".")[2].lower(), "PNG")
            world.put(f"{prefix}/{name}", picture(kind))
        project = await world.new_project(DataSource(datastore=world.settings.bucket, prefix=prefix))
        refresh = await world.ended(project.id)
        assert refresh.state is JobState.SUCCEEDED
        found = [f"{prefix}/{name}" for name in ("a.png", "sub/b.JPG", "sub/deep/e.tiff")]
        assert sorted(world.keys(project.id)) == sorted(found)
        assert (refresh.listed, refresh.found, refresh.probed, refresh.unreadable) == (5, 3, 3, 0)
        assert world.finished(project.id).chunks == 1
        probed = world.probed(project.id)
        assert probed.keys() == id_of(project, found)
        assert all((p.media.width, p.media.height) == (30, 20) for p in probed.values() if p.media)
        assert refresh.messages == []

    async def test_an_event_that_comes_again_starts_no_second_scan(self, world: World, prefix: str) -> None:
        world.put(f"{prefix}/a.png", picture())
        project = await world.new_project(DataSource(datastore=world.settings.bucket, prefix=prefix))
        await world.ended(project.id)
        await world.publish(project, project.id)
        await world.publish(project.model_copy(update={"version": 2}), project.id)
        await world.request_refresh(project.id, 2)
        await world.ended(project.id, 2)
        assert [refresh.version for refresh in world.refreshes(project.id, 1)] == [1, 2, 3, 4]
        assert len(world.keys(project.id)) == 1

    @pytest.mark.parametrize(
        ("pattern", "expected"),
        [
            ("**", {"a.png", "x/b.png", "x/y/c.jpg"}),
            ("*", {"a.png"}),
            ("**/*.*", {"a.png", "x/b.png", "x/y/c.jpg"}),
            ("**/*.png", {"a.png", "x/b.png"}),
            ("x/*", {"x/b.png"}),
            ("x/**", {"x/b.png", "x/y/c.jpg"}),
        ],
    )
    async def test_patterns(self, world: World, prefix: str, pattern: str, expected: set[str]) -> None:
        for name in ("a.png", "x/b.png", "x/y/c.jpg"):
            world.put(f"{prefix}/{name}", picture("PNG"))
        source = DataSource(datastore=world.settings.bucket, prefix=f"{prefix}/", pattern=pattern)
        project = await world.new_project(source)
        await world.ended(project.id)
        assert {key.removeprefix(f"{prefix}/") for key in world.keys(project.id)} == expected
