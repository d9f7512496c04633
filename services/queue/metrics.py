"""Metrics of queue."""

from services.kit import metrics

CLAIMED = metrics.counter("queue_items_claimed", "Items handed out in pages.")
LOST_ROUNDS = metrics.counter("queue_claim_rounds_lost", "Rounds of a claim in which somebody else was faster.")
EXPIRED = metrics.counter("queue_leases_expired", "Items put back because their lease ended.")
PAUSED = metrics.counter("queue_leases_paused", "Items put back because their project does not run.")
RESULTS = metrics.counter("queue_items_submitted", "Submitted items by what became of them.", ["result"])
INTAKE = metrics.counter("queue_items_taken_in", "Items of chunks that were applied, by event.", ["event"])
PURGED = metrics.counter("queue_items_purged", "Items of deleted projects that were deleted.")
IMPORTED = metrics.counter("queue_items_imported", "Lines of imports that were written or passed over.")
IMPORTS = metrics.counter("queue_imports_ended", "Imports that ended, by state.", ["state"])
DRIFT = metrics.gauge("queue_drift", "Counts that differ from a recount. Anything but 0 is a defect.")
