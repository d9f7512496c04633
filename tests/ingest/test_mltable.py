"""What an MLTable asks for is done or refused by name: never are other rows taken than those that it describes."""

import io
import json
import platform
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from services.contracts.exports import JobState
from services.contracts.imports import ImportState
from services.contracts.projects import ColumnMapping, DataSource, SourceKind, TableSettings
from services.ingest.manifests import transformations
from services.ingest.probes.window import UnreadableError
from services.ingest.tables.models import Asked, Form
from tests.export import foreign
from tests.ingest.harness import Ingest, World, id_of
from tests.ingest.test_imports import ended as import_ended
from tests.ingest.test_imports import requested, scanned


def asked(text: str, files: int = 1) -> Asked | None:
    return transformations.asked(transformations.steps(yaml.safe_load(text) or {}), "image_url", files)


class TestTransformations:
    @pytest.mark.parametrize(
        ("text", "form", "settings"),
        [
            ("[read_parquet]", Form.PARQUET, TableSettings(header=True, encoding="utf-8")),
            ("[read_json_lines: ]", Form.JSON_LINES, TableSettings(header=True, encoding="utf-8")),
            (
                "[read_json_lines: {encoding: latin1, invalid_lines: drop}, keep_columns: [image_url, label]]",
                Form.JSON_LINES,
                TableSettings(header=True, encoding="latin-1"),
            ),
            (
                r'[read_delimited: {delimiter: "\t", header: no_header, encoding: utf16}, drop_columns: label]',
                Form.DELIMITED,
                TableSettings(delimiter="\t", header=False, encoding="utf-16"),
            ),
            (
                "[read_delimited, convert_column_types: [{columns: image_url, column_type: stream_info}]]",
                Form.DELIMITED,
                TableSettings(delimiter=",", header=True, encoding="utf-8"),
            ),
        ],
    )
    def test_what_is_done(self, text: str, form: Form, settings: TableSettings) -> None:
        assert asked(f"transformations: {text}") == Asked(form=form, settings=settings)

    def test_without_any_the_file_itself_says_how_it_is_read(self) -> None:
        assert asked("") is None
        assert asked("transformations: []") is None

    @pytest.mark.parametrize(
        ("step", "named"),
        [
            ("take: 5", "take"),
            ("skip: 5", "skip"),
            ("filter: 'col(\"a\") > 1'", "filter"),
            ("take_random_sample: {probability: 0.5}", "take_random_sample"),
            ("select_partitions: [0]", "select_partitions"),
            ("read_json_lines", "read_json_lines"),
            ("drop_columns: image_url", "takes away the column 'image_url'"),
            ("keep_columns: [label]", "takes away the column 'image_url'"),
            ("drop_columns: {pattern: 'i.*'}", "drop_columns, but not by a list"),
        ],
    )
    def test_what_would_change_the_rows_is_named(self, step: str, named: str) -> None:
        with pytest.raises(UnreadableError, match=named.replace("(", r"\(")):
            asked(f"transformations: [read_json_lines, {step}]")

    @pytest.mark.parametrize(
        ("text", "named"),
        [
            ("7", "no list"),
            ("[{a: 1, b: 2}]", "is none"),
            ("[read_delta_lake]", "read_delta_lake"),
            ("[read_delimited: 7]", "no options"),
            ("[read_delimited: {encoding: rot13}]", "the encoding 'rot13'"),
            ("[read_delimited: {header: maybe}]", "the header 'maybe'"),
            ("[read_delimited: {delimiter: '||'}]", "delimiter"),
            ("[read_delimited: {header: from_first_file}]", "first file only"),
        ],
    )
    def test_what_is_wrong_is_named(self, text: str, named: str) -> None:
        with pytest.raises(UnreadableError, match=named):
            asked(f"transformations: {text}", files=2)


async def test_a_table_is_read_as_it_asks_for_and_one_that_can_not_be_is_told(world: World, prefix: str) -> None:
    keys = [f"{prefix}/pictures/{number}.png" for number in range(3)]
    world.put_all(keys)
    wide = f"{keys[0]};cat\n".encode("utf-16")
    tables = {
        "plain": ("text.txt", wide, "{read_delimited: {delimiter: ;, header: no_header}}"),
        "wide": ("text.csv", wide, "{read_delimited: {delimiter: ;, header: no_header, encoding: utf16}}"),
        "lines": ("lines.txt", f'{{"column 1": "{keys[1]}"}}\n'.encode(), "read_json_lines"),
        "some": ("some.jsonl", f'{{"column 1": "{keys[2]}"}}\n'.encode(), "read_json_lines, {take: 1}"),
    }
    for folder, (name, content, steps) in tables.items():
        world.put(f"{prefix}/{folder}/{name}", content)
        world.put(f"{prefix}/{folder}/MLTable", f"paths: [{{file: ./{name}}}]\ntransformations: [{steps}]\n".encode())
    mapping = ColumnMapping(image="column 1")
    source = DataSource(datastore=world.settings.bucket, prefix=prefix, kind=SourceKind.MANIFEST, mapping=mapping)
    project = await world.new_project(source)
    refresh = await world.ended(project.id)
    assert refresh.state is JobState.SUCCEEDED
    assert world.probed(project.id).keys() == id_of(project, keys[:2])
    told = {message.key.split("/")[-2]: message.text for message in refresh.messages}
    assert told.keys() == {"plain", "some"}
    assert "asks for take, which is not done here" in told["some"]
    assert "is no text" in told["plain"]
    labels = await import_ended(world, await requested(world, project, f"{prefix}/some/MLTable"))
    assert labels.state is ImportState.FAILED
    assert "asks for take" in labels.error


