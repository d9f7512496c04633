"""Events become bytes and come back; what is not an event of its topic is told apart."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from services.contracts import events, topics
from services.contracts.events import ContractError, decode, encode
from services.contracts.items import Source
from services.contracts.labels import Answer, Effort, ItemLabel, ItemState, LabelSubmitted
from tests.contracts.reference import PAGE, page

ITEM = ItemLabel(
    item="p1/0f",
    project="p1",
    version=3,
    state=ItemState.LABELED,
    source=Source(datastore="labelbus", key="a b/☃.png"),
    answers=[Answer(set="main", labels=["l1"], names=["Cat"])],
    changed_at=datetime(2026, 3, 1, 12, tzinfo=UTC),
)
SUBMITTED = LabelSubmitted(item=ITEM)
TYPE = "labelbus.v1.LabelSubmitted"
LABELS = "labelbus.labels.v1"


class TestEncode:
    def test_decode_gives_it_back(self) -> None:
        assert decode(LABELS, TYPE, encode(SUBMITTED)) == SUBMITTED

    def test_writes_protojson(self) -> None:
        written = json.loads(encode(SUBMITTED))["item"]
        assert written["state"] == "ITEM_STATE_LABELED"
        assert written["projectVersion"] == 0
        assert written["changedAt"] == "2026-03-01T12:00:00Z"
        assert "media" not in written

    def test_times_are_utc_whatever_zone_they_came_with(self) -> None:
        east = timezone(timedelta(hours=5))
        assert encode(Effort(shown_at=datetime(2026, 1, 1, 5, tzinfo=east))).endswith(
            b'"shownAt":"2026-01-01T00:00:00Z"}'
        )
        assert encode(Effort(shown_at=datetime(2026, 1, 1))).endswith(b'"2026-01-01T00:00:00Z"}')  # noqa: DTZ001 (the case)


class TestDecode:
    def test_unknown_fields_are_ignored_at_every_depth(self) -> None:
        value = json.loads(encode(SUBMITTED))
        value["later"] = {"a": [1]}
        value["item"]["later"] = 1
        value["item"]["source"]["later"] = None
        assert decode(LABELS, TYPE, json.dumps(value).encode()) == SUBMITTED

    def test_defaults_may_be_left_out(self) -> None:
        sparse = {
            "item": "p1/0f",
            "project": "p1",
            "version": 3,
            "state": "ITEM_STATE_LABELED",
            "source": {"datastore": "labelbus", "key": "a b/☃.png"},
            "answers": [{"set": "main", "labels": ["l1"], "names": ["Cat"]}],
            "changedAt": "2026-03-01T12:00:00Z",
        }
        assert decode(LABELS, TYPE, json.dumps({"item": sparse}).encode()) == SUBMITTED

    @pytest.mark.parametrize("type_", ["", "labelbus.v1.LabelEvent", "labelbus.v2.LabelSubmitted", "LabelSubmitted"])
    def test_an_unknown_type_is_refused(self, type_: str) -> None:
        with pytest.raises(ContractError, match=r"no event type of labelbus\.labels\.v1"):
            decode(LABELS, type_, encode(SUBMITTED))

    def test_a_type_of_another_topic_is_refused(self) -> None:
        with pytest.raises(ContractError, match=r"no event type of labelbus\.items\.v1"):
            decode("labelbus.items.v1", TYPE, encode(SUBMITTED))

    @pytest.mark.parametrize(
        ("value", "where"),
        [
            (b"", "value"),
            (b"\xff\x00", "value"),
            (b"[]", "value"),
            (b"{}", "item"),
            (encode(SUBMITTED).replace(b'"version":3', b'"version":"three"'), "item.version"),
            (encode(SUBMITTED).replace(b"ITEM_STATE_LABELED", b"ITEM_STATE_MELTED"), "item.state"),
            (encode(SUBMITTED).replace(b"2026-03-01T12:00:00Z", b"9999-12-31T23:59:59-01:00"), "item.changedAt"),
        ],
    )
    def test_a_malformed_value_is_refused_and_the_field_named(self, value: bytes, where: str) -> None:
        with pytest.raises(ContractError, match=f"^{TYPE}: {where}: "):
            decode(LABELS, TYPE, value)


class TestTopics:
    def test_every_topic_has_events(self) -> None:
        assert set(events.TOPIC_OF.values()) == set(topics.TOPICS)

    def test_what_a_fresh_subscriber_has_to_find_is_compacted(self) -> None:
        kept = {topic.name for topic in topics.TOPICS if topic.retention_ms is None}
        assert kept == {
            f"labelbus.{noun}.v1" for noun in ("projects", "labels", "exports", "refreshes", "datasets", "imports")
        }

    def test_dead_letters_stay_for_thirty_days(self) -> None:
        assert topics.LABELS.dead == topics.Topic("labelbus.labels.v1.dead", "item id", 30 * 86_400_000)


class TestPage:
    def test_docs_show_every_topic_and_message_as_it_is(self) -> None:
        assert page() == PAGE.read_text(), "run `python -m tests.contracts.reference`"

    def test_docs_name_every_event_type(self) -> None:
        text = PAGE.read_text().partition("## Messages")[0]
        assert [model.__name__ for model in events.TOPIC_OF if f"`{model.__name__}`" not in text] == []
