"""Registered data stores behind a storage that is ill now and then, and data sets in them."""

import base64
import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest
from pydantic import SecretStr

from services.contracts.exports import JobState
from services.contracts.projects import DataSource
from services.ingest.datastores.endpoints import AllowedHosts, WrongEndpointError, clean
from services.ingest.datastores.service import Registry
from services.ingest.datastores.store import DatastoreStore
from services.ingest.sources.service import Sources
from services.kit.credentials import Cipher
from services.kit.datastores import Datastores
from services.kit.store import Store
from tests.ingest.harness import Ingest, World
from tests.ingest.stores import registration
from tests.support.faulty_store import Fault, FaultyStore, every, faulty_store

FILES = 120


def slow_clock() -> Fault:
    """What a store says whose clock is three hours behind ours."""
    now = format_datetime(datetime.now(UTC) - timedelta(hours=3), usegmt=True)
    return Fault(403, "RequestTimeTooSkewed", now)


class TestScans:
    async def test_a_store_that_fails_at_every_tenth_request_loses_nothing(
        self, world: World, faulty: FaultyStore, store: str, bucket: str
    ) -> None:
        keys = [f"{number:03d}.png" for number in range(FILES)]
        world.put_all(keys, bucket)
        faulty.choice = every(10, Fault(503, "SlowDown"))
        project = await world.new_project(DataSource(datastore=store))
        refresh = await world.ended(project.id)
        assert (refresh.state, refresh.probed) == (JobState.SUCCEEDED, FILES)
        assert sorted(world.keys(project.id)) == keys
        assert faulty.faults > FILES / 20

    async def test_a_store_that_is_gone_in_the_middle_is_told_and_waited_for(
        self, world: World, faulty: FaultyStore, store: str, bucket: str
    ) -> None:
        world.put_all(["a.png", "b.png"], bucket)
        faulty.choice = lambda _number, _method, _path: Fault(0)
        project = await world.new_project(DataSource(datastore=store))
        await world.until(lambda: "store_unavailable" in world.codes(project.id))
        message = world.refreshes(project.id, 1)[-1].messages[0].text
        assert "The connection was closed" in message
        faulty.choice = lambda _number, _method, _path: None
        assert (await world.ended(project.id)).state is JobState.SUCCEEDED
        assert sorted(world.keys(project.id)) == ["a.png", "b.png"]

    async def test_a_wrong_clock_is_told(self, world: World, faulty: FaultyStore, store: str) -> None:
        faulty.choice = lambda _number, _method, _path: slow_clock()
        project = await world.new_project(DataSource(datastore=store))
        await world.until(lambda: "store_unavailable" in world.codes(project.id))
        assert "apart by 3:0" in world.refreshes(project.id, 1)[-1].messages[0].text

    async def test_a_store_that_is_away_holds_up_nobody_else(
        self, world: World, faulty: FaultyStore, store: str, prefix: str
    ) -> None:
        faulty.choice = lambda _number, _method, _path: Fault(0)
        away = await world.new_project(DataSource(datastore=store))
        await world.until(lambda: "store_unavailable" in world.codes(away.id))
        world.put_all([f"{prefix}/a.png"])
        project = await world.new_project(DataSource(datastore=world.settings.bucket, prefix=prefix))
        assert (await world.ended(project.id, seconds=15)).state is JobState.SUCCEEDED

    async def test_keys_that_were_taken_away_fail_the_refresh(
        self, world: World, faulty: FaultyStore, store: str
    ) -> None:
        faulty.choice = lambda _number, _method, _path: Fault(403, "InvalidAccessKeyId")
        project = await world.new_project(DataSource(datastore=store))
        refresh = await world.ended(project.id)
        assert refresh.state is JobState.FAILED
        assert [message.text for message in refresh.messages] == [
            f"The data store {store} can't be listed: the access key is not known there."
        ]


