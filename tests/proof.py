"""Makes `make proof` resumable and writes what it saw: a pytest plugin. It must never hide a failure.

Each result goes to `.labelbus/proof/<commit>.jsonl` when it is there; what passed at this commit is not run again, nor
at an earlier one that `--proof-since` names. The summary of all results is `docs/proof/<date>.md`; it says what ran at
which.
"""

import json
import os
import platform
import shutil
import statistics
import subprocess
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).parents[1]
RESULTS = CHECKOUT / ".labelbus" / "proof"
REPORTS = CHECKOUT / "docs" / "proof"
Result = dict[str, Any]


def commit() -> str:
    """Short name of the commit at work, marked when files differ from it."""
    name = _git("rev-parse", "--short", "HEAD")
    changed = _git("status", "--porcelain", "--", "labelbus", "services", "deploy", "tests", "proto", "uv.lock")
    return name + ("-changed" if changed else "")


def _git(*arguments: str) -> str:
    git = shutil.which("git") or "git"
    return subprocess.run([git, *arguments], cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout.strip()


class Proof:
    """The results of one commit, kept over as many runs as it takes."""

    def __init__(self, since: Sequence[str]) -> None:
        self.commit = commit()
        self._since = since
        self.file = RESULTS / f"{self.commit}.jsonl"
        self.left = 0

    def results(self) -> dict[str, Result]:
        """The last result of each test."""
        found: dict[str, Result] = {}
        for name in (*self._since, self.commit):
            file = RESULTS / f"{name}.jsonl"
            lines = file.read_text().splitlines() if file.exists() else []
            found |= {each["test"]: {**each, "commit": name} for each in map(json.loads, lines)}
        return found

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Leave out what passed before. A commit with changed files proves nothing twice, so all of it runs."""
        passed = {test for test, each in self.results().items() if each["outcome"] == "passed"}
        if self.commit.endswith("-changed"):
            passed = set()
        done = [item for item in items if item.nodeid in passed]
        items[:] = [item for item in items if item.nodeid not in passed]
        self.left = len(items)
        if done:
            config.hook.pytest_deselected(items=done)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the result of a test at once; one that fails while it is set up or torn down has failed."""
        if report.when != "call" and report.passed:
            return
        RESULTS.mkdir(parents=True, exist_ok=True)
        result = {
            "test": report.nodeid, "outcome": report.outcome, "seconds": round(report.duration, 1),
            "at": datetime.now(UTC).isoformat(timespec="seconds"), "why": _why(report),
        }  # fmt: skip
        if report.failed:
            with self.file.with_suffix(".failures").open("a") as file:
                file.write(f"{report.nodeid}\n{report.longreprtext}\n\n")
        with self.file.open("a") as file:
            file.write(json.dumps(result) + "\n")

    def pytest_sessionfinish(self) -> None:
        """Write the summary, also after Ctrl-C."""
        results = self.results()
        if not results:
            return
        REPORTS.mkdir(parents=True, exist_ok=True)
        path = REPORTS / f"{datetime.now(UTC).date()}.md"
        path.write_text("\n".join(report(self.commit, self.left, results)) + "\n")


def _why(report: pytest.TestReport) -> str:
    """The error of a failed test, in one line."""
    crash = getattr(report.longrepr, "reprcrash", None)
    return str(crash.message).partition("\n")[0] if crash else ""


def report(commit: str, left: int, results: dict[str, Result]) -> Iterable[str]:
    """The summary, in Markdown."""
    ran = [each for each in results.values() if each["outcome"] != "skipped"]
    failed = [each for each in ran if each["outcome"] == "failed"]
    yield f"# Proof of {commit}"
    yield ""
    for name in sorted({each["commit"] for each in ran} - {commit}):
        yield f"{sum(each['commit'] == name for each in ran)} of these tests ran at the earlier commit {name}."
    yield f"`make proof`, {min(each['at'] for each in ran)} to {max(each['at'] for each in ran)}, on"
    yield f"{os.cpu_count()} cores, Python {platform.python_version()}."
    yield f"{len(ran) - len(failed)} passed, {len(failed)} failed."
    if left > len(ran):
        yield f"The last run ended before all of its {left} tests had."
    yield ""
    yield "| tests | passed | failed | median seconds | longest |"
    yield "|---|---|---|---|---|"
    for group in sorted({_group(each) for each in ran}):
        seconds = [each["seconds"] for each in ran if _group(each) == group]
        wrong = sum(_group(each) == group for each in failed)
        yield f"| {group} | {len(seconds) - wrong} | {wrong} | {statistics.median(seconds):.1f} | {max(seconds):.1f} |"
    for each in failed:
        yield f"\n- failed: `{each['test']}`: {each['why']}"


def _group(result: Result) -> str:
    """File and function of a test; of a crash also what was going on and who died."""
    test, _, case = str(result["test"]).partition("[")
    step = case.partition("-at-")[0] if "-at-" in case else ""
    return f"`{test.removeprefix('tests/')}`" + (f" {step}" if step else "")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Loaded by `-p tests.proof`."""
    what = "an earlier commit whose passed tests need not run again; may be given several times, oldest first"
    parser.addoption("--proof-since", action="append", default=[], help=what)


def pytest_configure(config: pytest.Config) -> None:
    """Results are written by one process only."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Proof(config.getoption("--proof-since")), "proof-results")
