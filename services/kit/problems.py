"""How HTTP says no: every refusal, expected or not, leaves as `application/problem+json`."""

from collections.abc import Sequence
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from services.contracts.problems import FieldProblem, Problem
from services.kit import errors, logs, requests, sentences

MEDIA_TYPE = "application/problem+json"
_CODES = {405: "method_not_allowed", 413: "body_too_large"}
_log = logs.get()


class Refused(Exception):
    """The request is refused. `code` is stable and part of the API; `detail` is a sentence for people."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str = "",
        fields: Sequence[FieldProblem] = (),
        retryable: bool = False,  # noqa: FBT001, FBT002 - every caller names it
    ) -> None:
        """`fields` name what is wrong in the request; `retryable`: the same request may succeed later."""
        super().__init__(f"{code}: {detail}")
        self.status, self.code, self.detail = status, code, detail
        self.fields, self.retryable = list(fields), retryable

    def problem(self) -> Problem:
        """The body of the answer."""
        return Problem(
            status=self.status,
            code=self.code,
            title=HTTPStatus(self.status).phrase,
            detail=self.detail,
            fields=self.fields,
            retryable=self.retryable,
            request_id=requests.current_id(),
        )

    def response(self) -> Response:
        """The answer."""
        headers = {"Retry-After": "1"} if self.retryable else {}
        return Response(self.problem().model_dump_json(), self.status, headers, MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Register the handlers."""
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)  # noqa: S101 - registered for this class only
    return error.response()


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class only
    found = error.errors()
    if any(entry["type"] == "json_invalid" for entry in found):
        reason = found[0].get("ctx", {}).get("error", "")
        return Refused(400, "malformed_json", f"The body is no JSON: {reason}").response()
    if found[0]["loc"] == ("body",) and "json" not in request.headers.get("content-type", ""):
        return Refused(415, "not_json", "The body has to be JSON, sent with Content-Type: application/json.").response()
    fields = [FieldProblem(field=_path(entry["loc"]), message=sentences.said(entry)) for entry in found]
    return Refused(422, "invalid", f"{fields[0].field}: {fields[0].message}", fields).response()


def _path(location: Sequence[int | str]) -> str:
    parts = [str(part) for part in location]
    return ".".join(parts[1:] if len(parts) > 1 and parts[0] in {"body", "query", "path", "header"} else parts)


async def _http(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class only
    code = _CODES.get(error.status_code) or HTTPStatus(error.status_code).phrase.lower().replace(" ", "_")
    response = Refused(error.status_code, code, str(error.detail)).response()
    response.headers.update(error.headers or {})
    return response


async def _unexpected(_request: Request, error: Exception) -> Response:
    return unexpected(error).response()


def unexpected(error: Exception) -> Refused:
    """What to answer for an error that nobody foresaw: an outage is 503 and retryable, all else a logged 500."""
    if errors.is_infrastructure(error):
        _log.warning("dependency_unavailable", error=repr(error))
        return Refused(503, "unavailable", "Something this service depends on does not answer.", retryable=True)
    _log.error("request_failed", exc_info=error)
    return Refused(500, "internal", "An unexpected error. The log has it under this request id.")
