"""The one error of the client: what the server refused, or why there was no answer."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict


class FieldProblem(BaseModel):
    """One wrong field: its path as in the request (`labels.2.name`) and what would be right."""

    model_config = ConfigDict(frozen=True)

    field: str
    message: str


class LabelbusError(Exception):
    """A call failed; its text can be shown to people.

    `status` is that of HTTP, 0 when there was no answer. `code` is stable: see the API for those of the server; the
    client's own are `unreachable`, `timeout`, `not_labelbus`, `no_token`, `bad_token`, `bad_name`, `bad_file`,
    `corrupt_download` and `<job>_failed`.
    `fields` are what was wrong in the request. `retryable`: the same call may succeed later.
    """

    def __init__(
        self,
        detail: str,
        *,
        code: str,
        status: int = 0,
        fields: Sequence[FieldProblem] = (),
        retryable: bool = False,
        request_id: str = "",
    ) -> None:
        super().__init__(detail)
        self.detail, self.code, self.status = detail, code, status
        self.fields, self.retryable, self.request_id = tuple(fields), retryable, request_id

    def __str__(self) -> str:
        """The sentence, and the wrong fields where it does not name them."""
        wrong = [f"{each.field}: {each.message}" for each in self.fields]
        said = [] if any(self.detail == each.message for each in self.fields) else [self.detail]
        return "; ".join([*said, *(each for each in wrong if each not in self.detail)])

    def about(self, name: str) -> "LabelbusError":
        """The same, its text naming what the call was about."""
        return LabelbusError(
            f"{name}: {self.detail}",
            code=self.code,
            status=self.status,
            fields=self.fields,
            retryable=self.retryable,
            request_id=self.request_id,
        )
