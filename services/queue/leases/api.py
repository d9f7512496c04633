"""Internal HTTP of leases. Thin: it must hold no rule of its own."""

from fastapi import APIRouter

from services.contracts.queue_api import (
    ClaimItemsRequest,
    ClaimRequest,
    HeartbeatAnswer,
    HeartbeatRequest,
    Page,
    ReleaseRequest,
)
from services.queue.leases.service import Leases


def routes(leases: Leases) -> APIRouter:
    """Claim, claim again, heartbeat, release."""
    router = APIRouter(prefix="/internal")

    @router.post("/claim")
    async def claim(request: ClaimRequest) -> Page:
        """A page of items."""
        return await leases.claim(request)

    @router.post("/claim-items")
    async def claim_items(request: ClaimItemsRequest) -> Page:
        """Named items, for drafts whose lease was lost."""
        return await leases.claim_items(request)

    @router.post("/heartbeat")
    async def heartbeat(request: HeartbeatRequest) -> HeartbeatAnswer:
        """Extend pages."""
        return await leases.heartbeat(request)

    @router.post("/release")
    async def release(request: ReleaseRequest) -> dict[str, int]:
        """Give items back."""
        return {"released": await leases.release(request)}

    return router
