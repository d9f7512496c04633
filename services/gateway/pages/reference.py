"""The reference of the API as one page without scripts: it works offline and under the strictest content policy."""

import json
from html import escape
from typing import Any, Final

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"
_STYLE: Final = """\
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
summary { cursor: pointer; padding: .3rem 0; } details { border-bottom: 1px solid #8884; }
code, pre { font-family: ui-monospace, monospace; font-size: 13px; }
pre { overflow: auto; padding: .6rem; background: #8882; }
.m { display: inline-block; min-width: 4.5rem; font-weight: 600; } .p { opacity: .7; float: right; }
"""


def page(document: dict[str, Any]) -> str:
    """HTML of an OpenAPI document."""
    groups: dict[str, list[str]] = {}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            groups.setdefault(operation["tags"][0], []).append(_operation(method, path, operation))
    body = "".join(f"<h2>{escape(tag)}</h2>{''.join(rows)}" for tag, rows in groups.items())
    schemas = "".join(
        f"<details id='{escape(name)}'><summary><code>{escape(name)}</code></summary>{_code(schema)}</details>"
        for name, schema in document["components"]["schemas"].items()
    )
    return (
        "<!doctype html><html lang='en'><meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
        f"<title>Labelbus API</title><style>{_STYLE}</style><h1>Labelbus API</h1>"
        f"<p>{escape(document['info']['description'])}</p>"
        f"<p><a href='openapi.json'>OpenAPI document</a></p>{body}<h2>schemas</h2>{schemas}"
    )


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    permission = operation.get("x-permission", "")
    parameters = "".join(
        f"<li><code>{escape(each['name'])}</code> ({escape(each['in'])}) {escape(each.get('description', ''))}</li>"
        for each in operation.get("parameters", [])
    )
    answers = "".join(
        f"<li>{escape(status)}: {escape(answer['description'])} {_schemas(answer)}</li>"
        for status, answer in operation["responses"].items()
    )
    body = f"<p>Body: {_schemas(operation['requestBody'])}</p>" if "requestBody" in operation else ""
    return (
        f"<details><summary><span class='m'>{escape(method.upper())}</span> <code>{escape(path)}</code> "
        f"<span class='p'>{escape(permission)}</span></summary><p>{escape(operation.get('description', ''))}</p>"
        f"<ul>{parameters}</ul>{body}<ul>{answers}</ul></details>"
    )


def _schemas(part: dict[str, Any]) -> str:
    return " ".join(_schema(media.get("schema", {})) or escape(kind) for kind, media in part.get("content", {}).items())


def _schema(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2])
        return f"<a href='#{name}'><code>{name}</code></a>"
    if "items" in schema:
        return f"list of {_schema(schema['items'])}"
    return " or ".join(filter(None, (_schema(each) for each in schema.get("anyOf", []))))


def _code(schema: dict[str, Any]) -> str:
    return f"<pre>{escape(json.dumps(schema, indent=2, ensure_ascii=False))}</pre>"
