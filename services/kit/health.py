"""Health and metrics. Liveness is progress of the loops, readiness is dependencies: no outage restarts the fleet."""

from typing import Protocol

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest


class Watched(Protocol):
    """What health asks."""

    def dead(self) -> str:
        """Why the process has to be replaced."""
        ...

    async def unready(self) -> list[str]:
        """What it waits for."""
        ...


def routes(service: Watched) -> APIRouter:
    """`/health/live`, `/health/ready` and `/metrics`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/health/live")
    async def live() -> Response:
        reason = service.dead()
        return JSONResponse({"alive": not reason, "reason": reason}, 503 if reason else 200)

    @router.get("/health/ready")
    async def ready() -> Response:
        missing = await service.unready()
        return JSONResponse({"ready": not missing, "waits_for": missing}, 503 if missing else 200)

    @router.get("/metrics")
    async def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return router
