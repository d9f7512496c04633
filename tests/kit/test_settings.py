"""Wrong settings are told in a line each, without a traceback and without what was set."""

import pytest

from services.kit.settings import Settings


def test_each_wrong_setting_has_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LABELBUS_INTERNAL_KEY", raising=False)
    monkeypatch.setenv("LABELBUS_LOG_LEVEL", "LOUD")
    with pytest.raises(SystemExit) as ended:
        Settings.read()
    assert str(ended.value).splitlines() == [
        "LABELBUS_INTERNAL_KEY is missing.",
        "LABELBUS_LOG_LEVEL must be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'.",
    ]


def test_a_secret_that_is_too_short_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LABELBUS_INTERNAL_KEY", "geheim")
    with pytest.raises(SystemExit) as ended:
        Settings.read()
    assert str(ended.value) == "LABELBUS_INTERNAL_KEY must have at least 16 characters."
