"""A file holds one noun and a function one thought: their sizes show it when they do not."""

import ast
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
LONGEST_FILE = 300
LONGEST_FUNCTION = 30
PYTHON = [file for folder in ("labelbus", "services", "deploy") for file in sorted((CHECKOUT / folder).rglob("*.py"))]
WEB = CHECKOUT / "services" / "gateway" / "web" / "src"
TYPESCRIPT = sorted([*WEB.rglob("*.ts"), *WEB.rglob("*.tsx")])


def written(files: list[Path]) -> list[Path]:
    """Those that are ours, not what was installed."""
    return [file for file in files if "node_modules" not in file.parts]


def test_no_file_is_too_long() -> None:
    lengths = {file: len(file.read_text().splitlines()) for file in written([*PYTHON, *TYPESCRIPT])}
    wrong = {str(file.relative_to(CHECKOUT)): lines for file, lines in lengths.items() if lines > LONGEST_FILE}
    assert not wrong


def test_no_function_is_too_long() -> None:
    wrong = {
        f"{file.relative_to(CHECKOUT)}:{node.lineno} {node.name}": lines
        for file in written(PYTHON)
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert not wrong
