"""Labelbus from Python: `Client` and `AsyncClient` over the public API. Imports nothing of the services."""

from labelbus.client import AsyncClient, Client
from labelbus.errors import FieldProblem, LabelbusError

__all__ = ["AsyncClient", "Client", "FieldProblem", "LabelbusError"]
