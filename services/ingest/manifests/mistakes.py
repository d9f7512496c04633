"""What is wrong with YAML, in words: the parser draws a picture of the place instead."""

import yaml


def place_of(error: Exception) -> str:
    """Where, and what it is: ` at line 3, column 5: …`; empty where the parser does not say."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return ""
    mark = error.problem_mark
    return f" at line {mark.line + 1:,}, column {mark.column + 1:,}: {error.problem or 'it can not be read'}"
