"""How request bodies are read: strict JSON, unknown fields refused, text that every store can keep."""

import json
import unicodedata
from collections.abc import Callable, Coroutine
from typing import Annotated, Any, Final

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic import AfterValidator, BaseModel, ConfigDict
from pydantic_core import from_json

from services.contracts.labels import Name

_OVERRIDES: Final = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
"""They make a name look like another one."""


class Body(BaseModel):
    """A request: a field that we do not know is a mistake of the caller and refused."""

    model_config = ConfigDict(extra="forbid")


class _StrictRequest(Request):
    """Python's own parser takes NaN and halves of surrogate pairs, which no store and no JSON answer can carry."""

    async def json(self) -> Any:
        """The body. Raises JSONDecodeError."""
        body = await self.body()
        try:
            return from_json(body, allow_inf_nan=False)
        except ValueError as error:
            raise json.JSONDecodeError(str(error), body.decode(errors="replace"), 0) from error


class StrictRoute(APIRoute):
    """A route whose body is read by the strict parser."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What answers a request, given a request that reads strictly."""
        handle = super().get_route_handler()

        async def strict(request: Request) -> Response:
            return await handle(_StrictRequest(request.scope, request.receive))

        return strict


def _printable(value: str) -> str:
    kinds = {unicodedata.category(character) for character in value}
    if kinds & {"Cc", "Zl", "Zp"} or any(unicodedata.bidirectional(character) in _OVERRIDES for character in value):
        raise ValueError("must not contain control characters such as line breaks or changes of direction")
    if kinds <= {"Cf", "Zs"}:
        raise ValueError("must contain something that can be seen")
    return value


def plain_text(value: str) -> str:
    """A text that may have several lines. Raises ValueError."""
    controls = {character for character in value if unicodedata.category(character) == "Cc"}
    if controls - {"\t", "\n", "\r"}:
        raise ValueError("must not contain control characters other than tabs and line breaks")
    return value


Title = Annotated[Name, AfterValidator(_printable)]
"""A name that people read in lists: 1 to 200 characters in one line, trimmed."""
