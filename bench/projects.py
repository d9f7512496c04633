"""Makes projects over the public API and waits for them."""

import asyncio
import secrets
import time
from collections.abc import Callable, Mapping
from typing import Any

from bench.client import Person
from bench.uploads import upload


async def create(
    owner: Person, name: str, prefix: str, labels: list[str], *, multi: bool = False, task: str = ""
) -> dict[str, Any]:
    """A new project over the objects below `prefix` of the default bucket."""
    stores = await owner.call("GET", "/datastores")
    body = {
        "name": name,
        "task_type": task or ("image_multi_label" if multi else "image_multi_class"),
        "labels": [{"name": label} for label in labels],
        "source": {
            "datastore": next(store["name"] for store in stores if store["default"]),
            "prefix": prefix,
            "pattern": "**",
        },
    }
    made: dict[str, Any] = await owner.call("POST", "/projects", json=body)
    return made


async def over(
    owner: Person,
    bucket: str,
    name: str,
    files: Mapping[str, bytes],
    labels: list[str],
    *,
    task: str = "",
    multi: bool = False,
    **settings: Any,
) -> dict[str, Any]:
    """A running project over files of its own, all ready to be labeled. `settings` are changed before it runs."""
    prefix = f"{name}-{secrets.token_hex(4)}/"
    await upload(owner, bucket, {prefix + file: data for file, data in files.items()})
    project = await create(owner, name, prefix, labels, task=task, multi=multi)
    if settings:
        change = {"version": project["version"], **settings}
        project = await owner.call("PATCH", f"/projects/{project['id']}", json=change)
    await wait_running(owner, project["id"])
    await wait_for(owner, project["id"], lambda now: now["ready"] and now["pending"] == 0, 120)
    return project


async def progress(owner: Person, project: str) -> dict[str, Any]:
    """The counts of the dashboard."""
    counts: dict[str, Any] = await owner.call("GET", f"/projects/{project}/progress")
    return counts


async def wait_for(
    owner: Person, project: str, right: Callable[[dict[str, Any]], bool], seconds: float = 300
) -> tuple[dict[str, Any], float]:
    """Ask for the progress until `right`; the progress and the seconds it took. Raises TimeoutError."""
    began = time.perf_counter()
    while True:
        counts = await progress(owner, project)
        if right(counts):
            return counts, time.perf_counter() - began
        if time.perf_counter() - began > seconds:
            message = f"project {project} stayed at {counts}"
            raise TimeoutError(message)
        await asyncio.sleep(0.1)


async def wait_running(owner: Person, project: str, seconds: float = 120) -> None:
    """Until the project hands out items."""
    end = time.perf_counter() + seconds
    while (await owner.call("GET", f"/projects/{project}"))["run_state"] != "running":
        if time.perf_counter() > end:
            message = f"project {project} is not running after {seconds:.0f} s"
            raise TimeoutError(message)
        await asyncio.sleep(0.1)


async def export(owner: Person, project: str, format_: str, seconds: float = 300) -> dict[str, Any]:
    """Ask for an export and wait for its end. Raises RuntimeError with its error."""
    job: dict[str, Any] = await owner.call("POST", f"/projects/{project}/exports", json={"format": format_})
    end = time.perf_counter() + seconds
    while job["state"] in {"requested", "running"} and time.perf_counter() < end:
        await asyncio.sleep(0.05)
        job = await owner.call("GET", f"/exports/{job['id']}")
    if job["state"] != "succeeded":
        message = f"export {job['id']} is {job['state']}: {job['error']}"
        raise RuntimeError(message)
    return job
