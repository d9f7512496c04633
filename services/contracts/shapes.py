"""Texts of a given shape, whose refusal says in words what is right; a regular expression is for programs."""

import re
from dataclasses import dataclass

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema


@dataclass(frozen=True)
class Shape:
    """Annotation of a text: `pattern`, which the API shows too, and `words` that go on after the name of the field."""

    pattern: str
    words: str

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Look at it after everything else, such as trimming."""
        return core_schema.no_info_after_validator_function(self._checked, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """As a pattern."""
        return {**handler(schema), "pattern": self.pattern}

    def _checked(self, value: str) -> str:
        # `$` also stands before a last line break.
        if value.endswith("\n") or not re.search(self.pattern, value):
            raise ValueError(self.words)
        return value
