"""Puts the gateway together. The only place that knows all of its parts; it holds no rule of its own."""

from typing import Final

from fastapi import APIRouter

from services.contracts.topics import EXPORTS, IMPORTS, REFRESHES
from services.gateway.audit import api as audit_api
from services.gateway.audit.service import Audit
from services.gateway.audit.store import AuditStore
from services.gateway.datasets import api as datasets_api
from services.gateway.datasets.service import Datasets
from services.gateway.datastores import api as datastores_api
from services.gateway.datastores.service import Datastores
from services.gateway.exports import api as exports_api
from services.gateway.exports.service import Exports
from services.gateway.exports.store import ExportsStore
from services.gateway.heads import Heads
from services.gateway.idempotency import Idempotency
from services.gateway.imports import api as imports_api
from services.gateway.imports.service import Imports
from services.gateway.imports.store import ImportsStore
from services.gateway.items import api as items_api
from services.gateway.items.service import Items
from services.gateway.labeling import api as labeling_api
from services.gateway.labeling.service import Labeling
from services.gateway.live import api as live_api
from services.gateway.live.hub import Hub
from services.gateway.live.service import FLOODS, TOPICS, Live
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
from services.gateway.refreshes.hints import HintsStore
from services.gateway.refreshes.notifications import Notifications
from services.gateway.refreshes.pace import Pace
from services.gateway.refreshes.regular import RegularRefreshes
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
from services.kit.client import InternalClient
from services.kit.outbox import Outbox
from services.kit.service import Service
from services.kit.store import Store

_APIS: Final = (
    sessions_api,
    people_api,
    tokens_api,
    members_api,
    projects_api,
    refreshes_api,
    labeling_api,
    items_api,
    media_api,
    sources_api,
    datastores_api,
    datasets_api,
    exports_api,
    imports_api,
    live_api,
    audit_api,
)


class _Stores:
    """All collections of the gateway's database."""

    def __init__(self, store: Store, outbox: Outbox) -> None:
        self.people, self.members, self.tokens = PeopleStore(store), MembersStore(store), TokensStore(store)
        self.sessions, self.audit, self.idempotency = SessionsStore(store), AuditStore(store), Idempotency(store)
        self.projects = ProjectsStore(store, outbox)
        self.exports, self.refreshes = ExportsStore(store, outbox), RefreshesStore(store, outbox)
        self.imports = ImportsStore(store, outbox)

    async def prepare(self) -> None:
        """Create all indexes; those that exist stay as they are."""
        for part in (self.people, self.members, self.tokens, self.sessions, self.idempotency):
            await part.prepare()
        for view in (self.projects, self.exports, self.refreshes, self.imports):
            await view.prepare()


class _Accounts:
    """People, sessions and what they need."""

    def __init__(self, store: Store, stores: _Stores, settings: GatewaySettings) -> None:
        people, members, tokens = stores.people, stores.members, stores.tokens
        self.audit = audit = Audit(stores.audit)
        links, passwords = Links(people, settings.gateway_url), Passwords()
        self.sessions = Sessions(stores.sessions, tokens, people, members, settings)
        throttle = Throttle(stores.sessions, settings)
        self.door = Door(store, people, self.sessions, links, passwords, throttle, audit)
        self.people = People(store, people, members, self.sessions, links, passwords, audit)
        self.members = Members(store, members, people, self.sessions, audit)
        self.tokens = Tokens(store, tokens, self.sessions, audit)
        self.first_owner = FirstOwner(store, people, members, tokens, links, settings)


class _Work:
    """Projects, jobs and labeling: what speaks with the other services."""

    def __init__(
        self, store: Store, stores: _Stores, audit: Audit, queue: InternalClient, ingest: InternalClient
    ) -> None:
        self.known, self.board, self.hub = KnownProjects(stores.projects), ProgressBoard(queue), Hub()
        known, idempotency = self.known, stores.idempotency
        self.datastores = Datastores(ingest, stores.projects, audit)
        self.datasets = datasets = Datasets(ingest, stores.people, audit)
        self.projects = Projects(store, stores.projects, known, self.board, ingest, datasets, idempotency, audit)
        self.exports = Exports(store, stores.exports, self.projects, stores.people, idempotency, audit)
        self.refreshes = Refreshes(store, stores.refreshes, stores.projects, known, audit)
        self.imports = Imports(store, stores.imports, self.projects, queue, ingest, idempotency, audit)
        self.live = Live(self.hub, known, self.board, self.exports, self.refreshes, self.imports)
        self.reconcile = Reconcile(store, stores.projects, known, stores.refreshes, stores.exports, queue, ingest)
        self.items = Items(known, stores.people, queue)
        self.labeling, self.sources, self.media = Labeling(known, queue), Sources(ingest), Media(known, ingest)


def build(settings: GatewaySettings) -> Service:
    """A gateway that is ready to run."""
    service = Service("gateway", settings)
    stores = _Stores(service.store, service.outbox)
    accounts = _Accounts(service.store, stores, settings)
    work = _Work(service.store, stores, accounts.audit, service.client("queue"), service.client("ingest"))
    service.on_prepare(stores.prepare)
    service.on_prepare(accounts.first_owner.ensure)
    service.bus.subscribe(EXPORTS, work.exports.learn)
    service.bus.subscribe(REFRESHES, work.refreshes.learn)
    service.bus.subscribe(IMPORTS, work.imports.learn)
    service.bus.live(TOPICS, work.live.handle, keys_only=FLOODS)
    service.worker("reconcile", work.reconcile.step)
    _regular(service, settings, stores, work)
    service.http.state.parts = _parts(service, settings, stores, accounts, work)
    _routes(service, settings)
    return service


def _regular(service: Service, settings: GatewaySettings, stores: _Stores, work: _Work) -> None:
    """Refreshes that nobody asks for."""
    hints = HintsStore(service.store)
    pace = Pace(
        settings.gateway_refresh_every_s * 1_000,
        settings.gateway_refresh_soon_s * 1_000,
        settings.gateway_hint_quiet_ms,
    )
    regular = RegularRefreshes(stores.projects, stores.refreshes, hints, work.refreshes, work.board, pace)
    service.worker("regular", regular.step)
    if settings.notifications_topic:
        handler = Notifications(stores.projects, work.datastores, hints).handle
        service.bus.foreign(settings.notifications_topic, handler)


def _parts(service: Service, settings: GatewaySettings, stores: _Stores, accounts: _Accounts, work: _Work) -> Parts:
    return Parts(
        service=service,
        settings=settings,
        blobs=Blobs(settings),
        names=stores.people,
        sessions=accounts.sessions,
        door=accounts.door,
        people=accounts.people,
        members=accounts.members,
        tokens=accounts.tokens,
        audit=accounts.audit,
        board=work.board,
        projects=work.projects,
        labeling=work.labeling,
        items=work.items,
        sources=work.sources,
        datastores=work.datastores,
        datasets=work.datasets,
        media=work.media,
        exports=work.exports,
        refreshes=work.refreshes,
        imports=work.imports,
        hub=work.hub,
    )


def _routes(service: Service, settings: GatewaySettings) -> None:
    api = APIRouter(prefix=PREFIX)
    for each in _APIS:
        api.include_router(each.router)
    service.http.include_router(api)
    service.http.include_router(pages_api.router(service.http, Pages()))
    service.http.add_middleware(SecurityHeaders, https=settings.gateway_url.startswith("https:"))
    service.http.add_middleware(Heads)
