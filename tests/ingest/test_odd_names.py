import pytest

from services.contracts.ids import item_id
from services.contracts.projects import DataSource
from tests.ingest.harness import Ingest, World, picture

NAMES = [
    "with space.png",
    " lead and trail .png",
    "100%.png",
    "%2F.png",
    "%2e%2e/z.png",
    "a+b&c=d.png",
    "new\nline.png",
    "tab\t.png",
    "ctl\x01.png",
    "cat 🐈.png",
    "nfd-e\u0301.png",
    "nfc-\u00e9.png",
    "..png",
    "...png",
    "a..b/..c.png",
    "dir.png/inner.png",
    "q?x#y.png",
    "quote\"'<>.png",
    "*[a].png",
    "über/ß.PNG",
]


class TestOddNames:
    async def test_of_foreign_tools_are_listed_and_served(self, world: World, ingest: Ingest, prefix: str) -> None:
        sizes = {f"{prefix}/{name}": (10 + number, 7) for number, name in enumerate(NAMES)}
        for key, size in sizes.items():
            world.put(key, picture("PNG", size))
        project = await world.new_project(DataSource(datastore=world.settings.bucket, prefix=prefix))
        refresh = await world.ended(project.id)
        assert set(world.keys(project.id)) == sizes.keys()
        assert (refresh.found, refresh.unreadable) == (len(NAMES), 0)
        async with ingest.client() as client:
            for key, size in sizes.items():
                item = item_id(project.id, key)
                media = world.probed(project.id)[item].media
                assert media is not None
                assert (media.width, media.height) == size
                answer = await client.get("/internal/media", params={"item": item, "size": "full"})
                assert answer.content == picture("PNG", size), key

    @pytest.mark.parametrize("name", [name for name in NAMES if not set("\n\t\x01") & set(name)])
    async def test_uploads_come_back_under_the_same_name(
        self, world: World, ingest: Ingest, prefix: str, name: str
    ) -> None:
        key, content = f"{prefix}/{name}", picture()
        async with ingest.client() as client:
            url = f"/internal/datastores/{world.settings.bucket}/objects"
            answer = await client.put(url, params={"key": key}, content=content)
            assert (answer.status_code, answer.json()["key"], answer.json()["size"]) == (201, key, len(content))
            again = await client.put(url, params={"key": key}, content=content)
            assert (again.status_code, again.json()["code"]) == (409, "exists")
            over = await client.put(url, params={"key": key, "overwrite": "true"}, content=content)
            assert over.status_code == 201
        listed = world.s3.list_objects(world.settings.bucket, f"{prefix}/", recursive=True)
        assert [found.object_name for found in listed] == [key]
