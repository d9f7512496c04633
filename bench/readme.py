"""`python -m bench.readme`: puts what the benchmarks wrote last into the README. Measures nothing."""

import json
import sys
from pathlib import Path
from typing import Any

from bench.data import FILE as DATA
from bench.figures import OUT, Figure, as_table
from bench.stand import PAGE

README = Path(__file__).parents[1] / "README.md"


def main() -> int:
    """Rewrite the blocks of the benchmarks that have run."""
    text = README.read_text()
    for mark, file in {"bench": OUT / "bench.json", "bench-data": DATA, "bench-page": PAGE}.items():
        if file.exists():
            text = _replaced(text, mark, _block(json.loads(file.read_text())))
    README.write_text(text)
    return 0


def _block(data: dict[str, Any]) -> str:
    """A sentence on the machine and a table; measurements in several parts become one table."""
    parts = [data] if "figures" in data else list(data.values())
    figures = [_figure(row) for part in parts for row in part["figures"]]
    at = parts[-1]["machine"]
    where = (
        f"{at['cores']} cores ({at['cpu'].strip()}), {at['memory_gb']:.0f} GB, Python {at['python']}, {at['at'][:10]}"
    )
    peers = "; peers were measured on a machine of the same size" if any(each.peers for each in figures) else ""
    return f"On {where}{peers}.\n\n{as_table(figures)}"


def _figure(row: dict[str, Any]) -> Figure:
    return Figure(**{name: value for name, value in row.items() if name != "met"})


def _replaced(text: str, mark: str, block: str) -> str:
    begin, end = f"<!-- {mark} -->\n", f"<!-- /{mark} -->"
    before, _, rest = text.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise ValueError(f"README.md has no block {mark}")
    return f"{before}{begin}{block}\n{end}{after}"


if __name__ == "__main__":
    sys.exit(main())