class TestConnection:
    async def test_a_wrong_clock_is_told(
        self, world: World, client: httpx.AsyncClient, faulty: FaultyStore, bucket: str
    ) -> None:
        faulty.choice = lambda _number, _method, _path: slow_clock()
        answer = await client.post("/internal/datastores/-/test", json=registration(world, faulty, bucket))
        found = answer.json()
        assert (found["ok"], found["field"]) == (False, "endpoint")
        assert "apart by 3:0" in found["problem"]
        states = {check["name"]: check["passed"] for check in found["checks"]}
        assert (states["connect"], states["credentials"], states["list"]) == (True, False, None)

    async def test_a_store_that_is_away_says_so_to_who_looks_into_it(
        self, client: httpx.AsyncClient, faulty: FaultyStore, store: str
    ) -> None:
        faulty.choice = lambda _number, _method, _path: Fault(503, "SlowDown")
        answer = await client.get(f"/internal/datastores/{store}/folder")
        problem = answer.json()
        assert (answer.status_code, problem["code"], problem["retryable"]) == (503, "datastore_unavailable", True)
        assert "HTTP 5xx" in problem["detail"]
        found = (await client.post("/internal/check", json={"datastore": store})).json()
        assert (found["field"], "HTTP 5xx" in found["problem"]) == ("datastore", True)

    async def test_nobody_is_led_to_another_address(
        self, world: World, client: httpx.AsyncClient, faulty: FaultyStore, bucket: str
    ) -> None:
        with faulty_store(world.settings.s3_url) as inside:
            faulty.choice = lambda _number, _method, path: Fault(307, "TemporaryRedirect", location=inside.url + path)
            answer = await client.post("/internal/datastores", json=registration(world, faulty, bucket))
            assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, "region")
            assert inside.requests == 0

    async def test_what_a_foreign_server_says_is_not_shown(
        self, world: World, ingest: Ingest, client: httpx.AsyncClient, faulty: FaultyStore, bucket: str
    ) -> None:
        body = registration(world, faulty, bucket) | {"endpoint": ingest.url}
        problem = (await client.post("/internal/datastores", json=body)).json()
        assert problem["detail"] == "What answers there is no S3 storage."

    async def test_a_bucket_for_everybody_needs_no_keys(
        self, world: World, client: httpx.AsyncClient, faulty: FaultyStore, bucket: str
    ) -> None:
        world.put("a.png", b"1", bucket)
        body = registration(world, faulty, bucket) | {"access_key": "", "secret_key": "", "read_only": True}
        refused = (await client.post("/internal/datastores", json=body)).json()
        assert "s3:ListBucket" in refused["detail"]
        everybody = {"Effect": "Allow", "Principal": "*", "Action": ["s3:ListBucket", "s3:GetObject"]}
        arns = [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]
        policy = {"Version": "2012-10-17", "Statement": [everybody | {"Resource": arns}]}
        world.s3.set_bucket_policy(bucket, json.dumps(policy))
        made = (await client.post("/internal/datastores", json=body)).json()
        assert (made["registered"], made["credentials"]) == (True, False)

    async def test_keys_are_encrypted_anew_with_a_new_key(self, world: World, store: str) -> None:
        former = world.settings.datastore_key.get_secret_value()
        newest = SecretStr(f"{base64.b64encode(b'n' * 32).decode()},{former}")
        settings = world.settings.model_copy(update={"datastore_key": newest})
        database = Store(settings, "ingest")
        datastores, cipher = Datastores(settings, database), Cipher(newest)
        sources, rows = Sources(datastores, settings.bucket), DatastoreStore(database)
        before = await rows.find(store)
        await Registry(rows, datastores, sources, cipher, AllowedHosts("*")).prepare()
        after = await rows.find(store)
        assert before is not None
        assert after is not None
        assert (cipher.is_old(before.sealed), cipher.is_old(after.sealed)) == (True, False)
        assert cipher.open(store, after.sealed).access_key == world.settings.s3_access_key
        await rows.reseal(store, after.registered.version, before.sealed)  # the process of all tests has the former key
        datastores.close()
        await database.close()

    async def test_keys_are_encrypted_at_rest(self, world: World, store: str) -> None:
        database = Store(world.settings, "ingest")
        found = await database["datastores"].find_one({"_id": store})
        await database.close()
        assert world.settings.s3_secret_key.get_secret_value() not in str(found)
        assert world.settings.s3_access_key not in str(found)


