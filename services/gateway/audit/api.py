"""Route of the audit."""

from typing import Annotated

from fastapi import APIRouter, Depends

from services.gateway.audit.schemas import AuditPage
from services.gateway.cursors import Cursor, Limit
from services.gateway.parts import Parts, parts_of
from services.gateway.requests import StrictRoute
from services.gateway.sessions.access import Needs

router = APIRouter(tags=["audit"], route_class=StrictRoute)


@router.get("/audit", dependencies=[Depends(Needs("audit/read"))])
async def list_audit(parts: Annotated[Parts, Depends(parts_of)], cursor: Cursor = "", limit: Limit = 100) -> AuditPage:
    """List privileged acts, exports and sign-ins, newest first."""
    return await parts.audit.page(cursor, limit)
