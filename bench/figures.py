"""What a measurement yields: a name, a value with its unit, the budget, and what it is compared with."""

import json
import platform
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal

import psutil

OUT: Final = Path(__file__).parent / "out"
THOUSAND: Final = 1_000
"""From here on a figure is written without decimals."""


@dataclass(frozen=True)
class Figure:
    """One row of the table. `budget` None: nothing was promised. `peers`: what others were measured at, in words."""

    name: str
    value: float
    unit: str
    budget: float | None = None
    better: Literal["lower", "higher"] = "lower"
    peers: str = ""
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the budget is kept; None without one."""
        if self.budget is None:
            return None
        return self.value <= self.budget if self.better == "lower" else self.value >= self.budget


def p50(values: Sequence[float]) -> float:
    """Median."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """95th percentile, nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def machine() -> dict[str, object]:
    """What it ran on."""
    return {
        "cpu": _cpu_name(),
        "cores": psutil.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9, 1),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _cpu_name() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    return next(
        (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.processor()
    )


def as_json(figures: Sequence[Figure]) -> str:
    """Everything, for machines."""
    return json.dumps(_as_data(figures), indent=2)


def keep_part(file: Path, name: str, figures: Sequence[Figure]) -> None:
    """Write these figures under a name into a file where those of other names stay."""
    parts = json.loads(file.read_text()) if file.exists() else {}
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(parts | {name: _as_data(figures)}, indent=2) + "\n")


def _as_data(figures: Sequence[Figure]) -> dict[str, Any]:
    rows = [asdict(figure) | {"met": figure.met} for figure in figures]
    return {"machine": machine(), "figures": rows}


def as_table(figures: Sequence[Figure]) -> str:
    """Markdown, for the README."""
    lines = ["| what | measured | budget | peers |", "|---|---|---|---|"]
    for figure in figures:
        mark = {None: "", True: " ✓", False: " ✗"}[figure.met]
        sign = "≤" if figure.better == "lower" else "≥"
        budget = "" if figure.budget is None else f"{sign} {figure.budget:,g} {figure.unit}{mark}"
        note = f" ({figure.note})" if figure.note else ""
        value = f"{figure.value:,.0f}" if figure.value >= THOUSAND else f"{figure.value:.4g}"
        lines.append(f"| {figure.name} | {value} {figure.unit}{note} | {budget} | {figure.peers} |")
    return "\n".join(lines)
