"""The Python client, blocking and of asyncio, against a whole system. After the demo, which wants an empty one."""

import asyncio
import hashlib
import io
import secrets
from collections.abc import Iterator
from contextlib import aclosing, closing
from pathlib import Path

import pytest
from PIL import Image

from deploy.local.system import System
from labelbus import AsyncClient, Client, LabelbusError
from labelbus.models.items import Effort, GivenLabel
from labelbus.models.projects import NewLabel, Project
from labelbus.models.sources import Folder, Source
from tests.cli.conftest import until

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def client(system: System) -> Iterator[Client]:
    with Client(system.url, system.token) as client:
        yield client


def pictures(folder: Path, count: int) -> Path:
    for number in range(count):
        target = io.BytesIO()
        Image.new("L", (8, 8), number % 256).save(target, "PNG")
        (folder / f"{number:03}").mkdir(parents=True)
        (folder / f"{number:03}" / "ä b.png").write_bytes(target.getvalue())
    return folder


@pytest.fixture(scope="module")
def project(client: Client, tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = pictures(tmp_path_factory.mktemp("pets"), 20)
    seen: list[int] = []
    upload = client.files.upload_folder(folder, prefix="client/pets", progress=lambda state: seen.append(state.done))
    assert (upload.total, upload.done, upload.kept, max(seen)) == (20, 20, 0, 20)
    again = client.files.upload_folder(folder, prefix="/client/pets/")
    assert (again.done, again.kept) == (20, 20)
    source = Source(datastore=upload.datastore, prefix="client/pets/")
    assert client.datastores.check(source).matching == 20
    made = client.projects.create(
        f"Pets {secrets.token_hex(4)}", "image_multi_class", ["Cat", NewLabel(name="Dog")], source, instructions="Look."
    )
    assert client.projects.wait(made.id).instructions.text == "Look."
    return made


def test_projects(client: Client, project: Project) -> None:
    assert client.projects.find(project.name).id == client.projects.find(project.id).id == project.id
    assert [row.id for row in client.projects.list(project.name)] == [project.id]
    assert client.projects.pause(project.id).run_state == "paused"
    changed = client.projects.change(client.projects.start(project.id), description="Of all kinds")
    assert (changed.run_state, changed.description, changed.instructions.text) == ("running", "Of all kinds", "Look.")
    with pytest.raises(LabelbusError) as refused:
        client.projects.change(project, description="Late")
    assert (refused.value.status, refused.value.code) == (409, "version_conflict")
    with pytest.raises(LabelbusError) as unknown:
        client.projects.find("No such thing")
    assert (unknown.value.status, unknown.value.code) == (404, "project_unknown")


def test_two_creations_with_one_key_make_one_project(client: Client, project: Project) -> None:
    name, key = f"Once {secrets.token_hex(4)}", secrets.token_hex(16)
    made = [
        client.projects.create(name, "image_box", ["Cat"], project.source, idempotency_key=key).id for _ in range(2)
    ]
    assert made[0] == made[1]
    deleted = client.projects.delete(made[0], name=name)
    assert deleted.run_state in {"deleting", "deleted"}


def test_what_is_wrong_is_named(client: Client, project: Project) -> None:
    with pytest.raises(LabelbusError) as refused:
        client.projects.create(" ", "image_box", [], project.source)
    assert refused.value.status == 422
    assert {each.field for each in refused.value.fields} == {"name", "labels"}
    assert "labels: " in str(refused.value)
    assert not refused.value.retryable
    with pytest.raises(LabelbusError, match=r"a\\udcff is a name that is no UTF-8"):
        client.files.upload("a\udcff", b"")


def label(client: Client, project: Project) -> int:
    page = client.labeling.claim(project.id, 3)
    dog = project.answer("Dog")
    labels = [GivenLabel(id=item.id, version=item.version, answers=[dog]) for item in page.items[:2]]
    assert client.labeling.heartbeat(project.id, page) >= page.until
    other = client.labeling.claim(project.id, 3)
    assert {item.id for item in other.items}.isdisjoint(item.id for item in page.items)
    assert client.labeling.release(project.id, other) == 3
    assert client.labeling.heartbeat(project.id, other) == 0
    results = client.labeling.submit(project.id, page, labels).results
    assert [result.result for result in results] == ["saved", "saved"]
    assert client.labeling.own(labels[0].id).answers == [dog]
    return client.labeling.release(project.id, page)


def test_labels_out(client: Client, project: Project, tmp_path: Path) -> None:
    assert label(client, project) == 1
    until(lambda: client.projects.progress(project.id).labeled == 2)
    seen: list[str] = []
    asked = client.exports.request(project.id)
    done = client.exports.wait(asked.id, timeout_s=60, progress=lambda export: seen.append(export.state))
    assert (done.rows, seen[-1]) == (2, "succeeded")
    rows = list(client.exports.rows(done.id))
    assert [row["label"] for row in rows] == ["Dog", "Dog"]
    file = client.exports.download(done.id, tmp_path)
    assert (file.name, hashlib.sha256(file.read_bytes()).hexdigest()) == (done.file_name, done.sha256)
    assert client.exports.manifest(done.id)["file"]["sha256"] == done.sha256
    assert [export.id for export in client.exports.list(project.id)] == [done.id]


def test_a_download_goes_on_where_it_was(client: Client, project: Project, tmp_path: Path) -> None:
    done = client.exports.wait(client.exports.request(project.id, "coco").id)
    whole = client.exports.download(done.id, tmp_path / "whole.json").read_bytes()
    part = tmp_path / f".rest.json.{done.id}.part"
    part.write_bytes(whole[:100])
    first: list[int] = []
    file = client.exports.download(done.id, tmp_path / "rest.json", progress=lambda there, _size: first.append(there))
    assert (file.read_bytes(), first[0], part.exists()) == (whole, len(whole), False)
    file.unlink()
    part.write_bytes(b"x" * 100)
    with pytest.raises(LabelbusError, match="is not the one") as corrupt:
        client.exports.download(done.id, file)
    assert (corrupt.value.code, part.exists(), file.exists()) == ("corrupt_download", False, False)


def test_going_back(client: Client, project: Project) -> None:
    done = next(client.labeling.done(project.id))
    cat = GivenLabel(id=done.id, version=done.version, answers=[project.answer("Cat")], effort=Effort(actions=1))
    assert [each.result for each in client.labeling.back(project.id, [cat]).results] == ["saved"]
    assert client.labeling.own(done.id).answers == [project.answer("Cat")]
    assert [each.result for each in client.labeling.back(project.id, [cat]).results] == ["lost"]
    open_item = next(client.items.list(project.id, state="queued"))
    page = client.labeling.claim_items(project.id, [open_item.id])
    assert [item.id for item in page.items] == [open_item.id]
    assert client.labeling.release(project.id, page) == 1


def test_people_and_what_they_may(client: Client, system: System, project: Project) -> None:
    made = client.people.invite(f"{secrets.token_hex(4)}@example.org", "Ann", role=None)
    assert (made.person.role, "token=" in made.link, made.link in repr(made)) == (None, True, False)
    assert client.people.renew_link(made.person.id).link != made.link
    client.members.put(project.id, made.person.id, "labeler")
    ann = next(each for each in client.members.list(project.id) if each.id == made.person.id)
    assert (ann.role, ann.inherited) == ("labeler", False)
    client.members.delete(project.id, ann.id)
    assert client.people.set_role(ann.id, "labeler").role == "labeler"
    assert client.people.disable(ann.id).disabled
    assert not client.people.enable(ann.id).disabled
    assert client.people.set_role(ann.id, None).role is None
    assert ann.id in [each.id for each in client.people.list()]
    created = client.tokens.create("Nightly")
    assert created.token in client.tokens.list()
    with Client(system.url, created.secret) as other:
        name = other.session.get().user.name
        assert other.session.rename(name).name == name
        client.tokens.delete(created.token.id)
        with pytest.raises(LabelbusError) as over:
            other.session.get()
    assert over.value.status == 401
    actions = [entry.action for entry, _ in zip(client.audit.list(), range(20), strict=False)]
    assert {"person.invited", "member.added", "member.removed", "token.created"} <= {*actions}


def test_hints_of_what_happens(client: Client, project: Project) -> None:
    with closing(client.events.follow(project.id)) as events:
        assert next(events).kind == "open"
        asked = client.refreshes.request(project.id)
        seen = next(event for event in events if event.kind == "refresh")
        assert (seen.project, seen.id) == (project.id, asked.id)
        client.refreshes.wait(asked, timeout_s=60)


def test_refreshes(client: Client, project: Project) -> None:
    done = client.refreshes.wait(client.refreshes.request(project.id), timeout_s=60)
    assert done in client.refreshes.list(project.id)
    assert client.refreshes.messages(project.id) == []


def test_datasets(client: Client, project: Project) -> None:
    source = Folder(datastore=project.source.datastore, prefix="client/pets/")
    made = client.datasets.create(f"Pets {secrets.token_hex(4)}", source)
    counted = client.datasets.wait(made.id, made.version, timeout_s=60)
    assert counted.count == 20
    named = client.datasets.change(client.datasets.get(made.id), name=f"{made.name}!", description="All of them")
    assert (named.name, named.description) == (f"{made.name}!", "All of them")
    with pytest.raises(LabelbusError) as late:
        client.datasets.change(made, name="Late")
    assert late.value.code == "version_conflict"
    second = client.datasets.add_version(made.id, source, description="The same")
    assert [each.version for each in client.datasets.versions(made.id)] == [second.version, made.version]
    assert client.datasets.get(made.id).version == second.version
    assert made.id in [each.id for each in client.datasets.list(made.name)]


async def test_the_same_of_asyncio(system: System, project: Project, tmp_path: Path) -> None:
    async with AsyncClient(system.url, system.token) as client:
        upload = await client.files.upload_folder(pictures(tmp_path / "more", 9), prefix="client/more", at_once=3)
        assert (upload.done, upload.kept) == (9, 0)
        rows = [row.id async for row in client.projects.list(project.name)]
        assert rows == [project.id]
        found, progress = await asyncio.gather(client.projects.get(rows[0]), client.projects.progress(rows[0]))
        assert (found.name, progress.total) == (project.name, 20)
        done = await client.exports.wait((await client.exports.request(found.id)).id, timeout_s=60)
        file = await client.exports.download(done.id, tmp_path)
        lines = file.read_text().splitlines()
        assert len([row async for row in client.exports.rows(done.id)]) == len(lines) == done.rows
        async with aclosing(client.events.follow(found.id)) as events:
            assert (await anext(events)).kind == "open"
        with pytest.raises(LabelbusError) as there:
            await client.files.upload("client/more/000/ä b.png", b"", datastore=upload.datastore)
        assert there.value.code == "exists"
