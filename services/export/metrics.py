"""Metrics of export."""

from services.kit import metrics

ITEMS = metrics.counter("export_items", "Labeled items written to exports.")
FINISHED = metrics.counter("export_finished", "Exports that ended, by how.", ["format", "state"])
SECONDS = metrics.histogram(
    "export_seconds", "Time from request to file.", ["format"], buckets=(0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000)
)
POSTPONED = metrics.counter("export_postponed", "Times an export was put off because something failed.")
