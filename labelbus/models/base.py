"""Base of all models, and words of the API."""

from typing import Annotated, Any, Generic, Literal, TypeAlias, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, SkipValidation, ValidationInfo, model_validator

T = TypeVar("T")


class Model(BaseModel):
    """Read-only. A word that only a newer server knows stays as it is."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Given(BaseModel):
    """Something that is sent: a field that the API does not know is a mistake. Only fields that were set are sent."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Shared(Model):
    """Something that is sent and answered: a field that nobody knows is a mistake only where you wrote it."""

    @model_validator(mode="before")
    @classmethod
    def _known(cls, value: Any, info: ValidationInfo) -> Any:
        if info.mode == "python" and isinstance(value, dict) and (unknown := value.keys() - cls.model_fields.keys()):
            raise ValueError(f"{cls.__name__} has no {', '.join(sorted(unknown))}")
        return value


class Page(Model, Generic[T]):
    """A page of a list. `cursor` is empty at the end."""

    items: list[T]
    cursor: str = ""


TaskType: TypeAlias = Annotated[
    Literal[
        "image_multi_class",
        "image_multi_label",
        "image_box",
        "image_polygon",
        "image_mask",
        "text_multi_class",
        "text_multi_label",
        "text_entities",
    ],
    SkipValidation,
]
RunState: TypeAlias = Annotated[
    Literal["initializing", "created", "running", "paused", "failed", "deleting", "deleted"], SkipValidation
]
JobState: TypeAlias = Annotated[Literal["requested", "running", "succeeded", "failed", "canceled"], SkipValidation]
ItemState: TypeAlias = Annotated[
    Literal["discovered", "queued", "leased", "labeled", "skipped", "needs_review", "removed", "missing"],
    SkipValidation,
]
SourceKind: TypeAlias = Annotated[Literal["files", "table", "manifest"], SkipValidation]
MediaKind: TypeAlias = Literal["image", "text"]
Row: TypeAlias = dict[str, Any]
"""A line of JSON Lines."""


def words(alias: Any) -> tuple[str, ...]:
    """The words of one of these types, such as RunState."""
    known: tuple[str, ...] = get_args(get_args(alias)[0])
    return known
