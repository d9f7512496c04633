"""Refusals that name one field."""

from services.contracts.problems import FieldProblem
from services.kit.problems import Refused


def wrong(field: str, message: str, code: str = "invalid", status: int = 422) -> Refused:
    """One wrong field and what would be right."""
    return Refused(status, code, f"{field}: {message}", [FieldProblem(field=field, message=message)])
