"""The public REST API, as far as the command line needs it. Every failure is an ApiError whose text can be shown."""

from typing import Any, Final, Self
from urllib.parse import quote

import httpx
from pydantic import TypeAdapter, ValidationError

from services.cli.settings import CliSettings
from services.contracts.ingest_api import Datastore, SourceCheck
from services.contracts.problems import Problem
from services.contracts.projects import DataSource

_DATASTORES: Final = TypeAdapter(list[Datastore])
_LEAST_ERROR: Final = 400


class ApiError(Exception):
    """The gateway is away or refuses; `code` says what, empty when it is away."""

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code


class Api:
    """`async with Api(settings) as api`."""

    def __init__(self, settings: CliSettings) -> None:
        """Raises ApiError without a token."""
        if not settings.api_token:
            raise ApiError("An API token is needed: set LABELBUS_TOKEN.")
        self._url = settings.gateway_url
        self._client = httpx.AsyncClient(
            base_url=f"{settings.gateway_url}/api/v1",
            headers={"Authorization": f"Bearer {settings.api_token}"},
            timeout=60,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def has_projects(self) -> bool:
        """Whether there is any project."""
        return bool((await self._call("GET", "/projects", params={"limit": 1})).json()["items"])

    async def default_datastore(self) -> str:
        """Name of the datastore that uploads go to."""
        response = await self._call("GET", "/datastores")
        return next(datastore.name for datastore in _DATASTORES.validate_json(response.content) if datastore.default)

    async def check(self, source: DataSource) -> SourceCheck:
        """A look at a data source."""
        response = await self._call("POST", "/sources/check", json=source.model_dump())
        return SourceCheck.model_validate_json(response.content)

    async def upload(self, datastore: str, key: str, data: bytes, *, overwrite: bool) -> None:
        """Upload a file. ApiError with code `exists` if it is there."""
        path = f"/datastores/{quote(datastore, safe='')}/objects/{quote(key)}"
        await self._call("PUT", path, params={"overwrite": str(overwrite).lower()}, content=data)

    async def create_project(self, project: dict[str, Any], idempotency_key: str) -> str:
        """Make a project; answers its id."""
        headers = {"Idempotency-Key": idempotency_key}
        return str((await self._call("POST", "/projects", json=project, headers=headers)).json()["id"])

    async def _call(self, method: str, path: str, **options: Any) -> httpx.Response:
        try:
            response = await self._client.request(method, path, **options)
        except httpx.TransportError as error:
            raise ApiError(f"Labelbus at {self._url} (LABELBUS_GATEWAY_URL) does not answer: {error!r}") from error
        if response.status_code >= _LEAST_ERROR:
            raise _refused(response)
        return response


def _refused(response: httpx.Response) -> ApiError:
    try:
        problem = Problem.model_validate_json(response.content)
    except ValidationError:
        return ApiError(f"{response.request.url} answers {response.status_code}; is this Labelbus?")
    fields = "; ".join(f"{each.field}: {each.message}" for each in problem.fields)
    return ApiError(" ".join(filter(None, (problem.detail or problem.title, fields))), problem.code)
