"""A line of a chunk of an import: what ingest found for one item, and queue writes. Never an event."""

from pydantic import Field

from services.contracts.base import Contract
from services.contracts.labels import Answer, Region


def folder(project: str, import_id: str = "") -> str:
    """Where the objects of an import lie, or those of all imports of a project, in the default bucket."""
    return f"Labeling/imports/{project}/{import_id}/" if import_id else f"Labeling/imports/{project}/"


def chunk_key(project: str, import_id: str, chunk: int) -> str:
    """The object of a chunk, numbered from 0: JSON Lines, each an ImportLine."""
    return f"{folder(project, import_id)}chunks/{chunk:06d}.jsonl"


class ImportLine(Contract):
    """Labels of an item, in pixels of the upright picture or code points, by the ids of the project."""

    item: str
    answers: list[Answer] = []
    regions: list[Region] = []
    confidence: float = Field(default=1.0, ge=0, le=1)
