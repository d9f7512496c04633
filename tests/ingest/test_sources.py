import pytest

from tests.ingest.harness import Ingest, World, picture


class TestCheck:
    async def test_tells_what_is_there(self, world: World, ingest: Ingest, prefix: str) -> None:
        for name in ("a.png", "b.PNG", "sub/c.jpg", "d.txt", "e"):
            world.put(f"{prefix}/{name}", picture())
        async with ingest.client() as client:
            answer = await client.post("/internal/check", json={"datastore": world.settings.bucket, "prefix": prefix})
        found = answer.json()
        assert (found["looked"], found["complete"], found["matching"], found["problem"]) == (5, True, 3, "")
        assert found["by_extension"] == {"png": 2, "jpg": 1, "txt": 1, "": 1}
        assert f"{prefix}/a.png" in found["samples"]

    @pytest.mark.parametrize(
        ("source", "field", "problem"),
        [
            ({"datastore": "no-such-bucket"}, "datastore", "no data store 'no-such-bucket'"),
            ({"datastore": "Not A Bucket"}, "datastore", "no data store 'Not A Bucket'"),
            ({"prefix": "no-such-folder"}, "prefix", "nothing in the folder 'no-such-folder/'"),
            ({"pattern": ""}, "pattern", "must not be empty"),
            ({"pattern": "/a"}, "pattern", "must not start with a slash"),
            ({"pattern": "a/[z-a"}, "pattern", "has a [ without its ]"),
            ({"pattern": "[!z-a].png"}, "pattern", "range that goes backwards"),
            ({"prefix": "{prefix}", "pattern": "*.bmp"}, "pattern", "Extensions there: 1 .txt"),
        ],
    )
    async def test_problems_name_the_field(
        self, world: World, ingest: Ingest, prefix: str, source: dict[str, str], field: str, problem: str
    ) -> None:
        world.put(f"{prefix}/a.txt", b"text")
        asked = {"datastore": world.settings.bucket} | {n: v.replace("{prefix}", prefix) for n, v in source.items()}
        async with ingest.client() as client:
            answer = await client.post("/internal/check", json=asked)
        assert answer.status_code == 200
        assert answer.json()["field"] == field
        assert problem in answer.json()["problem"]

    async def test_a_request_that_is_none(self, ingest: Ingest) -> None:
        async with ingest.client() as client:
            for body, status in (("{", 400), ("{}", 422), ('{"datastore": 5}', 422)):
                answer = await client.post(
                    "/internal/check", content=body, headers={"Content-Type": "application/json"}
                )
                assert answer.status_code == status

    async def test_datastores(self, world: World, ingest: Ingest, prefix: str) -> None:
        other = f"{prefix}other"
        world.s3.make_bucket(other)
        async with ingest.client() as client:
            answer = await client.get("/internal/datastores")
        first, *rest = answer.json()
        assert (first["name"], first["default"], first["registered"]) == (world.settings.bucket, True, False)
        assert (other, False) in [(store["name"], store["default"]) for store in rest]
