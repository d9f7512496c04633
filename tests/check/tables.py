"""The tables of `docs/operations.md`, made from the code.

`python -m tests.check.tables` writes them; a test compares.
"""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

from prometheus_client.metrics import MetricWrapperBase
from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

import services
from services.contracts import limits
from services.kit.settings import Settings

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "operations.md"
SERVICES = ("gateway", "ingest", "queue", "export")


def settings_table() -> str:
    """Every setting of every service."""
    rows = ["| variable | of | default | what it is |", "|---|---|---|---|"]
    rows += [_setting("all", name, field) for name, field in Settings.model_fields.items()]
    for service in SERVICES:
        module = importlib.import_module(f"services.{service}.settings")
        for each in vars(module).values():
            if isinstance(each, type) and issubclass(each, Settings) and each is not Settings:
                own = {name: field for name, field in each.model_fields.items() if name not in Settings.model_fields}
                rows += [_setting(service, name, field) for name, field in own.items()]
    return "\n".join(rows)


def _setting(service: str, name: str, field: FieldInfo) -> str:
    default = field.default
    if isinstance(default, SecretStr):
        default = default.get_secret_value()
    shown = "required" if default is PydanticUndefined else "" if default in (None, "") else f"`{default}`"
    return f"| `LABELBUS_{name.upper()}` | {service} | {shown} | {field.description} |"


def limits_table() -> str:
    """Every limit, with the sentence that stands below it."""
    rows = ["| limit | value | |", "|---|---|---|"]
    body = ast.parse(Path(str(limits.__file__)).read_text()).body
    for node, after in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            value = getattr(limits, node.target.id)
            rows.append(f"| {node.target.id.lower().replace('_', ' ')} | {value:,} | {_sentence(after)} |")
    return "\n".join(rows)


def _sentence(node: ast.stmt | None) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return str(node.value.value)
    return ""


def metrics_table() -> str:
    """Every metric."""
    rows = ["| metric | kind | labels | what it is |", "|---|---|---|---|"]
    for metric in _metrics():
        suffix = "_total" if metric._type == "counter" else ""  # no public way to ask
        labels = ", ".join(metric._labelnames)
        rows.append(f"| `{metric._name}{suffix}` | {metric._type} | {labels} | {metric._documentation} |")
    return "\n".join(rows)


def _metrics() -> Iterator[MetricWrapperBase]:
    for package in pkgutil.walk_packages(services.__path__, "services."):
        if package.name.endswith(".metrics"):
            module = importlib.import_module(package.name)
            yield from (each for each in vars(module).values() if isinstance(each, MetricWrapperBase))


def page() -> str:
    """The page with its tables as the code has them now."""
    text = PAGE.read_text()
    for name, table in (("settings", settings_table()), ("limits", limits_table()), ("metrics", metrics_table())):
        before, _, rest = text.partition(f"<!-- {name} -->\n")
        after = rest.partition(f"<!-- /{name} -->")[2]
        text = f"{before}<!-- {name} -->\n{table}\n<!-- /{name} -->{after}"
    return text


if __name__ == "__main__":
    PAGE.write_text(page())