class TestDatasets:
    async def test_a_count_goes_through_faults_and_is_published(
        self, world: World, client: httpx.AsyncClient, faulty: FaultyStore, store: str, bucket: str
    ) -> None:
        for key in ("in/a.png", "in/sub/b.PNG", "in/c.txt", "in/none", "out.png"):
            world.put(key, b"12345", bucket)
        faulty.choice = every(3, Fault(503, "SlowDown"))
        body = {"name": f"Set {store}", "source": {"datastore": store, "prefix": "in"}}
        made = (await client.post("/internal/datasets", json=body)).json()["dataset"]
        told = await world.until(lambda: [each for each in world.datasets(made["id"]) if each.counted_at])
        assert (told[-1].count, told[-1].bytes, told[-1].problem) == (4, 20, "")
        assert told[-1].by_extension == {"png": 2, "txt": 1, "": 1}
        assert [each.revision for each in world.datasets(made["id"])] == [1, 2]

    async def test_what_keeps_it_from_being_counted_is_told_and_may_be_repaired(
        self, world: World, client: httpx.AsyncClient, faulty: FaultyStore, store: str, bucket: str
    ) -> None:
        world.put("a.png", b"1", bucket)
        body = {"name": f"Set {store}", "source": {"datastore": store}}
        listed = faulty.requests + 1  # the look before it is made
        faulty.choice = lambda number, _method, _path: None if number == listed else Fault(403, "AccessDenied")
        made = (await client.post("/internal/datasets", json=body)).json()["dataset"]
        told = await world.until(lambda: [each for each in world.datasets(made["id"]) if each.problem])
        assert "s3:ListBucket" in told[-1].problem
        faulty.choice = lambda _number, _method, _path: None
        await client.post(f"/internal/datasets/{made['id']}/versions/1/count")
        told = await world.until(lambda: [each for each in world.datasets(made["id"]) if each.counted_at])
        assert (told[-1].count, told[-1].problem) == (1, "")

    @pytest.mark.parametrize(
        ("source", "field"),
        [
            ({"datastore": "there-is-none"}, "source.datastore"),
            ({"datastore": "labelbus", "pattern": "/a"}, "source.pattern"),
        ],
    )
    async def test_a_wrong_place_is_refused(
        self, client: httpx.AsyncClient, source: dict[str, str], field: str
    ) -> None:
        answer = await client.post("/internal/datasets", json={"name": "None", "source": source})
        assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, field)


class TestHosts:
    @pytest.mark.parametrize(
        ("text", "address"),
        [
            ("https://S3.Example.org/", "https://s3.example.org"),
            (" http://10.0.0.1:9000 ", "http://10.0.0.1:9000"),
            ("http://[::1]:80", "http://[::1]:80"),
        ],
    )
    def test_an_address_is_kept_without_what_it_does_not_need(self, text: str, address: str) -> None:
        assert clean(text) == address

    @pytest.mark.parametrize(
        "text",
        [
            *("", "s3.example.org", "ftp://s3.example.org", "file:///etc/passwd", "http://", "http://a b"),
            *("http://host:99999", "http://host/bucket", "http://host?x=1", "http://key:secret@host", "http://host:0"),
        ],
    )
    def test_what_is_no_address_is_refused(self, text: str) -> None:
        with pytest.raises(WrongEndpointError):
            clean(text)

    async def test_only_allowed_hosts_are_called(self) -> None:
        hosts = AllowedHosts("*.example.org, 127.0.0.1")
        await hosts.check("http://127.0.0.1:9000")
        for address in ("http://localhost", "http://example.org.evil.test"):
            with pytest.raises(WrongEndpointError, match="does not allow"):
                await hosts.check(address)
        with pytest.raises(WrongEndpointError, match="link"):
            await AllowedHosts("*").check("http://169.254.169.254")
