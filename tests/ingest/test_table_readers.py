"""Readers of rows: any table that is written comes back, however its bytes are cut; what is wrong is named."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.contracts import limits, rows
from services.contracts.projects import TableSettings
from services.contracts.rows import Row
from services.ingest.probes.window import UnreadableError
from services.ingest.tables import detection, header
from services.ingest.tables.delimited import Delimited
from services.ingest.tables.json_lines import JsonLines
from services.ingest.tables.models import Dialect, Position, Record
from services.ingest.tables.parquet import Parquet

CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
SPECIAL = st.text(st.sampled_from('",;\t|\r\n \ufeffaé🐈'), max_size=8)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(CELL | SPECIAL, min_size=width, max_size=width), max_size=8)
)
START = Position()


def read(data: bytes, dialect: Dialect, columns: Sequence[str], size: int, start: Position = START) -> list[Record]:
    """All records, with the data cut into pieces of `size`, going on as a worker does."""
    records: list[Record] = []
    at: Position | None = start
    while at is not None and at.offset < len(data):
        parser = Delimited(dialect, columns, at)
        for offset in range(at.offset, len(data), size):
            records += parser.feed(data[offset : offset + size], final=False)
        records += parser.feed(b"", final=True)
        at = parser.again
    return records


class TestDelimited:
    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        table=TABLES,
        delimiter=st.sampled_from(",;\t|"),
        encoding=st.sampled_from(["utf-8", "utf-16-le", "utf-16-be"]),
        size=st.sampled_from([1, 2, 3, 7, 64, 10_000]),
        end=st.sampled_from(["\r\n", "\n"]),
    )
    def test_any_table_comes_back_from_any_place(
        self, table: list[list[str]], delimiter: str, encoding: str, size: int, end: str
    ) -> None:
        text = io.StringIO()
        # The writer knows not that a carriage return before its own line end has to be quoted.
        csv.writer(
            text, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_MINIMAL if end == "\r\n" else csv.QUOTE_ALL
        ).writerows(table)
        data = text.getvalue().encode(encoding)
        columns = header.numbered(len(table[0])) if table else []
        dialect = Dialect(encoding=encoding, delimiter=delimiter)
        records = read(data, dialect, columns, size)
        assert [list(record.cells.values()) for record in records] == table
        assert [record.row for record in records] == list(range(len(table)))
        for record in records:
            assert read(data, dialect, columns, size, record.end) == records[record.row + 1 :]

    @settings(max_examples=150, deadline=None)
    @given(data=st.binary(max_size=60) | st.text(st.sampled_from('",\r\na\0é'), max_size=40).map(str.encode))
    def test_whatever_the_bytes_are_each_is_read_once_and_however_they_are_cut(self, data: bytes) -> None:
        dialect = Dialect(encoding="utf-8")
        whole = read(data, dialect, ("a", "b"), 10_000)
        assert read(data, dialect, ("a", "b"), 1) == whole
        assert [record.row for record in whole] == list(range(len(whole)))
        offsets = [record.end.offset for record in whole]
        assert offsets == sorted(set(offsets))

    @pytest.mark.parametrize("size", [1, 5, 1000])
    def test_a_quote_that_never_ends_costs_its_line_only(self, size: int) -> None:
        data = b'a,b\n1,"x\ny"\n3\n\n"open,2\n5,6\n7,8'
        found = [(r.row, r.line, r.problem and r.problem.code) for r in read(data, Dialect(), ("a", "b"), size)]
        assert found == [
            (0, 1, None),
            (1, 2, None),
            (2, 4, "row_ragged"),
            (3, 6, "row_quote"),
            (4, 7, None),
            (5, 8, None),
        ]

    def test_what_is_too_long_is_passed_over_and_never_held(self) -> None:
        long = b"x" * (limits.ROW_BYTES + 300_000)
        quoted = b'"' + (b"l" * 999 + b"\n") * (limits.ROW_BYTES // 1_000 + 1) + b'",y\n'
        unended = b'"' + (b"e" * 999 + b"\n") * 5_000
        data = b"1,2\n" + long + b",z\n" + quoted + b'"' + long + b'\n\n",2\n7,8\n' + unended + b"9,10\n"
        found = [(r.row, r.problem and r.problem.code) for r in read(data, Dialect(), ("a", "b"), 262_144)]
        assert found[:6] == [(0, None), *((n, "row_too_long") for n in (1, 2, 3)), (4, None), (5, "row_quote")]
        assert found[-1] == (5_005, None)


class TestDetection:
    @pytest.mark.parametrize(
        ("data", "encoding", "mark"),
        [
            (b"a,b\n1,2\n", "utf-8", 0),
            (b"\xef\xbb\xbfa,b\n", "utf-8", 3),
            ("a,b\n1,2\n".encode("utf-16"), "utf-16-le", 2),
            (b"\xfe\xff" + "a,b\n".encode("utf-16-be"), "utf-16-be", 2),
            ("a,b\nlong,enough\n".encode("utf-16-le"), "utf-16-le", 0),
            ("a,b\nGr\u00fc\u00dfe,\u00e9\n".encode("latin-1"), "latin-1", 0),
            ("a,b\n\u201cGr\u00fc\u00dfe\u201d,\u00e9\n".encode("cp1252"), "cp1252", 0),
            (("\u00e9" * 20).encode() + b"\xff\n", "utf-8", 0),
        ],
    )
    def test_encodings(self, data: bytes, encoding: str, mark: int) -> None:
        found = detection.dialect(data, None, tabbed=False)
        assert (found.encoding, found.mark) == (encoding, mark)

    def test_a_choice_is_never_overruled(self) -> None:
        chosen = TableSettings(delimiter="|", encoding="latin-1", header=True)
        found = detection.dialect(b"\xef\xbb\xbf1,2\n3,4\n", chosen, tabbed=True)
        assert found == Dialect(encoding="latin-1", delimiter="|", header=True)
        with pytest.raises(UnreadableError, match="encoding 'rot13' is not known"):
            detection.dialect(b"a", TableSettings(encoding="rot13"), tabbed=False)

    @pytest.mark.parametrize(
        ("text", "delimiter"),
        [
            ("a,b\n1,2\n", ","),
            ("a;b\n1,5;2\n3,5;4\n", ";"),
            ("a\tb\n1\t2, 3\n", "\t"),
            ("a|b\n1|2\n", "|"),
            ("text\nHello, world\nwith, two, commas\n", ";"),
            ('id,text\n1,"a; b; c"\n2,"d; e; f"\n', ","),
            ("a,b\r1,2\r", ","),
            ("id,title,body\n1,a\n2,b\n3,c,d\n", ","),
            ("id,text\n1,Hello, world\n2,Good, bad, ugly\n3,fine\n4,ok, yes\n", ","),
            ("id;text\n1;a,b\n2\n3;x;y\n", ";"),
            ("Well, yes\nno\nfine\nnot, not, not\n", ";"),
        ],
    )
    def test_delimiters(self, text: str, delimiter: str) -> None:
        assert detection.dialect(text.encode(), None, tabbed=False).delimiter == delimiter
        assert detection.dialect(text.encode(), None, tabbed=True).delimiter == "\t"

    @pytest.mark.parametrize(
        ("text", "has"),
        [("id,text\n1,a\n", True), ("1,a\n2,b\n", False), ("a,a\nb,b\n", False), ("id,\n1,2\n", False), ("\n", True)],
    )
    def test_headers(self, text: str, has: bool) -> None:  # noqa: FBT001 - a parameter of a table
        assert detection.dialect(text.encode(), None, tabbed=False).header is has

    @given(st.lists(CELL | st.sampled_from(["", "a", "column 2", "a (2)"]), max_size=8))
    def test_every_column_has_a_name_of_its_own(self, cells: list[str]) -> None:
        names = header.columns(cells)
        assert len(set(names)) == len(names) == len(cells)
        assert all(names)


class TestJsonLines:
    def test_each_line_for_itself(self) -> None:
        data = b'{"a": 1}\n\n[1]\n{"a": \n{"b": "\xc3\xa9"}\r\nnull\n{"c": 1}'
        for size in (1, 4, 1000):
            parser = JsonLines(Dialect(), START)
            found = [r for at in range(0, len(data), size) for r in parser.feed(data[at : at + size], final=False)]
            found += parser.feed(b"", final=True)
            assert [record.cells for record in found if not record.problem] == [{"a": 1}, {"b": "\u00e9"}, {"c": 1}]
            assert [(r.row, r.line) for r in found if r.problem] == [(1, 3), (2, 4), (4, 6)]
            assert found[-1].end.offset == len(data)


class TestParquet:
    def test_every_type_becomes_text_from_any_row_on(self) -> None:
        columns = {
            "text": pa.array(["a", None, "\u00e9", "", "e"]),
            "number": pa.array([1, 2, None, 4, 5]),
            "decimal": pa.array([Decimal("1.50")] * 5),
            "yes": pa.array([True, False, None, True, False]),
            "at": pa.array([datetime(2024, 1, 2, tzinfo=UTC)] * 5),
            "list": pa.array([["x", "y"], [], None, ["z"], ["\u00e9"]]),
            "kind": pa.array(["p", "q", "p", "q", "p"]).dictionary_encode(),
            "raw": pa.array([b"text", b"\xff\xfe", None, b"", b"x"]),
            "text (2)": pa.array(["1"] * 5),
        }
        content = io.BytesIO()
        pq.write_table(pa.table(columns), content, row_group_size=2)
        for start in range(6):
            records = [r for batch in _opened(content.getvalue()).rows(Position(row=start)) for r in batch]
            assert [record.row for record in records] == list(range(start, 5))
            assert [record.end.row for record in records] == list(range(start + 1, 6))
        first, second = [r.cells for batch in _opened(content.getvalue()).rows(START) for r in batch][:2]
        assert list(first) == list(columns)
        assert {name: first[name] for name in ("text", "number", "decimal", "yes", "kind", "raw")} == {
            "text": "a",
            "number": "1",
            "decimal": "1.50",
            "yes": "true",
            "kind": "p",
            "raw": "text",
        }
        assert first["at"].startswith("2024-01-02 00:00:00")
        assert json.loads(first["list"]) == ["x", "y"]
        assert (second["text"], second["raw"]) == ("", "(2 bytes)")

    def test_a_long_text_that_many_rows_share_is_held_once(self) -> None:
        content = io.BytesIO()
        texts = pa.DictionaryArray.from_arrays(pa.array([0, 1, None, 0] * 500), pa.array(["x" * 1_000_000, "y"]))
        pq.write_table(pa.table({"text": texts}), content, store_schema=False)
        assert len(content.getvalue()) < 100_000
        for batch in _opened(content.getvalue()).rows(START):
            first, second, third, fourth = [record.cells["text"] for record in batch[:4]]
            assert first is fourth
            assert (len(first), second, third) == (1_000_000, "y", "")
            assert pa.total_allocated_bytes() < 20_000_000

    def test_a_damaged_file_is_refused_where_it_is_damaged(self) -> None:
        content = io.BytesIO()
        pq.write_table(pa.table({"a": [str(n) * 50 for n in range(1000)]}), content, compression="gzip")
        whole = bytearray(content.getvalue())
        whole[100:2000] = bytes(1900)
        with pytest.raises(UnreadableError, match="damaged"):
            list(_opened(bytes(whole)).rows(START))
        with pytest.raises(UnreadableError, match="no Parquet file"):
            _opened(b"PAR1" + bytes(100))


def _opened(content: bytes) -> Parquet:
    return Parquet(io.BytesIO(content))


class TestRow:
    @given(st.tuples(*[st.integers(0, 2**31)] * 4))
    def test_parts(self, numbers: tuple[int, int, int, int]) -> None:
        assert Row.of(Row(*numbers).part) == Row(*numbers)

    @pytest.mark.parametrize("part", ["", "1:2:3", "1:2:3:4:5", "a:1:2:3", "-1:1:2:3", "1:2:3:4\n", "\u0661:1:1:1"])
    def test_what_is_no_part(self, part: str) -> None:
        with pytest.raises(ValueError, match="not the part of a row"):
            Row.of(part)

    def test_shown_columns_in_the_order_of_the_owner(self) -> None:
        cells = {"a": "1", "b": "2", "c": "3"}
        assert list(rows.shown(cells, ["c", "a", "gone"])) == ["c", "a"]
        assert rows.shown(cells, []) == cells
        assert rows.text({"c": "3", "a": "1"}) == "3\n1"
