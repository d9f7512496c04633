"""Who may import whom: contracts <- kit <- service, services never each other, drivers only where they are tamed."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
SERVICES = CHECKOUT / "services"
CLIENT = sorted((CHECKOUT / "labelbus").rglob("*.py"))
NAMES = ("queue", "ingest", "assist", "export", "gateway")
FILES = sorted(SERVICES.rglob("*.py"))
# A driver and the files, as patterns below services/, that may import it.
DRIVERS = {
    "motor": ("kit/store.py",),
    "pymongo": ("kit/*.py", "**/store.py"),
    "bson": ("kit/*.py", "**/store.py"),
    "aiokafka": ("kit/*.py",),
    "faststream": ("kit/*.py",),
    "minio": ("kit/*.py",),
}


def imports(file: Path) -> Iterator[str]:
    """Every module that the file imports, at its top or inside a function, by its full name."""
    package = file.relative_to(CHECKOUT).with_suffix("").parts
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = ".".join(package[: -node.level]) if node.level else ""
            module = ".".join(part for part in (above, node.module) if part)
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def allowed(file: Path) -> tuple[str, ...]:
    """The parts of `services` that the file may import."""
    parts = file.relative_to(SERVICES).parts
    match parts[0]:
        case "contracts":
            return ("contracts",)
        case "kit":
            return ("contracts", "kit")
        case name if name in NAMES:
            return ("contracts", "kit", name)
        case "cli" | "cli.py":
            return ("contracts", "kit", "cli")
    pytest.fail(f"{file} belongs to no part of services that this check knows")


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(SERVICES)))
def test_a_part_imports_only_what_lies_below_it(file: Path) -> None:
    if file == SERVICES / "__init__.py":
        return
    wrong = {
        module
        for module in imports(file)
        if (parts := module.split("."))[0] == "services" and len(parts) > 1 and parts[1] not in allowed(file)
    }
    assert not wrong, f"{file.relative_to(CHECKOUT)} must not import {sorted(wrong)}"


@pytest.mark.parametrize("driver", DRIVERS)
def test_a_driver_is_imported_only_where_it_is_tamed(driver: str) -> None:
    wrong = [
        str(file.relative_to(CHECKOUT))
        for file in FILES
        if any(module.split(".")[0] == driver for module in imports(file))
        and not any(file.relative_to(SERVICES).match(pattern) for pattern in DRIVERS[driver])
    ]
    assert not wrong, f"{driver} is imported by {wrong}"


@pytest.mark.parametrize("file", CLIENT, ids=lambda file: str(file.relative_to(CHECKOUT)))
def test_the_client_imports_nothing_of_ours_and_only_httpx_and_pydantic(file: Path) -> None:
    foreign = {module.split(".")[0] for module in imports(file)} - sys.stdlib_module_names
    assert foreign <= {"labelbus", "httpx", "pydantic"}


def test_services_never_import_the_client_but_for_the_command_line() -> None:
    wrong = {
        file.relative_to(SERVICES).parts[0]
        for file in FILES
        if any(module.split(".")[0] == "labelbus" for module in imports(file))
    }
    assert wrong <= {"cli"}


def test_services_never_import_what_puts_them_on_a_machine_or_tests_them() -> None:
    outside = {"deploy", "tests", "bench", "examples"}
    wrong = [(str(file), module) for file in FILES for module in imports(file) if module.split(".")[0] in outside]
    assert not wrong
