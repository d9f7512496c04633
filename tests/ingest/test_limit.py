from collections.abc import Callable

from services.contracts.items import ItemsDiscovered
from services.contracts.projects import DataSource
from services.ingest.settings import IngestSettings
from tests.ingest.harness import Ingest, picture, world_of


class TestLimit:
    async def test_the_first_in_listing_order_are_taken(
        self, own_settings: IngestSettings, start: Callable[..., Ingest], prefix: str
    ) -> None:
        settings = own_settings.model_copy(update={"ingest_item_limit": 7, "ingest_page_keys": 3})
        start(settings).wait_ready()
        async with world_of(settings) as world:
            for number in range(10):
                world.put(f"{prefix}/{number}.png", picture())
            project = await world.new_project(DataSource(datastore=settings.bucket, prefix=prefix))
            refresh = await world.ended(project.id)
            assert world.keys(project.id) == [f"{prefix}/{number}.png" for number in range(7)]
            assert len(world.events(ItemsDiscovered, project.id)) == world.finished(project.id).chunks == 3
            assert (refresh.found, refresh.left_out, world.finished(project.id).left_out) == (7, 3, 3)
            assert [m.text for m in refresh.messages] == [
                "3 matching files were left out: a project holds at most 7 items."
            ]
            world.remove(f"{prefix}/0.png")
            world.put(f"{prefix}/00.png", picture())
            await world.request_refresh(project.id, 2)
            refresh = await world.ended(project.id, 2)
            assert (refresh.found, refresh.missing, refresh.left_out, refresh.full) == (0, 1, 4, True)
