"""Saving labels. A page is one transaction; a wrong or lost item of it must never stop the others."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from services.contracts.problems import FieldProblem
from services.contracts.projects import Project
from services.contracts.queue_api import (
    BackRequest,
    DoneItems,
    ItemResult,
    OwnLabel,
    SubmitAnswer,
    SubmitRequest,
)
from services.kit import clock
from services.kit.problems import Refused
from services.kit.store import Document, DuplicateKeyError, Session, Store
from services.queue import metrics
from services.queue.history.models import Change, names_of
from services.queue.history.store import History
from services.queue.items.store import Items
from services.queue.labels import models
from services.queue.labels.store import Labels, Requests
from services.queue.labels.validation import Answers
from services.queue.projects.service import Gate
from services.queue.regions.models import Drawing
from services.queue.regions.service import Drawings

_CURSOR: Final = re.compile(r"^(\d{1,15})\.(\S{1,200})$")


class Labeling:
    """Submit, skip, back, and what a person did so far. `now` gives epoch milliseconds."""

    def __init__(
        self,
        store: Store,
        items: Items,
        labels: Labels,
        requests: Requests,
        history: History,
        gate: Gate,
        drawings: Drawings,
        now: Callable[[], int] = clock.now_ms,
    ) -> None:
        self._store = store
        self._items = items
        self._labels = labels
        self._requests = requests
        self._history = history
        self._gate = gate
        self._drawings = drawings
        self._now = now

    async def submit(self, request: SubmitRequest) -> SubmitAnswer:
        """Save a page, or a part of it. The token is what proves that the items are still held by this person."""
        return await self._save(request)

    async def back(self, request: BackRequest) -> SubmitAnswer:
        """Replace own labels and skips by new versions."""
        return await self._save(request)

    async def done(self, project: str, user: str, cursor: str, limit: int) -> DoneItems:
        """What a person labeled or skipped, newest first."""
        await self._gate.known(project)
        found = await self._labels.done(project, user, _parse(cursor), limit + 1)
        more = found[limit - 1] if len(found) > limit else None
        items = [models.done_item(item) for item in found[:limit]]
        return DoneItems(items=items, cursor=f"{more['label']['at']}.{more['_id']}" if more else "")

    async def own(self, project: str, item: str, user: str) -> OwnLabel:
        """The whole label that a person gave an item, as long as it is theirs and nobody reviewed it."""
        await self._gate.known(project)
        found = (await self._labels.find(None, project, [item])).get(item)
        if found is None or found["state"] not in models.DONE or found["label"]["by"] != user:
            raise Refused(404, "label_unknown", "You have no label of this item now.")
        return models.own_label(found, await self._drawings.of(found["label"]))

    async def _save(self, request: models.Request) -> SubmitAnswer:
        id_, digest = f"{request.project}/{request.user}/{request.key}", _digest(request)
        try:
            project = await self._gate.running(request)
            drawings = await self._drawings.prepare(project, request.items, models.step(request).holds)
            answer = await self._store.transact(
                lambda session: self._write(session, request, project, drawings, id_, digest)
            )
        except (DuplicateKeyError, Refused):
            # Most requests are no repetition, so only those that cannot be written pay for looking.
            first = await self._first_answer(id_, digest)
            if first is None:
                raise
            return first
        for result in answer.results:
            metrics.RESULTS.labels(result.result).inc()
        return answer

    async def _first_answer(self, id_: str, digest: str) -> SubmitAnswer | None:
        first = await self._requests.find(id_)
        if first is None:
            return None
        if first[0] != digest:
            fields = [FieldProblem(field="key", message="a new request needs a new key")]
            raise Refused(409, "key_reused", "Another request was sent with this key before.", fields)
        return first[1]

    async def _write(
        self,
        session: Session,
        request: models.Request,
        project: Project,
        drawings: Sequence[Drawing] | None,
        id_: str,
        digest: str,
    ) -> SubmitAnswer:
        found = await self._labels.find(session, project.id, [given.id for given in request.items])
        results, changes = self._judge(request, project, drawings, found)
        answer = SubmitAnswer(results=results)
        await self._requests.add(session, id_, digest, answer)
        await self._items.update(session, [(change.before, change.after) for change in changes])
        await self._history.append(session, changes, names_of(project))
        return answer

    def _judge(
        self,
        request: models.Request,
        project: Project,
        drawings: Sequence[Drawing] | None,
        found: Mapping[str, Document],
    ) -> tuple[list[ItemResult], list[Change]]:
        """A result for each item of the request, and the changes of those that are saved."""
        if drawings is None:
            answers = Answers(project)
            drawings = [Drawing(answers.wrong(given), models.WITHOUT_REGIONS) for given in request.items]
        step, now = models.step(request), self._now()
        results: list[ItemResult] = []
        changes: dict[str, Change] = {}
        for place, (given, drawing) in enumerate(zip(request.items, drawings, strict=True)):
            item, wrong = found.get(given.id), drawing.wrong
            if item is None:
                wrong = ("id", "there is no such item in this project")
            elif given.id in changes:
                wrong = ("id", "this item stands in the request twice")
            if item is None or wrong is not None:
                field, message = wrong or ("id", "")
                results.append(models.refused(given.id, f"items.{place}.{field}", message))
                continue
            label = models.label(given, request.user, project.version, now, drawing.fields or {})
            change = step.take(item, given, label) if drawing.fields is not None else None
            results.append(models.saved(change) if change else models.lost(item))
            if change:
                changes[given.id] = change
        return results, list(changes.values())


def _digest(request: models.Request) -> str:
    """Of what the person said; what the gateway adds may differ when a request is repeated."""
    said = request.model_dump_json(exclude={"project_version", "run_state"})
    return hashlib.sha256(f"{type(request).__name__} {said}".encode()).hexdigest()


def _parse(cursor: str) -> tuple[int, str] | None:
    if not cursor:
        return None
    match = _CURSOR.match(cursor)
    if match is None:
        fields = [FieldProblem(field="cursor", message="must be the cursor of an earlier answer")]
        raise Refused(422, "invalid", "The cursor is not one of ours.", fields)
    return int(match[1]), match[2]
