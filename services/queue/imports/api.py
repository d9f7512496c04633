"""Internal HTTP of imports. Thin: it must hold no rule of its own."""

from fastapi import APIRouter

from services.queue.imports.store import Imports

_CANCELED = "It was canceled. What was written before stays."


def routes(imports: Imports) -> APIRouter:
    """Ending an import that is being written."""
    router = APIRouter(prefix="/internal")

    @router.post("/imports/{import_id}/cancel")
    async def cancel(import_id: str) -> dict[str, bool]:
        """Whether it is canceled now."""
        return {"canceled": await imports.cancel(import_id, _CANCELED)}

    return router
