"""Registered data stores over the API: a second bucket with a person and keys of its own."""

import io
import secrets
from typing import Any

import pytest
from minio import Minio
from PIL import Image

from deploy.local.stack import Stack
from tests.gateway.harness import Deployment, Person, answered, refused, running, until
from tests.support.s3_people import Keys, add_person, add_writer

FILES = ("a/1.png", "a/2.png", "a/b/3.png", "top.txt")


@pytest.fixture(scope="module")
def s3(stack: Stack) -> Minio:
    return Minio(stack.s3_url.removeprefix("http://"), stack.s3_access_key, stack.s3_secret_key, secure=False)


@pytest.fixture(scope="module")
def bucket(s3: Minio) -> str:
    name = f"second-{secrets.token_hex(4)}"
    s3.make_bucket(name)
    picture = io.BytesIO()
    Image.new("RGB", (20, 10), (200, 90, 0)).save(picture, "PNG")
    for key in FILES:
        s3.put_object(name, key, io.BytesIO(picture.getvalue()), len(picture.getvalue()))
    return name


@pytest.fixture(scope="module")
def reader(stack: Stack, bucket: str) -> Keys:
    return add_person(stack, bucket)


@pytest.fixture(scope="module")
def body(stack: Stack, bucket: str, reader: Keys) -> dict[str, Any]:
    return {"endpoint": stack.s3_url, "bucket": bucket, "read_only": True, **reader._asdict()}


@pytest.fixture(scope="module")
def store(owner: Person, body: dict[str, Any]) -> Any:
    """A read-only data store."""
    return answered(owner.post("datastores", json={**body, "name": f"ro-{secrets.token_hex(4)}"}))


class TestRegistering:
    def test_its_keys_are_never_shown(self, owner: Person, store: dict[str, Any], reader: Keys) -> None:
        assert [store[each] for each in ("registered", "credentials", "read_only")] == [True, True, True]
        for path in ("datastores", f"datastores/{store['name']}", "audit"):
            text = owner.get(path).text
            assert reader.secret_key not in text
            assert reader.access_key not in text
        acts = answered(owner.get("audit"))["items"]
        assert any(act["action"] == "datastore.registered" and act["target"] == store["name"] for act in acts)

    def test_a_name_is_taken_once(self, owner: Person, store: dict[str, Any], body: dict[str, Any]) -> None:
        for name in (store["name"], "labelbus"):
            refused(owner.post("datastores", json={**body, "name": name}), 409, "name_taken", "name")

    @pytest.mark.parametrize(
        ("change", "field", "said"),
        [
            ({"secret_key": "wrong"}, "secret_key", "does not belong"),
            ({"access_key": "nobody"}, "access_key", "not known"),
            ({"endpoint": "http://127.0.0.1:9"}, "endpoint", "Nothing listens"),
            ({"endpoint": "http://no-such-host.invalid"}, "endpoint", "not known"),
            ({"endpoint": "ftp://127.0.0.1"}, "endpoint", "http"),
            ({"endpoint": "http://169.254.169.254"}, "endpoint", "link"),
            ({"endpoint": "http://me:pass@127.0.0.1"}, "endpoint", "keys"),
            ({"endpoint": "http://127.0.0.1/bucket"}, "endpoint", "end behind the host"),
            ({"read_only": False}, "read_only", "s3:PutObject"),
            ({"bucket": "no-such-bucket-here"}, "access_key", "s3:ListBucket"),
            ({"bucket": "x"}, "bucket", "must be 3 to 63 letters"),
            ({"access_key": ""}, "access_key", "both keys"),
        ],
        ids=str,
    )
    def test_what_is_missing_is_said(
        self, owner: Person, body: dict[str, Any], change: dict[str, Any], field: str, said: str
    ) -> None:
        answer = owner.post("datastores", json={**body, "name": "will-not-be", **change})
        code = "datastore_unusable" if answer.json()["code"] == "datastore_unusable" else "invalid"
        problem = refused(answer, 422, code, field)
        assert said in problem["fields"][0]["message"]

    def test_a_test_tells_each_step(self, owner: Person, body: dict[str, Any], store: dict[str, Any]) -> None:
        found = answered(owner.post(f"datastores/{store['name']}/test"))
        states = {check["name"]: check["passed"] for check in found["checks"]}
        steps = dict.fromkeys(("connect", "credentials", "bucket", "list", "read"), True)
        assert (found["ok"], states) == (True, {**steps, "write": None})
        found = answered(owner.post("datastores/test", json={**body, "read_only": False}))
        states = {check["name"]: check["passed"] for check in found["checks"]}
        assert (found["ok"], found["field"], states) == (False, "read_only", {**steps, "write": False})


