"""Prelabels on the internal HTTP: where a preset comes from, and what a person made of it."""

from pydantic import BaseModel, ConfigDict, Field

from services.contracts import limits
from services.contracts.labels import Outcome


class Prelabel(BaseModel):
    """Where a preset comes from: a run of a model, or `import:<id>`; and how sure that is, from 0 to 1."""

    run: str
    confidence: float


class PrelabelGiven(BaseModel):
    """The prelabel that was shown while the label was made, and what became of it."""

    model_config = ConfigDict(extra="forbid")

    run: str = Field(min_length=1, max_length=limits.NAME_CHARS)
    confidence: float = Field(ge=0, le=1, allow_inf_nan=False)
    outcome: Outcome
