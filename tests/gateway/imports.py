"""Pictures and texts, projects over them, and imports into these over the public API."""

import io
import json
from typing import Any, Final

from PIL import Image

from tests.gateway.harness import Deployment, Person, answered, page_token, running, until

WIDTH, HEIGHT = 64, 48
TEXT: Final = "Anna 👩‍🚀 met Bob\nin Zürich."
PICTURES: Final = 6
ENDED: Final = ("checked", "succeeded", "failed", "canceled")


class World:
    """Pictures `a/0.png` … and texts `t/0.txt` … in a folder of their own."""

    def __init__(self, deployment: Deployment, owner: Person, folder: str) -> None:
        self.deployment, self.owner, self.folder = deployment, owner, folder
        picture = io.BytesIO()
        Image.new("RGB", (WIDTH, HEIGHT), (9, 90, 200)).save(picture, "PNG")
        self.files = {f"a/{number}.png": picture.getvalue() for number in range(PICTURES)}
        self.files |= {f"t/{number}.txt": f"{number}. {TEXT}".encode() for number in range(3)}
        for name, content in self.files.items():
            answered(owner.put(f"datastores/labelbus/objects/{folder}{name}", content=content))

    def project(self, task: str, **changes: Any) -> dict[str, Any]:
        """A running project over all files of its kind."""
        source = {"datastore": "labelbus", "prefix": self.folder}
        body = self.deployment.new_project(task_type=task, **{"source": source, **changes})
        return running(self.owner, answered(self.owner.post("projects", json=body)))

    def uploaded(self, project: dict[str, Any], name: str, content: bytes | str) -> dict[str, Any]:
        """A file of labels in our storage, and what it seems to be."""
        data = content.encode() if isinstance(content, str) else content
        path = f"projects/{project['id']}/import-files"
        found: dict[str, Any] = answered(self.owner.put(path, params={"name": name}, content=data))
        return found

    def checked(
        self, project: dict[str, Any], name: str, content: bytes | str, mode: str = "labels", **more: Any
    ) -> dict[str, Any]:
        """An import once its report is there, or it has ended."""
        file = self.uploaded(project, name, content)
        return self.asked(project, {"datastore": file["datastore"], "key": file["key"]}, mode, **more)

    def asked(self, project: dict[str, Any], place: dict[str, Any], mode: str, **more: Any) -> dict[str, Any]:
        """As `checked`, of a file that is there."""
        body = {**place, "mode": mode, **more}
        headers = {"Idempotency-Key": page_token()}
        job = answered(self.owner.post(f"projects/{project['id']}/imports", json=body, headers=headers))
        return self.ended(job["id"])

    def ended(self, job: str, states: tuple[str, ...] = ENDED) -> dict[str, Any]:
        """The import in one of these states."""

        def look() -> dict[str, Any] | None:
            found: dict[str, Any] = answered(self.owner.get(f"imports/{job}"))
            return found if found["state"] in states else None

        return until(look, 40)

    def applied(self, job: dict[str, Any]) -> dict[str, Any]:
        """The import after it was agreed to and has ended."""
        answered(self.owner.post(f"imports/{job['id']}/apply"))
        return self.ended(job["id"], ("succeeded", "failed", "canceled"))

    def report(self, job: dict[str, Any]) -> list[dict[str, Any]]:
        """All lines of the whole report."""
        answer = self.owner.get(f"imports/{job['id']}/report")
        assert answer.is_success, answer.text
        return [json.loads(line) for line in answer.text.splitlines()]

    def exported(self, project: dict[str, Any], format_: str) -> tuple[dict[str, Any], bytes]:
        """The job and the file of an export of everything."""
        job = answered(self.owner.post(f"projects/{project['id']}/exports", json={"format": format_}))

        def look() -> dict[str, Any] | None:
            found: dict[str, Any] = answered(self.owner.get(f"exports/{job['id']}"))
            assert found["state"] != "failed", found
            return found if found["state"] == "succeeded" else None

        return until(look, 30), self.owner.get(f"exports/{job['id']}/download").content

    def labels(self, project: dict[str, Any]) -> dict[str, Any]:
        """The owner's labels by key."""
        found = {}
        for item in answered(self.owner.get(f"projects/{project['id']}/done", params={"limit": 50}))["items"]:
            path = f"projects/{project['id']}/items/{item['id'].partition('/')[2]}/label"
            found[item["source"]["key"]] = _named(project, answered(self.owner.get(path)))
        return found

    def presets(self, project: dict[str, Any]) -> dict[str, Any]:
        """What labelers would find on the prelabeled items, by key."""
        claim = {"token": page_token(), "client": page_token(), "size": 9}
        page = answered(self.owner.post(f"projects/{project['id']}/claim", json=claim))
        body = {"client": claim["client"], "tokens": [claim["token"]]}
        answered(self.owner.post(f"projects/{project['id']}/release", json=body))
        return {item["source"]["key"]: _named(project, item) for item in page["items"] if item["prelabel"]}


def _named(project: dict[str, Any], label: dict[str, Any]) -> Any:
    """Names of labels instead of ids, and regions without what each is called."""
    names = {label["id"]: label["name"] for group in project["label_sets"] for label in group["labels"]}
    whole = sorted(names[one] for answer in label["answers"] for one in answer["labels"])
    return whole, [(names[one["label"]], one["shape"], one["points"], one.get("rle", "")) for one in label["regions"]]
