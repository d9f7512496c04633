"""What a submission makes of an item, and who may submit it. Pure: it must never touch the store."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from services.contracts.items import Media, Source
from services.contracts.labels import Answer, ItemSkipped, ItemState, LabelEvent, LabelSubmitted, LabelUpdated, Region
from services.contracts.queue_api import BackRequest, DoneItem, ItemResult, OwnLabel, SubmitItem, SubmitRequest
from services.kit.store import Document
from services.queue.history.models import Change

Request: TypeAlias = SubmitRequest | BackRequest
DONE = (ItemState.LABELED, ItemState.SKIPPED)
WITHOUT_REGIONS: Final[Document] = {"regions": []}
"""Fields of the label of a whole item."""


@dataclass(frozen=True)
class Step:
    """A way to save: who may (`admits`), and what it is called on the topic when it isn't a skip."""

    admits: Callable[[Document], bool]
    event: type[LabelEvent]

    def holds(self, item: Document, given: SubmitItem) -> bool:
        """Whether the submission has not lost the item."""
        return bool(item["version"] == given.version and self.admits(item))

    def take(self, item: Document, given: SubmitItem, label: Document) -> Change | None:
        """The change that the submission makes, None if it has lost the item. `label` is the new field `label`."""
        if not self.holds(item, given):
            return None
        state = ItemState.SKIPPED if given.skip else ItemState.LABELED
        after = {
            **item,
            "state": state,
            "version": item["version"] + 1,
            "label": label,
            "times": {**item["times"], "changed": label["at"]},
        }
        after.pop("lease", None)
        return Change(ItemSkipped if given.skip else self.event, item, after, label["at"], label["by"])


def step(request: Request) -> Step:
    """How the items of a request are saved."""
    if isinstance(request, BackRequest):
        return Step(lambda item: item["state"] in DONE and item["label"]["by"] == request.user, LabelUpdated)
    return Step(lambda item: _is_in_hand(item, request), LabelSubmitted)


def _is_in_hand(item: Document, request: SubmitRequest) -> bool:
    lease = item.get("lease") or {}
    mine = lease.get("token") == request.token and lease.get("holder") == request.user
    return mine and item["state"] in (ItemState.LEASED, ItemState.QUEUED)


def label(
    given: SubmitItem, user: str, project_version: int, now: int, regions: Document = WITHOUT_REGIONS
) -> Document:
    """The field `label` of an item. `regions` are the fields that its regions make."""
    return {
        "answers": [answer.model_dump(mode="json", exclude={"names"}) for answer in given.answers],
        **regions,
        "by": user,
        "at": now,
        "effort": given.effort.model_dump(mode="json"),
        **({"prelabel": given.prelabel.model_dump(mode="json")} if given.prelabel else {}),
        "skip_reason": given.skip_reason,
        "note": given.note,
        "project_version": project_version,
    }


def saved(change: Change) -> ItemResult:
    """The result of a change."""
    item = change.after
    return ItemResult(id=item["_id"], result="saved", version=item["version"], state=item["state"])


def lost(item: Document) -> ItemResult:
    """Somebody else has or had the item: what is there now."""
    message = "This item is no longer yours to save. Claim it again to see what is there now."
    return ItemResult(id=item["_id"], result="lost", version=item["version"], state=item["state"], message=message)


def refused(item: str, field: str, message: str) -> ItemResult:
    """The answer itself is wrong."""
    return ItemResult(id=item, result="refused", field=field, message=message)


def done_item(item: Document) -> DoneItem:
    """An item as Back shows it."""
    label, media = item["label"], item.get("media")
    return DoneItem(
        id=item["_id"],
        version=item["version"],
        state=item["state"],
        source=Source.model_validate(item["source"]),
        media=Media.model_validate(media) if media else None,
        answers=[Answer.model_validate(answer) for answer in label["answers"]],
        region_count=_region_count(label),
        skip_reason=label["skip_reason"],
        note=label["note"],
        at=label["at"],
    )


def own_label(item: Document, regions: list[Region]) -> OwnLabel:
    """The whole label of an item, `regions` read from where they lie."""
    label = item["label"]
    return OwnLabel(
        id=item["_id"],
        version=item["version"],
        state=item["state"],
        answers=[Answer.model_validate(answer) for answer in label["answers"]],
        regions=regions,
        skip_reason=label["skip_reason"],
        note=label["note"],
        at=label["at"],
    )


def _region_count(label: Document) -> int:
    return sum(bar["regions"] for bar in label.get("applied", ()))
