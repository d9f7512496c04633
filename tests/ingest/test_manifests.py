"""Manifests: each row names an object, in any of the forms that Azure Machine Learning writes."""

import json

from services.contracts.exports import JobState
from services.contracts.projects import DataSource, SourceKind, TaskType
from services.ingest.manifests import addresses
from services.ingest.manifests.addresses import ElsewhereError, Home
from tests.ingest.harness import World, id_of, picture
from tests.ingest.tables import ended

HOME = Home("photos", "bucket", ["https://cdn.example.org/photos", "https://bucket.s3.example.org"])


class TestAddresses:
    def test_forms(self) -> None:
        where = "azureml://subscriptions/1/resourcegroups/r/workspaces/w/datastores/photos/paths/a b/c.png"
        forms = {
            where: ["a b/c.png"],
            "azureml://datastores/photos/paths/c.png": ["c.png"],
            "AmlDatastore://photos/a/c.png": ["a/c.png"],
            "s3://bucket/a/c.png": ["a/c.png"],
            "https://cdn.example.org/photos/a%20b/c.png?sig=1": ["a b/c.png"],
            "https://bucket.s3.example.org/c.png": ["c.png"],
            "a/c.png": ["a/c.png", "m/a/c.png"],
            "./c.png": ["m/c.png"],
            "../c.png": ["c.png"],
            "a\\c.png": ["a/c.png", "m/a/c.png"],
            "12:30.png": ["12:30.png", "m/12:30.png"],
        }
        assert {form: addresses.keys(form, HOME, "m/") for form in forms} == forms

    def test_elsewhere(self) -> None:
        for form in (
            "AmlDatastore://other/c.png",
            "s3://other/c.png",
            "https://example.org/c.png",
            "wasbs://c@a/c.png",
        ):
            try:
                found = addresses.keys(form, HOME, "")
            except ElsewhereError:
                continue
            raise AssertionError(found)


def lines(*rows: object) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


class TestManifests:
    async def test_objects_of_every_form_are_items_and_the_rest_is_told(self, world: World, prefix: str) -> None:
        bucket, url = world.settings.bucket, world.settings.s3_url
        keys = [f"{prefix}/pictures/{number}.png" for number in range(7)]
        world.put_all(keys)
        forms = [
            f"azureml://subscriptions/1/workspaces/w/datastores/{bucket}/paths/{keys[0]}",
            f"AmlDatastore://{bucket}/{keys[1]}",
            f"s3://{bucket}/{keys[2]}",
            f"{url}/{bucket}/{keys[3]}",
            keys[4],
            "./pictures/5.png",
            "pictures/6.png",
            keys[4],
        ]
        wrong = ["AmlDatastore://other/a.png", f"{prefix}/none.png", f"{prefix}/train.jsonl", 7, ""]
        good = lines(*({"image_url": form, "label": "cat"} for form in forms))
        bad = lines(*({"image_url": form} for form in wrong)) + b"[1]\n{broken\n\n" + b"x" * 9_000_000 + b"\n"
        world.put(f"{prefix}/train.jsonl", good + bad)
        source = DataSource(datastore=bucket, prefix=prefix, kind=SourceKind.MANIFEST)
        project = await world.new_project(source)
        refresh = await world.ended(project.id)
        assert (refresh.state, refresh.found, refresh.probed) == (JobState.SUCCEEDED, 7, 7)
        assert world.probed(project.id).keys() == id_of(project, keys)
        assert [message.code for message in refresh.messages] == [
            *("row_elsewhere", "row_object_missing", "row_format", "row_no_object", "row_no_object"),
            *("row_not_json", "row_not_json", "row_too_long"),
        ]
        assert "row 9 (line 9) was left out: it names an object of the data store 'other'" in refresh.messages[0].text
        await self.second_look(world, prefix, project.id, keys)

    async def second_look(self, world: World, prefix: str, project: str, keys: list[str]) -> None:
        """A refresh reads the manifests again: new rows, objects that are gone."""
        world.put(f"{prefix}/pictures/new.png", picture())
        world.put(
            f"{prefix}/train.jsonl", lines(*({"image_url": key} for key in [*keys, f"{prefix}/pictures/new.png"]))
        )
        world.remove(keys[0])
        await world.request_refresh(project, 2)
        refresh = await world.ended(project, 2)
        assert (refresh.state, refresh.found, refresh.missing) == (JobState.SUCCEEDED, 1, 1)
        assert [(m.code, m.key) for m in refresh.messages] == [
            ("row_object_missing", f"{prefix}/train.jsonl"),
            ("object_missing", keys[0]),
        ]

    async def test_mltable_names_the_manifests_that_count(self, world: World, prefix: str) -> None:
        keys = [f"{prefix}/{number}.png" for number in range(3)]
        world.put_all(keys)
        table = "type: mltable\nmetadata: {image_column_name: image}\npaths:\n  - file: ./a.jsonl\n"
        table += "  - pattern: ./parts/*.jsonl\ntransformations:\n"
        world.put(f"{prefix}/MLTable", (table + "  - read_json_lines:\n      encoding: utf8\n").encode())
        world.put(f"{prefix}/a.jsonl", lines({"image": keys[0]}))
        world.put(f"{prefix}/parts/b.jsonl", lines({"image": keys[1]}))
        world.put(f"{prefix}/not named.jsonl", lines({"image": keys[2]}))
        source = DataSource(datastore=world.settings.bucket, prefix=prefix, kind=SourceKind.MANIFEST)
        project = await world.new_project(source)
        refresh = await world.ended(project.id)
        assert (refresh.state, refresh.messages) == (JobState.SUCCEEDED, [])
        assert world.probed(project.id).keys() == id_of(project, keys[:2])

    async def test_what_names_nothing_fails_the_project(self, world: World, prefix: str) -> None:
        world.put(f"{prefix}/MLTable", b"paths:\n  - file: ./none.jsonl\n")
        world.put(f"{prefix}/sub/b.csv", b"url,label\r\na.png,cat\r\n")
        for folder, code in ((prefix, "mltable"), (f"{prefix}/sub", "column_missing")):
            source = DataSource(datastore=world.settings.bucket, prefix=folder, kind=SourceKind.MANIFEST)
            project = await world.new_project(source, task_type=TaskType.IMAGE_BOX)
            refresh = await ended(world, project.id)
            assert refresh.state is JobState.FAILED
            assert [message.code for message in refresh.messages] == [code, "conversion_failed"]