async def test_a_table_names_its_files_and_columns_for_everything(world: World, ingest: Ingest, prefix: str) -> None:
    project = await scanned(world, prefix, 2)
    table = "type: mltable\npaths: [{pattern: ./parts/*.jsonl}]\n"
    table += "metadata: {image_column_name: picture, label_column_name: kind}\n"
    rows = [json.dumps({"picture": f"../{number:04d}.png", "kind": "cat"}) for number in range(2)]
    world.put(f"{prefix}/t/MLTable", table.encode())
    world.put(f"{prefix}/t/parts/a.jsonl", rows[0].encode())
    world.put(f"{prefix}/t/parts/b.jsonl", f"{rows[1]}\nbroken\n".encode())
    world.put(f"{prefix}/t/c.csv", b"urloname\naob\n")
    job = await import_ended(world, await requested(world, project, f"{prefix}/t/MLTable"))
    assert [(one.row, one.code) for one in job.problems] == [("parts/b.jsonl, line 2", "not_json")]
    assert job.matched + job.unmatched == 2
    source = DataSource(datastore=world.settings.bucket, prefix=f"{prefix}/t", kind=SourceKind.MANIFEST)
    async with ingest.client() as client:
        found = (await client.post("/internal/preview", json=source.model_dump(mode="json"))).json()
        assert (found["key"], found["mapping"]["image"]) == (f"{prefix}/t/parts/a.jsonl", "picture")
        world.put(f"{prefix}/t/MLTable", b"paths: [{file: c.csv}]\ntransformations: [{read_delimited: {delimiter: o}}]")
        found = (await client.post("/internal/preview", json=source.model_dump(mode="json"))).json()
        assert (found["columns"], found["rows"]) == (["url", "name"], [["a", "b"]])
        world.put(f"{prefix}/t/MLTable", b"paths: [{file: c.csv}\n")
        found = (await client.post("/internal/preview", json=source.model_dump(mode="json"))).json()
        assert "MLTable: The MLTable file can't be read as YAML at line 2, column 1" in found["problem"]


def delimited(*names: str) -> bytes:
    return "".join(f"{line}\n" for line in ("image_url;label", *(f"{name};Köter" for name in names))).encode("latin-1")


def parquet(*names: str) -> bytes:
    content = io.BytesIO()
    pq.write_table(pa.table({"image_url": list(names), "label": ["cat"] * len(names)}), content)
    return content.getvalue()


TABLES: dict[str, tuple[str, str, dict[str, bytes]]] = {
    "delimited": (
        "pattern: ./*.csv",
        "{read_delimited: {delimiter: ;, encoding: latin1, header: all_files_same_headers}}",
        {"a.csv": delimited("0.png", "1.png"), "b.csv": delimited("2.png"), "c.tsv": b"image_url\n3.png\n"},
    ),
    "lines": (
        "file: ./a.txt",
        "{read_json_lines: {invalid_lines: drop}}, {keep_columns: [image_url]}",
        {"a.txt": b'{"image_url": "1.png", "n": 1}\n{"image_url": "3.png", "n": 2}\n{broken\n'},
    ),
    "parquet": (
        "file: ./a.parquet",
        "read_parquet, {drop_columns: label}",
        {"a.parquet": parquet("3.png", "0.png")},
    ),
}
"""A path, the transformations, and the files of each table."""


@pytest.mark.proof
@pytest.mark.skipif(platform.machine() in {"aarch64", "arm64"}, reason="mltable has no wheel for this processor")
@pytest.mark.parametrize("name", list(TABLES))
async def test_the_same_objects_as_by_azure_s_own_reader(world: World, prefix: str, tmp_path: Path, name: str) -> None:
    path, steps, files = TABLES[name]
    table = f"type: mltable\npaths: [{{{path}}}]\ntransformations: [{steps}]\n"
    world.put_all([f"{prefix}/{number}.png" for number in range(4)])
    for file, content in {**files, "MLTable": table.encode()}.items():
        world.put(f"{prefix}/{file}", content)
        (tmp_path / file).write_bytes(content)
    (rows,) = await foreign.told("mltable", ".", folder=tmp_path)
    project = await world.new_project(
        DataSource(datastore=world.settings.bucket, prefix=prefix, kind=SourceKind.MANIFEST)
    )
    refresh = await world.ended(project.id)
    assert refresh.state is JobState.SUCCEEDED
    assert world.probed(project.id).keys() == id_of(project, [f"{prefix}/{row['image_url']}" for row in rows])
