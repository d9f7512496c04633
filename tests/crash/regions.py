"""One picture with so many boxes that they lie in object storage, submitted while something falls."""

import secrets
from pathlib import Path
from typing import Any

from minio import Minio

from bench import pictures, projects
from bench.client import new_token
from deploy.local.system import System
from services.kit.regions import folder
from tests.crash import verify
from tests.crash.harness import LABELS, Crash, insist
from tests.crash.steps import Case

_BOXES = 1_000
"""More than the 64 kB that a document takes."""


async def submit_while_struck(crash: Crash, case: Case, scratch: Path) -> None:
    """As a browser does: the same request again and again, until it is answered. It is saved once, with all regions."""
    owner, person = crash.owner, crash.people[0]
    bucket, name = crash.system.stack.bucket, f"Regions {secrets.token_hex(4)}"
    project = await projects.over(owner, bucket, name, {"a.png": pictures.png(1, 64)}, LABELS, task="image_box")
    page = await person.claim(project["id"], 1)
    (item,) = page["items"]
    label = project["label_sets"][0]["labels"][0]["id"]
    regions = [
        {
            "id": f"region-{number:04}",
            "label": label,
            "shape": "box",
            "points": [0.25, 0.25, round(1 + number / 100, 2), 32.75],
        }
        for number in range(_BOXES)
    ]
    given, key = {"id": item["id"], "version": item["version"], "regions": regions}, new_token()
    async with crash.struck(case, scratch):
        answer = await insist(lambda: person.submit(project["id"], page["token"], [given], key))
    assert [(result["result"], result["version"]) for result in answer["results"]] == [("saved", 1)]
    assert await person.submit(project["id"], page["token"], [given], key) == answer
    place = item["id"].partition("/")[2]
    kept = await person.call("GET", f"/projects/{project['id']}/items/{place}/label")
    assert [{name: region[name] for name in regions[0]} for region in kept["regions"]] == regions
    await _once(crash.system, project["id"], item["id"])


async def _once(system: System, project: str, item: str) -> None:
    """One version in store, history and topic, and one object that all of them refer to."""
    ref = verify.items_of(system, project)[item]["label"]["regions_ref"]
    with verify.database(system) as found:
        assert [row["regions_ref"] for row in found["history"].find({"item": item})] == [ref]
    await verify.drained(system)
    (record,) = (await verify.read_topic(system, project))[item]
    assert record is not None
    assert record["regionsRef"]["key"] == ref["key"]
    assert _objects(system, project) == [ref["key"]]


def _objects(system: System, project: str) -> list[str]:
    stack = system.stack
    client = Minio(
        endpoint=stack.s3_url.removeprefix("http://"),
        access_key=stack.s3_access_key,
        secret_key=stack.s3_secret_key,
        secure=False,
    )
    found: list[Any] = list(client.list_objects(stack.bucket, prefix=folder(project), recursive=True))
    return [each.object_name for each in found]
