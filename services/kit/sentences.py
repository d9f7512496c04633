"""What is wrong with a value, in words that go on after the name of its field: for people, who don't know pydantic."""

from collections.abc import Mapping
from typing import Any, Final

_DATE: Final = "must be a time such as 2026-01-31T12:00:00Z, of the years 1 to 9999"
_WORDS: Final = {
    "missing": "is missing",
    "extra_forbidden": "is no field of this request",
    "string_type": "must be a text",
    "string_unicode": "must be a text",
    "string_sub_type": "must be a text",
    "string_too_short": "must have at least {min_length} characters",
    "string_too_long": "must have at most {max_length} characters",
    "string_pattern_mismatch": "must fit the pattern {pattern}",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_parsing_size": "must be a smaller number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "finite_number": "must be a finite number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be at most {le}",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "literal_error": "must be {expected}",
    "enum": "must be {expected}",
    "none_required": "must be null",
}
_LENGTHS: Final = {"too_short": ("at least", "min_length"), "too_long": ("at most", "max_length")}


def said(entry: Mapping[str, Any]) -> str:
    """Of an error as `ValidationError.errors` has it."""
    kind, context = entry["type"], entry.get("ctx", {})
    if kind in _LENGTHS:
        how, limit = _LENGTHS[kind]
        number, is_text = context[limit], context.get("field_type") == "Value"  # so a secret is called
        return f"must have {how} {number} {'characters' if is_text else 'entry' if number == 1 else 'entries'}"
    if kind.startswith(("datetime_", "date_", "timezone_")):
        return _DATE
    if kind in _WORDS:
        return _WORDS[kind].format(**context)
    message: str = entry["msg"]
    return message.removeprefix("Value error, ")
