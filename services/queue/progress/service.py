"""How far a project is. Counters come from published changes, so they are at most as old as the relay's delay."""

import asyncio

from services.contracts.queue_api import LabelCount, LabelerCount, Progress
from services.kit.store import Document
from services.queue.history.store import History
from services.queue.items.models import MANUAL
from services.queue.items.store import Intakes
from services.queue.progress.store import Counts
from services.queue.projects.service import Gate

_STATES = ("labeled", "skipped", "needs_review", "missing")


class Progresses:
    """Reads the counts of a project together."""

    def __init__(self, counts: Counts, intakes: Intakes, history: History, gate: Gate) -> None:
        self._counts = counts
        self._intakes = intakes
        self._history = history
        self._gate = gate

    async def find(self, project: str) -> Progress:
        """The progress of a project.

        What waits manually is what is left of the total, since counting it would read it all.
        """
        await self._gate.known(project)
        intake, counters, leased, prelabeled, clustered, last_change = await asyncio.gather(
            self._intakes.find(project),
            self._counts.find(project),
            self._counts.held(project),
            self._counts.queued(project, 0),
            self._counts.queued(project, 1),
            self._history.last_change(project),
        )
        states = {state: max(0, counters.get(state, 0)) for state in _STATES}
        total, pending = intake.get("total", 0), intake.get("pending", 0)
        rest = total - pending - sum(states.values()) - leased - prelabeled - clustered
        queued = {"0": prelabeled, "1": clustered, str(MANUAL): max(0, rest)}
        return Progress(
            ready=is_ready(intake),
            total=total,
            pending=pending,
            unreadable=intake.get("unreadable", 0),
            leased=leased,
            queued=queued,
            labels=_labels(counters),
            labelers=_labelers(counters),
            last_change=last_change,
            **states,
        )


def is_ready(intake: Document) -> bool:
    """Whether every announced chunk of the newest finished scan has been applied."""
    finished = {int(number): scan for number, scan in intake.get("scans", {}).items() if "chunks" in scan}
    if not finished:
        return False
    newest = finished[max(finished)]
    return bool(newest.get("applied", 0) >= newest["chunks"])


def _labels(counters: Document) -> list[LabelCount]:
    regions = counters.get("regions", {})
    return [
        LabelCount(set=group, label=label, items=items, regions=regions.get(group, {}).get(label, items))
        for group, labels in counters.get("labels", {}).items()
        for label, items in labels.items()
        if items
    ]


def _labelers(counters: Document) -> list[LabelerCount]:
    found = [
        LabelerCount(user=user, labeled=done.get("labeled", 0), skipped=done.get("skipped", 0))
        for user, done in counters.get("labelers", {}).items()
    ]
    return [one for one in found if one.labeled or one.skipped]
