"""The services that routes use. Made once in `app.py`, found by every request."""

from dataclasses import dataclass

from fastapi import Request

from services.gateway.audit.service import Audit
from services.gateway.datasets.service import Datasets
from services.gateway.datastores.service import Datastores
from services.gateway.exports.service import Exports
from services.gateway.imports.service import Imports
from services.gateway.items.service import Items
from services.gateway.labeling.service import Labeling
from services.gateway.live.hub import Hub
from services.gateway.media.service import Media
from services.gateway.members.service import Members
from services.gateway.people.service import People
from services.gateway.people.store import PeopleStore
from services.gateway.projects.progress import ProgressBoard
from services.gateway.projects.service import Projects
from services.gateway.refreshes.service import Refreshes
from services.gateway.sessions.service import Sessions
from services.gateway.sessions.sign_in import Door
from services.gateway.settings import GatewaySettings
from services.gateway.sources.service import Sources
from services.gateway.tokens.service import Tokens
from services.kit.blobs import Blobs
from services.kit.service import Service


@dataclass(frozen=True, slots=True)
class Parts:
    """One of each."""

    service: Service
    settings: GatewaySettings
    blobs: Blobs
    names: PeopleStore
    sessions: Sessions
    door: Door
    people: People
    members: Members
    tokens: Tokens
    audit: Audit
    board: ProgressBoard
    projects: Projects
    labeling: Labeling
    items: Items
    sources: Sources
    datastores: Datastores
    datasets: Datasets
    media: Media
    exports: Exports
    refreshes: Refreshes
    imports: Imports
    hub: Hub


def parts_of(request: Request) -> Parts:
    """The parts of the gateway that got this request."""
    parts: Parts = request.app.state.parts
    return parts
