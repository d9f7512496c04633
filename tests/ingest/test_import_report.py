"""The counts of a report: whatever stands in a file is in one of them."""

from pathlib import Path

from services.contracts.projects import ColumnMapping
from services.ingest.imports.readers import jsonl
from services.ingest.imports.report import Report
from services.ingest.imports.spool import Spool


def test_lines_that_can_not_be_read_count_as_refused(tmp_path: Path) -> None:
    file = tmp_path / "labels.jsonl"
    file.write_text('{"image_url": "a.png", "label": "cat"}\nno JSON\n[]\n')
    report = Report(tmp_path / "report")
    with Spool(tmp_path / "spool") as spool:
        jsonl.read(file, spool, ColumnMapping(), None)
        spool.problem("labels.names", "category", "A class without a name.")
        spool.seal()
        for note in spool.problems():
            report.noted(note)
    report.close()
    fields = report.fields()
    assert (fields["refused"], fields["total"], len(fields["problems"])) == (2, 2, 3)
    assert (tmp_path / "report").read_text().count('"result": "refused"') == 2