class TestUse:
    def test_a_folder_is_browsed_page_by_page(self, owner: Person, store: dict[str, Any]) -> None:
        path = f"datastores/{store['name']}/browse"
        first = answered(owner.get(path, params={"limit": 1}))
        assert (first["folders"], first["objects"]) == (["a/"], [])
        rest = answered(owner.get(path, params={"cursor": first["cursor"]}))
        assert ([each["key"] for each in rest["objects"]], rest["folders"], rest["cursor"]) == (["top.txt"], [], "")
        below = answered(owner.get(path, params={"prefix": "a/"}))
        assert below["folders"] == ["a/b/"]
        refused(owner.get(path, params={"prefix": "a"}), 422, "invalid", "prefix")
        refused(owner.get("datastores/no-such-store/browse"), 404, "datastore_unknown")
        refused(owner.post("datastores/no-such-store/test"), 404, "datastore_unknown")

    def test_a_project_of_a_version_keeps_it(
        self, deployment: Deployment, owner: Person, store: dict[str, Any]
    ) -> None:
        new = {"name": f"Set {secrets.token_hex(4)}", "source": {"datastore": store["name"], "prefix": "a/"}}
        dataset = answered(owner.post("datasets", json=new))

        def counted() -> dict[str, Any] | None:
            now: dict[str, Any] = answered(owner.get(f"datasets/{dataset['id']}"))
            return now if now["counted_at"] else None

        now = until(counted)
        assert (now["count"], now["by_extension"], now["problem"]) == (3, {"png": 3}, "")
        assert now["samples"] == ["a/1.png", "a/2.png", "a/b/3.png"]
        refused(owner.post("datasets", json=new), 409, "name_taken", "name")

        source = {"dataset": dataset["id"]}
        project = running(owner, answered(owner.post("projects", json=deployment.new_project(source=source))))
        assert project["source"]["datastore"] == store["name"]
        assert (project["source"]["dataset"], project["source"]["dataset_version"]) == (dataset["id"], 1)
        assert answered(owner.get(f"projects/{project['id']}/progress"))["total"] == 3

        second = answered(
            owner.post(f"datasets/{dataset['id']}/versions", json={"source": {"datastore": store["name"]}})
        )
        assert (second["version"], second["newest_version"]) == (2, 2)
        assert answered(owner.get(f"projects/{project['id']}"))["source"]["dataset_version"] == 1
        versions = answered(owner.get(f"datasets/{dataset['id']}/versions"))["items"]
        assert [each["version"] for each in versions] == [2, 1]
        self._is_corrected(owner, dataset)
        problem = refused(owner.delete(f"datastores/{store['name']}"), 409, "datastore_in_use", "name")
        assert project["name"] in problem["detail"]

    def test_what_can_not_be_or_is_empty_is_said(self, owner: Person, store: dict[str, Any]) -> None:
        source = {"datastore": store["name"], "prefix": "a/", "pattern": "[z-a"}
        new = {"name": f"Set {secrets.token_hex(4)}", "source": source}
        refused(owner.post("datasets", json=new), 422, "invalid", "source.pattern")
        made = answered(owner.post("datasets", json={**new, "source": {**source, "pattern": "*.gif"}}))

        def looked() -> dict[str, Any] | None:
            now: dict[str, Any] = answered(owner.get(f"datasets/{made['id']}"))
            return now if now["counted_at"] else None

        now = until(looked)
        problem = f"There is no file in the folder 'a/' of {store['name']} that fits the pattern *.gif."
        assert (now["count"], now["problem"]) == (0, problem)

    def _is_corrected(self, owner: Person, dataset: dict[str, Any]) -> None:
        """Name of all versions, description of the newest."""
        path, name, other = f"datasets/{dataset['id']}", dataset["name"], f"Other {secrets.token_hex(4)}"
        taken = answered(owner.post("datasets", json={"name": other, "source": {"datastore": "labelbus"}}))
        now = until(lambda: one if (one := answered(owner.get(path)))["counted_at"] else None)
        better = {"revision": now["revision"], "name": f"{name} (better)", "description": "of March"}
        changed = answered(owner.patch(path, json=better))
        assert [changed[field] for field in ("name", "description", "version")] == [better["name"], "of March", 2]
        assert changed["revision"] == now["revision"] + 1
        versions = answered(owner.get(f"{path}/versions"))["items"]
        assert [(each["name"], each["description"]) for each in versions] == [
            (better["name"], "of March"),
            (better["name"], ""),
        ]
        assert refused(owner.patch(path, json=better), 409, "version_conflict", "revision")["fields"]
        again = {"revision": changed["revision"]}
        same = answered(owner.patch(path, json={**better, **again}))
        assert same == changed == answered(owner.patch(path, json=again))
        refused(owner.patch(path, json={**again, "name": taken["name"].upper()}), 409, "name_taken", "name")
        refused(owner.patch(path, json={**again, "name": "  "}), 422, "invalid", "name")
        refused(owner.patch(path, json={"name": "x"}), 422, "invalid", "revision")
        refused(owner.patch("datasets/d0", json=again), 404, "dataset_unknown")
        entries = answered(owner.get("audit"))["items"]
        assert [each["action"] for each in entries[:1]] == ["dataset.changed"], entries[:3]

    def test_a_read_only_store_takes_no_upload(self, owner: Person, store: dict[str, Any]) -> None:
        answer = owner.put(f"datastores/{store['name']}/objects/new.png", content=b"x")
        assert "read-only" in refused(answer, 403, "read_only")["detail"]

    def test_keys_are_rotated(self, stack: Stack, owner: Person, body: dict[str, Any], bucket: str) -> None:
        name = f"rw-{secrets.token_hex(4)}"
        first, second = add_writer(stack, bucket), add_writer(stack, bucket)
        new = {**body, "read_only": False, **first._asdict(), "name": name}
        made = answered(owner.post("datastores", json=new))
        answered(owner.put(f"datastores/{name}/objects/{name}.png", content=b"x"))
        wrong = {"access_key": "gone", "secret_key": "gone"}
        refused(owner.patch(f"datastores/{name}", json=wrong), 422, "datastore_unusable", "access_key")
        changed = answered(owner.patch(f"datastores/{name}", json={"version": made["version"], **second._asdict()}))
        assert changed["version"] == made["version"] + 1
        late = {"version": made["version"], "read_only": True}
        refused(owner.patch(f"datastores/{name}", json=late), 409, "version_conflict", "version")
        answered(owner.put(f"datastores/{name}/objects/{name}.png", params={"overwrite": "true"}, content=b"y"))
        answered(owner.delete(f"datastores/{name}"))
        refused(owner.get(f"datastores/{name}"), 404, "datastore_unknown")
        answer = owner.put(f"datastores/{name}/objects/{name}.png", content=b"x")
        refused(answer, 404, "datastore_unknown")
        problem = refused(owner.post("datasets", json={"name": name, "source": {"datastore": name}}), 422, "invalid")
        assert problem["fields"][0]["field"] == "source.datastore"

    def test_our_own_files_are_nobodys_data(
        self, stack: Stack, owner: Person, s3: Minio, deployment: Deployment
    ) -> None:
        """Under whatever name the default bucket is registered."""
        name, bucket = f"again-{secrets.token_hex(4)}", stack.bucket
        keys = {"access_key": stack.s3_access_key, "secret_key": stack.s3_secret_key}
        url = stack.s3_url.replace("127.0.0.1", "localhost")
        answered(
            owner.post("datastores", json={"name": name, "endpoint": url, "bucket": bucket, "read_only": True, **keys})
        )
        s3.put_object(bucket, f"Labeling/{name}/1.png", io.BytesIO(b"x"), 1)
        for datastore in (name, bucket):
            check = {"datastore": datastore, "prefix": "Labeling/"}
            found = answered(owner.post("sources/check", json=check))
            assert (found["looked"], found["by_extension"], found["field"]) == (0, {}, "prefix")
            assert "Labeling/" not in answered(owner.get(f"datastores/{datastore}/browse"))["folders"]
        wanted = {"name": name, "source": {"datastore": name, "prefix": f"Labeling/{name}/"}}
        made = answered(owner.post("datasets", json=wanted))
        now = until(lambda: one if (one := answered(owner.get(f"datasets/{made['id']}")))["counted_at"] else None)
        assert now["count"] == 0
        refused(owner.get(f"datastores/{name}/objects/Labeling/{name}/1.png"), 404, "object_missing")
        refused(
            owner.post("projects", json=deployment.new_project(source={"dataset": made["id"]})), 422, "source_unusable"
        )
