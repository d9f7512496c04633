"""Tables and manifests through the gateway: a look at them, what is refused, and the rows as labelers get them."""

import secrets
from typing import Any

import pytest

from tests.gateway.harness import Person, answered, page_token, refused, until

TABLE = 'id;title;body\r\n1;Ä;"a\r\nb"\r\n2;x\r\n'.encode("latin-1")
LINES = b'{"image_url": "AmlDatastore://labelbus/a.png", "label": "cat"}\n7\n'
SETTINGS = {"delimiter": "", "encoding": "latin-1", "header": True, "columns": ["title", "body"]}


@pytest.fixture(scope="module")
def source(owner: Person) -> dict[str, Any]:
    """A folder with a table and a manifest."""
    prefix = f"rows-{secrets.token_hex(4)}/"
    for name, content in (("a.csv", TABLE), ("b.jsonl", LINES)):
        answered(owner.put(f"datastores/labelbus/objects/{prefix}{name}", content=content))
    return {"datastore": "labelbus", "prefix": prefix, "kind": "table"}


def _project(source: dict[str, Any], task: str = "text_multi_class", **changes: Any) -> dict[str, Any]:
    labels = [{"name": "one"}]
    return {"name": f"Rows {secrets.token_hex(4)}", "task_type": task, "labels": labels, "source": source | changes}


def test_a_look_finds_settings_columns_and_rows(owner: Person, source: dict[str, Any]) -> None:
    found = answered(owner.post("sources/preview", json=source | {"media": "text"}))
    assert found["key"] == f"{source['prefix']}a.csv"
    assert found["table"] == {"delimiter": ";", "encoding": "latin-1", "header": True, "columns": []}
    assert (found["columns"], found["rows"]) == (["id", "title", "body"], [["1", "Ä", "a\r\nb"]])
    assert found["wrong"] == ["Row 2: it has 2 fields; the table has 3 columns."]
    chosen = {"delimiter": ",", "encoding": "utf-8", "header": False}
    otherwise = answered(owner.post("sources/preview", json=source | {"media": "text", "table": chosen}))
    assert otherwise["columns"] == ["column 1"]
    lines = answered(owner.post("sources/preview", json=source | {"kind": "manifest", "pattern": "*.jsonl"}))
    assert lines["columns"] == ["image_url", "label"]
    assert lines["mapping"] == {"image": "image_url", "category": "label", "confidence": ""}
    assert lines["wrong"] == ["Row 2: it is JSON, but no object of the form {…}."]


def test_a_look_that_finds_nothing_says_why(owner: Person, source: dict[str, Any]) -> None:
    def problem(**changes: Any) -> str:
        return str(answered(owner.post("sources/preview", json=source | {"media": "text"} | changes))["field"])

    assert problem(pattern="*.tsv") == "prefix"
    assert problem(pattern="/a") == "pattern"
    assert problem(datastore="nowhere-at-all") == "datastore"
    assert problem(table={"encoding": "rot13"}) == "table"
    refused(owner.post("sources/preview", json=source | {"kind": "files"}), 422, "invalid", "kind")


@pytest.mark.parametrize(
    ("field", "task", "changes"),
    [
        ("source.kind", "image_box", {}),
        ("source.table.columns", "text_entities", {}),
        ("source.table.columns", "text_entities", {"table": SETTINGS}),
        ("source.table.columns", "text_multi_class", {"table": SETTINGS | {"columns": ["other"]}}),
        ("source.table.columns", "text_multi_class", {"table": SETTINGS | {"columns": ["id", "id"]}}),
        ("source.table.encoding", "text_multi_class", {"table": SETTINGS | {"encoding": "rot13"}}),
        ("source.table.delimiter", "text_multi_class", {"table": SETTINGS | {"delimiter": "\n"}}),
        ("source.mapping", "text_multi_class", {"mapping": {"image": "id"}}),
        ("source.table", "text_multi_class", {"kind": "manifest", "table": SETTINGS}),
        ("source.mapping.image", "image_box", {"kind": "manifest", "mapping": {"image": "none"}}),
        ("source.mapping.category", "image_box", {"kind": "manifest", "mapping": {"image": "id", "category": "title"}}),
    ],
)
def test_what_does_not_fit_is_refused_by_its_field(
    owner: Person, source: dict[str, Any], field: str, task: str, changes: dict[str, Any]
) -> None:
    refused(owner.post("projects", json=_project(source, task, **changes)), 422, "invalid", field)


def test_a_row_shows_the_columns_that_this_project_chose_of_a_data_set(owner: Person, source: dict[str, Any]) -> None:
    made = {"name": f"Tables {secrets.token_hex(4)}", "source": source | {"pattern": "*.csv"}}
    dataset = answered(owner.post("datasets", json=made))["id"]
    body = _project({"dataset": dataset, "table": SETTINGS | {"columns": ["body", "id"]}})
    project = answered(owner.post("projects", json=body))
    assert project["source"]["table"]["columns"] == ["body", "id"]
    path = f"projects/{project['id']}"
    until(lambda: answered(owner.get(path))["run_state"] == "running")
    item = answered(owner.post(f"{path}/claim", json={"token": page_token(), "client": page_token(), "size": 9}))[
        "items"
    ]
    assert [(one["name"], one["media"]["format"]) for one in item] == [("a.csv · 1", "row")]
    address = f"{path}/items/{item[0]['id'].partition('/')[2]}"
    row = owner.get(f"{address}/row", params={"v": item[0]["source"]["etag"]})
    assert answered(row) == {"columns": [{"name": "body", "value": "a\r\nb"}, {"name": "id", "value": "1"}]}
    assert "immutable" in row.headers["cache-control"]
    assert owner.get(f"{address}/text").text == "a\r\nb\n1"
    assert item[0]["media"]["chars"] == len("a\r\nb\n1")
    refused(owner.get(f"{address}/image"), 422, "no_picture")
    messages = answered(owner.get(f"{path}/messages"))
    assert [one["code"] for one in (messages["items"] if isinstance(messages, dict) else messages)] == ["row_ragged"]
