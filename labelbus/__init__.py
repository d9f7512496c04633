"""Labelbus from Python: `Client` and `AsyncClient` over the public API. Imports nothing of the services."""

from labelbus.client import AsyncClient, Client
from labelbus.errors import FieldProblem, LabelbusError
from labelbus.models.events import Event
from labelbus.models.exports import ExportFilter
from labelbus.models.items import Answer, Effort, GivenLabel, PrelabelGiven, Region
from labelbus.models.projects import Instructions, NewLabel
from labelbus.models.sources import (
    ColumnMapping,
    DatastoreChange,
    Folder,
    NewDatastore,
    Source,
    TableSettings,
)

__all__ = [
    "Answer",
    "AsyncClient",
    "Client",
    "ColumnMapping",
    "DatastoreChange",
    "Effort",
    "Event",
    "ExportFilter",
    "FieldProblem",
    "Folder",
    "GivenLabel",
    "Instructions",
    "LabelbusError",
    "NewDatastore",
    "NewLabel",
    "PrelabelGiven",
    "Region",
    "Source",
    "TableSettings",
]
