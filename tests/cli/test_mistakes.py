"""What people do wrong gets one line that says what to do."""

from pathlib import Path

import pytest

from tests.cli.conftest import labelbus

AWAY = {
    "LABELBUS_GATEWAY_URL": "http://127.0.0.1:9",
    "LABELBUS_KAFKA": "127.0.0.1:9",
    "LABELBUS_TOKEN": "lb_" + "t" * 32,
}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["demo"], "Labelbus at http://127.0.0.1:9 (LABELBUS_GATEWAY_URL) does not answer"),
        (["events", "tail"], "Kafka at 127.0.0.1:9 (LABELBUS_KAFKA) does not answer"),
        (["upload", "/nowhere/at/all"], "/nowhere/at/all is no folder."),
    ],
)
def test_one_line_and_an_exit_status(arguments: list[str], said: str) -> None:
    result = labelbus(*arguments, **AWAY)
    assert result.returncode == 1
    assert result.stdout == ""
    *_, last = result.stderr.splitlines()
    assert last.startswith(f"labelbus: {said}")
    assert "Traceback" not in result.stderr


def test_a_token_is_asked_for(tmp_path: Path) -> None:
    result = labelbus("upload", str(tmp_path), **AWAY | {"LABELBUS_TOKEN": "", "LABELBUS_GATEWAY_BOOTSTRAP_TOKEN": ""})
    assert (result.returncode, result.stderr) == (1, "labelbus: An API token is needed: set LABELBUS_TOKEN.\n")


def test_a_token_that_can_not_be_sent_is_never_shown(tmp_path: Path) -> None:
    result = labelbus("upload", str(tmp_path), **AWAY | {"LABELBUS_TOKEN": "lb_" + "t" * 32 + "\r"})
    assert (result.returncode, "ttt" in result.stderr) == (1, False)
    assert result.stderr.startswith("labelbus: The API token holds a line break")


@pytest.mark.parametrize(
    "arguments", [[], ["events"], ["events", "tail", "--topic", "weather"], ["upload"], ["demo", "--pictures", "0"]]
)
def test_wrong_usage_is_explained(arguments: list[str]) -> None:
    result = labelbus(*arguments)
    assert result.returncode == 2
    assert "usage: labelbus" in result.stderr


def test_a_kafka_without_our_topics_is_told_apart(kafka: str) -> None:
    result = labelbus("events", "tail", LABELBUS_KAFKA=kafka, LABELBUS_TOPIC_PREFIX="elsewhere-")
    assert result.returncode == 1
    assert "Kafka has no topic elsewhere-labelbus.labels.v1" in result.stderr
