"""Tables: each row an item, whatever is wrong with the others."""

import io

import pyarrow as pa
import pyarrow.parquet as pq

from services.contracts import limits, rows
from services.contracts.exports import JobState
from services.contracts.items import MediaFormat
from services.contracts.projects import Project, RunState, TableSettings, TaskType
from services.contracts.rows import Row
from tests.ingest.harness import Ingest, World
from tests.ingest.tables import cells_of, ended, items_of, source_of, written

HEAD = ("id", "title", "text")
TABLE = [HEAD, (1, "One", "with, a comma"), (2, "Zwei", 'of two\r\nlines and "quotes"'), (3, "三", "🐈‍⬛ é")]
PLAIN = written(TABLE)
GOOD = {
    "plain.csv": PLAIN.encode(),
    "mark.CSV": b"\xef\xbb\xbf" + PLAIN.encode(),
    "wide.csv": PLAIN.encode("utf-16"),
    "wide big.csv": b"\xfe\xff" + PLAIN.encode("utf-16-be"),
    "semicolon.csv": written(TABLE, ";").encode(),
    "tabs.tsv": written(TABLE, "\t").encode(),
    "no end.csv": PLAIN.rstrip().encode(),
}
BAD = {
    "empty.csv": (b"", "table_empty", "empty"),
    "blank.csv": (b"\r\n\r\n", "table_empty", "no row"),
    "names.csv": (b"title,text\r\n", "table_empty", "no row"),
    "picture.csv": (bytes(range(256)) * 20, "not_text", "no text"),
    "wider.csv": (",".join(f"c{n}" for n in range(100_000)).encode(), "too_many_columns", "100,000 columns"),
    "header.csv": (b"h" * 1_500_000 + b",b\r\n1,2", "table_header", "longer than"),
    "other.csv": (b"id,words\r\n1,a\r\n", "column_missing", "no column 'title'"),
    "no.parquet": (b"PAR1 this is none", "not_parquet", "no Parquet file"),
    "four.csv": (PLAIN.encode("utf-32"), "not_utf8", "UTF-32"),
}
ROWS = b"""id,title,text
1,good,a
2,ragged
3,ragged,too,much
4,nul\0,b
5,\xff\xfe,c
6,,
7,good,"of
two"
8,"never,ends
9,good,z
"""


def settings_of(columns: list[str]) -> TableSettings:
    return TableSettings(header=True, columns=columns)


def parquet(**columns: pa.Array) -> bytes:
    content = io.BytesIO()
    pq.write_table(pa.table(columns), content, row_group_size=2)
    return content.getvalue()


