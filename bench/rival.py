"""Label Studio on this machine, in the run that measures us: objects of the same bucket become its tasks.

It runs as its README says, with the store that it brings (SQLite), from an environment of its own (`make rival`).
"""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import httpx

from bench import pictures
from bench.figures import Figure, p50
from deploy.local.part import Part
from deploy.local.ports import Ports
from deploy.local.process import Command
from deploy.local.service import CHECKOUT
from deploy.local.stack import Stack

PROGRAM: Final = CHECKOUT / ".labelbus/rival/bin/label-studio"
OBJECTS: Final = 10_000
_FOLDER: Final = "rival"
_CONFIG: Final = (
    '<View><Image name="image" value="$image"/>'
    '<Choices name="class" toName="image"><Choice value="zero"/><Choice value="one"/></Choices></View>'
)
_FIRST_START_S: Final = 600
"""It makes its tables then, one migration after the other."""


class LabelStudio(Part):
    """Its development server, which is what `label-studio start` runs."""

    def __init__(self, root: Path) -> None:
        """All its data lies below `root`."""
        super().__init__("label-studio", root)
        self._port = Ports(root / "ports", {}).take("label-studio")
        self.url = f"http://127.0.0.1:{self._port}"
        self.email, self.password = "owner@example.org", secrets.token_hex(8)

    def prepare(self) -> Command:
        """See the base class."""
        data = self.root / "data"
        data.mkdir(parents=True, exist_ok=True)
        quiet = {"LATEST_VERSION_CHECK": "0", "COLLECT_ANALYTICS": "0", "SENTRY_DSN": "", "FRONTEND_SENTRY_DSN": ""}
        # Our bucket is on loopback, from where it takes nothing by default.
        env = {"LABEL_STUDIO_BASE_DATA_DIR": str(data), "SSRF_PROTECTION_ENABLED": "false", **quiet}
        start = ["start", "--no-browser", "--port", str(self._port), "--internal-host", "127.0.0.1"]
        owner = ["--username", self.email, "--password", self.password]
        return Command([str(PROGRAM), *start, *owner], env, self.root)

    def is_ready(self) -> bool:
        """See the base class."""
        try:
            return httpx.get(f"{self.url}/health", timeout=5).is_success
        except httpx.HTTPError:
            return False

    @contextmanager
    def signed_in(self) -> Iterator[httpx.Client]:
        """A client of its owner, by the form that people fill in."""
        with httpx.Client(base_url=self.url, timeout=3_600, follow_redirects=True) as client:
            client.get("/user/login/").raise_for_status()
            form = {"email": self.email, "password": self.password, "csrfmiddlewaretoken": client.cookies["csrftoken"]}
            client.post("/user/login/", data=form, headers={"Referer": f"{self.url}/user/login/"}).raise_for_status()
            client.headers["X-CSRFToken"] = client.cookies["csrftoken"]
            yield client


def measure(stack: Stack, folder: Path) -> list[Figure]:
    """Its import of a list, its reading of the bucket, its list of tasks. Nothing if `make rival` was not run."""
    if not PROGRAM.exists():
        return []
    pictures.fill(stack, f"{_FOLDER}/", OBJECTS)
    studio = LabelStudio(folder)
    studio.launch()
    try:
        studio.wait_ready(_FIRST_START_S)
        with studio.signed_in() as client:
            return [_listed(client), *_from_bucket(client, stack)]
    finally:
        studio.stop()


def _listed(client: httpx.Client) -> Figure:
    """Tasks that one request brings along."""
    project = _project(client, "List")
    tasks = [{"image": f"s3://bucket/{number:07}.png"} for number in range(OBJECTS)]
    took = _timed(client, f"/api/projects/{project}/import?return_task_ids=false", json=tasks)
    _require_all(client, project)
    return _figure("import of a list in one request", took)


def _from_bucket(client: httpx.Client, stack: Stack) -> list[Figure]:
    """What its source storage makes of the bucket that we read as well, and the first page of the result."""
    project = _project(client, "Bucket")
    storage = {
        "project": project,
        "bucket": stack.bucket,
        "prefix": _FOLDER,
        "recursive_scan": True,
        "regex_filter": ".*",
        "use_blob_urls": True,
        "s3_endpoint": stack.s3_url,
        "aws_access_key_id": stack.s3_access_key,
        "aws_secret_access_key": stack.s3_secret_key,
    }
    made = _answered(client.post("/api/storages/s3/", json=storage))
    took = _timed(client, f"/api/storages/s3/{made['id']}/sync")
    _require_all(client, project)
    waits = [_first_page(client, project) for _ in range(9)]
    return [
        _figure("objects of the bucket listed and queued", took),
        Figure("Label Studio: first page of the list of tasks, p50", p50(waits), "ms", note=f"{OBJECTS:,} tasks"),
    ]


def _figure(what: str, took: float) -> Figure:
    note = f"{OBJECTS:,} tasks, in the same run"
    return Figure(f"Label Studio: {what}", OBJECTS / took, "objects/s", better="higher", note=note)


def _project(client: httpx.Client, title: str) -> int:
    return int(_answered(client.post("/api/projects/", json={"title": title, "label_config": _CONFIG}))["id"])


def _require_all(client: httpx.Client, project: int) -> None:
    """Else its speed would be that of something else."""
    count = _answered(client.get(f"/api/projects/{project}/"))["task_number"]
    if count != OBJECTS:
        raise RuntimeError(f"Label Studio made {count} tasks of {OBJECTS}")


def _first_page(client: httpx.Client, project: int) -> float:
    began = time.perf_counter()
    _answered(client.get("/api/tasks", params={"project": project, "page": 1, "page_size": 30}))
    return (time.perf_counter() - began) * 1_000


def _timed(client: httpx.Client, path: str, **body: Any) -> float:
    began = time.perf_counter()
    _answered(client.post(path, **body))
    return time.perf_counter() - began


def _answered(response: httpx.Response) -> dict[str, Any]:
    if response.is_error:
        raise RuntimeError(f"Label Studio: {response.status_code} {response.text[:500]}")
    answer: dict[str, Any] = response.json()
    return answer
