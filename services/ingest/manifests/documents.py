"""YAML that strangers wrote, and what is wrong with it, in words that name the place."""

from typing import Any

import yaml


class _Plain(yaml.SafeLoader):
    """Takes no alias: nested ones make a file of a few hundred bytes a value of gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # the stubs lack it
            raise yaml.composer.ComposerError(None, None, "aliases are not taken", mark)
        return super().compose_node(parent, index)


def plain(text: bytes | str) -> Any:
    """The document. Raises yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError."""
    return yaml.load(text, _Plain)  # noqa: S506 - a SafeLoader


def place_of(error: Exception) -> str:
    """Where, and what it is: ` at line 3, column 5: …`; empty where the parser does not say."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return ""
    mark = error.problem_mark
    return f" at line {mark.line + 1:,}, column {mark.column + 1:,}: {error.problem or 'it can not be read'}"
