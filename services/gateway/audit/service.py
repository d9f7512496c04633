"""Records privileged acts, exports and sign-ins."""

import secrets

from services.gateway import cursors
from services.gateway.audit.schemas import AuditEntry, AuditPage
from services.gateway.audit.store import AuditStore
from services.gateway.sessions.identity import Identity
from services.kit import clock
from services.kit.store import Session

_NOBODY = Identity(person="", name="", email="")


class Audit:
    """Append-only."""

    def __init__(self, store: AuditStore) -> None:
        """Bind the store."""
        self._store = store

    async def record(
        self,
        session: Session | None,
        who: Identity | None,
        action: str,
        *,
        target: str = "",
        project: str = "",
        **detail: str,
    ) -> None:
        """Append an entry; with `session` it stands or falls with the act itself. Details never hold a secret."""
        actor = who or _NOBODY
        entry = AuditEntry(
            id=f"{clock.now_ms():013d}-{secrets.token_hex(6)}",
            at=clock.now(),
            person=actor.person,
            name=actor.name,
            action=action,
            target=target,
            project=project,
            address=actor.address,
            detail=detail,
        )
        await self._store.add(entry, session)

    async def page(self, cursor: str, limit: int) -> AuditPage:
        """Newest first, from behind `cursor`."""
        place = cursors.decode(cursor, str)
        entries = await self._store.page(str(place[0]) if place else "", limit)
        return AuditPage(items=entries, cursor=cursors.encode([entries[-1].id]) if len(entries) == limit else "")
