"""Puts the gateway together. The only place that knows all of its parts; it holds no rule of its own."""

from typing import Final

from fastapi import APIRouter

from services.contracts.topics import EXPORTS, REFRESHES
from services.gateway.audit import api as audit_api
from services.gateway.audit.service import Audit
from services.gateway.audit.store import AuditStore
from services.gateway.exports import api as exports_api
from services.gateway.exports.service import Exports
from services.gateway.exports.store import ExportsStore
from services.gateway.idempotency import Idempotency
from services.gateway.labeling import api as labeling_api
from services.gateway.labeling.service import Labeling
from services.gateway.live import api as live_api
from services.gateway.live.hub import Hub
from services.gateway.live.service import TOPICS, Live
from services.gateway.media import api as media_api
from services.gateway.media.service import Media
from services.gateway.members import api as members_api
from services.gateway.members.service import Members
from services.gateway.members.store import MembersStore
from services.gateway.openapi import PREFIX
from services.gateway.pages import api as pages_api
from services.gateway.pages.headers import SecurityHeaders
from services.gateway.pages.service import Pages
from services.gateway.parts import Parts
from services.gateway.people import api as people_api
from services.gateway.people.first_owner import FirstOwner
from services.gateway.people.links import Links
from services.gateway.people.service import People
from services.gateway.people.store import PeopleStore
from services.gateway.projects import api as projects_api
from services.gateway.projects.known import KnownProjects
from services.gateway.projects.progress import ProgressBoard
from services.gateway.projects.reconcile import Reconcile
from services.gateway.projects.service import Projects
from services.gateway.projects.store import ProjectsStore
from services.gateway.refreshes import api as refreshes_api
from services.gateway.refreshes.service import Refreshes
from services.gateway.refreshes.store import RefreshesStore
from services.gateway.sessions import api as sessions_api
from services.gateway.sessions.passwords import Passwords
from services.gateway.sessions.service import Sessions
from services.gateway.sessions.sign_in import Door
from services.gateway.sessions.store import SessionsStore
from services.gateway.sessions.throttle import Throttle
from services.gateway.settings import GatewaySettings
from services.gateway.sources import api as sources_api
from services.gateway.sources.service import Sources
from services.gateway.tokens import api as tokens_api
from services.gateway.tokens.service import Tokens
from services.gateway.tokens.store import TokensStore
from services.kit.blobs import Blobs
from services.kit.service import Service

_APIS: Final = (
    sessions_api,
    people_api,
    tokens_api,
    members_api,
    projects_api,
    refreshes_api,
    labeling_api,
    media_api,
    sources_api,
    exports_api,
    live_api,
    audit_api,
)


def build(settings: GatewaySettings) -> Service:
    """A gateway that is ready to run."""
    service = Service("gateway", settings)
    store, outbox = service.store, service.outbox
    people, members, tokens = PeopleStore(store), MembersStore(store), TokensStore(store)
    sessions_store, audit_store, idempotency = SessionsStore(store), AuditStore(store), Idempotency(store)
    projects_store = ProjectsStore(store, outbox)
    exports_store, refreshes_store = ExportsStore(store, outbox), RefreshesStore(store, outbox)
    queue, ingest = service.client("queue"), service.client("ingest")

    audit, passwords, links = Audit(audit_store), Passwords(), Links(people, settings.gateway_url)
    sessions = Sessions(sessions_store, tokens, people, members, settings)
    throttle = Throttle(sessions_store, settings)
    known, board, hub = KnownProjects(projects_store), ProgressBoard(queue), Hub()
    projects = Projects(store, projects_store, known, board, ingest, idempotency, audit)
    exports = Exports(store, exports_store, projects, idempotency, audit)
    refreshes = Refreshes(store, refreshes_store, projects_store, known, audit)

    stores = (people, members, tokens, sessions_store, idempotency, projects_store, exports_store, refreshes_store)
    for part in stores:
        service.on_prepare(part.prepare)
    service.on_prepare(FirstOwner(store, people, members, tokens, links, settings).ensure)
    service.bus.subscribe(EXPORTS, exports.learn)
    service.bus.subscribe(REFRESHES, refreshes.learn)
    service.bus.live(TOPICS, Live(hub, known, board, exports, refreshes).handle)
    reconcile = Reconcile(store, projects_store, known, refreshes_store, exports_store, queue, ingest)
    service.worker("reconcile", reconcile.step)

    blobs = Blobs(settings)
    service.http.state.parts = Parts(
        service=service,
        settings=settings,
        blobs=blobs,
        names=people,
        sessions=sessions,
        door=Door(store, people, sessions, links, passwords, throttle, audit),
        people=People(store, people, members, sessions, links, passwords, audit),
        members=Members(store, members, people, sessions, audit),
        tokens=Tokens(store, tokens, sessions, audit),
        audit=audit,
        board=board,
        projects=projects,
        labeling=Labeling(known, queue),
        sources=Sources(ingest),
        media=Media(known, ingest),
        exports=exports,
        refreshes=refreshes,
        hub=hub,
    )
    _routes(service, settings)
    return service


def _routes(service: Service, settings: GatewaySettings) -> None:
    api = APIRouter(prefix=PREFIX)
    for each in _APIS:
        api.include_router(each.router)
    service.http.include_router(api)
    service.http.include_router(pages_api.router(service.http, Pages()))
    service.http.add_middleware(SecurityHeaders, https=settings.gateway_url.startswith("https:"))