class TestTables:
    async def test_rows_of_every_form_are_items_and_come_back(self, world: World, ingest: Ingest, prefix: str) -> None:
        for name, content in GOOD.items():
            world.put(f"{prefix}/{name}", content)
        cells = {"id": pa.array([1, 2, 3]), "title": pa.array([t for _, t, _ in TABLE[1:]])}
        world.put(f"{prefix}/z.parquet", parquet(**cells, text=pa.array([t for _, _, t in TABLE[1:]])))
        world.put(f"{prefix}/a.txt", b"no table")
        source = source_of(world, prefix, settings_of(["title", "text"]))
        project = await world.new_project(source, task_type=TaskType.TEXT_MULTI_CLASS)
        refresh = await ended(world, project.id)
        count = 3 * (len(GOOD) + 1)
        assert (refresh.state, refresh.messages) == (JobState.SUCCEEDED, [])
        assert (refresh.listed, refresh.found, refresh.probed) == (len(GOOD) + 2, count, count)
        items = await items_of(world, project.id, count)
        async with ingest.client() as client:
            for at, item in enumerate(items):
                expected = {name: str(value) for name, value in zip(HEAD, TABLE[at % 3 + 1], strict=True)}
                assert Row.of(item.source.part).number == at % 3
                assert cells_of(world, project.id, item) == expected, item.source.key
                text = "\n".join((expected["title"], expected["text"]))
                assert item.media is not None
                assert (item.media.format, item.media.chars) == (MediaFormat.ROW, len(text))
                asked = {"item": item.id}
                row = await client.get("/internal/media/row", params=asked)
                shown = [{"name": name, "value": expected[name]} for name in ("title", "text")]
                assert row.json() == {"columns": shown}
                assert (await client.get("/internal/media/text", params=asked)).content == text.encode()
            known = {"If-None-Match": row.headers["etag"]}
            assert (await client.get("/internal/media/row", params=asked, headers=known)).status_code == 304
            assert (await client.get("/internal/media", params=asked)).json()["code"] == "no_picture"
        assert world.finished(project.id).found == count

    async def test_files_that_are_none_are_told_and_the_others_read(self, world: World, prefix: str) -> None:
        for name, (content, _, _) in BAD.items():
            world.put(f"{prefix}/{name}", content)
        source = source_of(world, prefix, settings_of(["title"]))
        none = await world.new_project(source, task_type=TaskType.TEXT_MULTI_CLASS)
        failed = await ended(world, none.id)
        assert (failed.state, failed.found) == (JobState.FAILED, 0)
        told = {message.key.rpartition("/")[2]: message for message in failed.messages}
        assert {name: told[name].code for name in BAD} == {name: code for name, (_, code, _) in BAD.items()}
        assert all(part in told[name].text for name, (_, _, part) in BAD.items())
        assert failed.messages[-1].code == "conversion_failed"
        world.put(f"{prefix}/good.csv", PLAIN.encode())
        project = await world.new_project(source, task_type=TaskType.TEXT_MULTI_CLASS)
        refresh = await ended(world, project.id)
        assert (refresh.state, refresh.found) == (JobState.SUCCEEDED, 3)
        assert {message.code for message in refresh.messages} == {code for _, code, _ in BAD.values()}

    async def test_rows_that_are_wrong_are_named_and_the_others_taken(self, world: World, prefix: str) -> None:
        world.put(f"{prefix}/rows.csv", ROWS)
        world.put(f"{prefix}/twice.csv", b"title,,text,title\r\na,b,c,d\r\n")
        long = b"title,text\r\n" + b"x" * 10_000_000 + b',y\r\na,"' + (b"l" * 998 + b"\r\n") * 5_000 + b'"\r\nb,c\r\n'
        world.put(f"{prefix}/long.csv", long)
        settings = TableSettings(header=True, encoding="utf-8", columns=["title", "text"])
        project = await world.new_project(source_of(world, prefix, settings), task_type=TaskType.TEXT_MULTI_CLASS)
        refresh = await ended(world, project.id)
        assert refresh.state is JobState.SUCCEEDED
        of = [f"{m.key.rpartition('/')[2]} {m.text.partition('- ')[2]}" for m in refresh.messages]
        tail = "was left out: it"
        too_long = f"is longer than {limits.ROW_BYTES:,} bytes. Is a quote missing at the end of a field?"
        assert of == [
            f"long.csv row 1 (line 2) {tail} {too_long}",
            f"long.csv row 2 (line 3) {tail} {too_long}",
            f"rows.csv row 2 (line 3) {tail} has 2 fields; the table has 3 columns.",
            f"rows.csv row 3 (line 4) {tail} has 4 fields; the table has 3 columns.",
            f"rows.csv row 4 (line 5) {tail} holds a NUL byte, so it is no text.",
            f"rows.csv row 5 (line 6) {tail} holds bytes that are not valid UTF-8.",
            f"rows.csv row 6 (line 7) {tail} has no text in the columns that are shown.",
            f"rows.csv row 8 (line 10) {tail} opens a quote that never ends.",
            "twice.csv names of columns are empty or not unique. They were made so: title, column 2, text, title (2).",
        ]
        items = await items_of(world, project.id, 5)
        assert [Row.of(item.source.part).number for item in items] == [2, 0, 6, 8, 0]
        assert cells_of(world, project.id, items[-1]) == {"title": "a", "column 2": "b", "text": "c", "title (2)": "d"}
        assert refresh.unreadable == 8

    async def test_only_new_files_are_taken(self, world: World, ingest: Ingest, prefix: str) -> None:
        world.put(f"{prefix}/a.csv", PLAIN.encode())
        world.put(f"{prefix}/gone.csv", PLAIN.encode())
        project = await world.new_project(source_of(world, prefix), task_type=TaskType.TEXT_MULTI_CLASS)
        assert (await ended(world, project.id)).found == 6
        world.put(f"{prefix}/a.csv", (PLAIN + "4,four,five\r\n").encode())
        world.put(f"{prefix}/b.csv", PLAIN.encode())
        world.remove(f"{prefix}/gone.csv")
        await world.request_refresh(project.id, 2)
        refresh = await ended(world, project.id, 2)
        assert (refresh.state, refresh.found) == (JobState.SUCCEEDED, 3)
        assert [(m.code, m.key) for m in refresh.messages] == [
            ("table_changed", f"{prefix}/a.csv"),
            ("object_missing", f"{prefix}/gone.csv"),
        ]
        items = await items_of(world, project.id, 3, 2)
        assert {item.source.key for item in items} == {f"{prefix}/b.csv"}
        await world.request_refresh(project.id, 3)
        again = await ended(world, project.id, 3)
        assert (again.found, again.messages) == (0, [])
        await self.kept_until_the_project_is_deleted(world, ingest, project, f"{prefix}/gone.csv")

    async def kept_until_the_project_is_deleted(
        self, world: World, ingest: Ingest, project: Project, gone: str
    ) -> None:
        """The rows of a file that is gone."""
        [item, *_] = [item for item in await items_of(world, project.id, 6) if item.source.key == gone]
        asked = {"item": item.id}
        async with ingest.client() as client:
            shown = (await client.get("/internal/media/row", params=asked)).json()["columns"]
            assert [cell["value"] for cell in shown] == ["1", "One", "with, a comma"]
            going = project.model_copy(update={"version": 2, "run_state": RunState.DELETING})
            await world.publish(going, project.id)
            async with world.deadline():
                while not (await client.get(f"/internal/projects/{project.id}/purged")).json()["purged"]:
                    await world.poll()
            assert (await client.get("/internal/media/row", params=asked)).status_code == 404
        assert not list(world.s3.list_objects(world.settings.bucket, rows.folder(project.id), recursive=True))
