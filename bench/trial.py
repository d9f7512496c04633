"""`python -m bench.trial FOLDER`: upload images, label each from its truth file, export, read the file back.

FOLDER holds `images/` and `truth.csv` with the columns file (relative to FOLDER) and label. Prints how long each step
took; the exit status is 1 unless every
label came back right.
"""

import argparse
import asyncio
import contextlib
import csv
import io
import json
import secrets
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench import projects
from bench.client import Person, label_ids
from bench.labelers import label_all
from bench.uploads import upload
from deploy.local.system import System

LABELERS = 8


def main() -> int:
    """Everything on a fresh local stack."""
    parser = argparse.ArgumentParser(prog="python -m bench.trial", description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    with tempfile.TemporaryDirectory(prefix="labelbus-trial-") as root, System(Path(root)) as system:
        right, total = asyncio.run(_trial(system, folder))
    _say(f"{right} of {total} right")
    return 0 if right == total else 1


def _say(text: str) -> None:
    print(text, flush=True)


@contextlib.contextmanager
def _step(name: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    _say(f"{name}: {time.perf_counter() - began:.2f} s")


async def _trial(system: System, folder: Path) -> tuple[int, int]:
    with (folder / "truth.csv").open(newline="") as file:
        truth = {row["file"]: row["label"] for row in csv.DictReader(file)}
    owner = Person.with_token(system.url, system.token)
    prefix = f"trial-{secrets.token_hex(3)}/"
    with _step(f"upload of {len(truth):,} files"):
        await upload(owner, system.stack.bucket, {prefix + file: (folder / file).read_bytes() for file in truth})
    with _step("project created, scanned and probed"):
        project = await projects.create(owner, f"Trial {prefix}", prefix, sorted(set(truth.values())))
        await projects.wait_running(owner, project["id"])
        await projects.wait_for(owner, project["id"], lambda counts: counts["ready"] and counts["pending"] == 0)
    people = [await Person.invited(owner, f"trial{number}") for number in range(LABELERS)]
    ids = label_ids(project)
    with _step(f"labeling by {LABELERS} labelers"):
        tally = await label_all(
            people, project["id"], lambda item: ids[truth[item["source"]["key"].removeprefix(prefix)]]
        )
    _say(f"  {len(tally.saved):,} saved, {tally.doubles} twice, {tally.lost} lost")
    with _step("export"):
        job = await projects.export(owner, project["id"], "coco")
        response = await owner.http.get(f"/api/v1/exports/{job['id']}/download")
        response.raise_for_status()
    with _step("read by pycocotools"):
        found = _read(response.content, prefix)
    for person in [owner, *people]:
        await person.close()
    return sum(found.get(file) == [label] for file, label in truth.items()), len(truth)


def _read(data: bytes, prefix: str) -> dict[str, list[str]]:
    """File to its class names, as pycocotools sees them."""
    from pycocotools.coco import COCO  # noqa: PLC0415  slow to import, needed at the end only

    with tempfile.NamedTemporaryFile("w", suffix=".json") as file, contextlib.redirect_stdout(io.StringIO()):
        json.dump(json.loads(data), file)
        file.flush()
        coco = COCO(file.name)
    names = {category["id"]: category["name"] for category in coco.loadCats(coco.getCatIds())}
    return {
        image["file_name"].removeprefix(prefix): [
            names[each["category_id"]] for each in coco.loadAnns(coco.getAnnIds(imgIds=[image["id"]]))
        ]
        for image in coco.loadImgs(coco.getImgIds())
    }


if __name__ == "__main__":
    sys.exit(main())
