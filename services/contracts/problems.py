"""How every HTTP answer says no: `application/problem+json` (RFC 9457), a stable `code`, the wrong fields."""

from pydantic import BaseModel


class FieldProblem(BaseModel):
    """One wrong field: its path as in the request (`label_sets.0.labels.2.name`) and what would be right."""

    field: str
    message: str


class Problem(BaseModel):
    """`retryable` true: the same request may succeed later, `code` says when.

    `current`: what is there now, for conflicts.
    """

    status: int
    code: str
    title: str
    detail: str = ""
    fields: list[FieldProblem] = []
    retryable: bool = False
    request_id: str = ""
