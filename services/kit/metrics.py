"""Prometheus metrics. Each service declares its own in its `metrics.py`; those of the kit stand here."""

from collections.abc import Sequence

from prometheus_client import Counter, Gauge, Histogram

_FAST = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


def counter(name: str, help_: str, labels: Sequence[str] = ()) -> Counter:
    """A count that only grows: `labelbus_<name>_total`."""
    return Counter(f"labelbus_{name}", help_, labels)


def gauge(name: str, help_: str, labels: Sequence[str] = ()) -> Gauge:
    """A value that goes up and down: `labelbus_<name>`."""
    return Gauge(f"labelbus_{name}", help_, labels)


def histogram(name: str, help_: str, labels: Sequence[str] = (), buckets: Sequence[float] = _FAST) -> Histogram:
    """A distribution, in seconds unless `help_` says otherwise: `labelbus_<name>`."""
    return Histogram(f"labelbus_{name}", help_, labels, buckets=buckets)


HTTP_SECONDS = histogram("http_request_seconds", "Time to answer a request.", ["service", "method", "route", "status"])

RECORDS_READ = counter("bus_records_read", "Records given to a handler.", ["service", "topic"])
RECORDS_DEAD = counter("bus_records_dead", "Records sent to a dead-letter topic.", ["service", "topic"])
DELIVERIES_FAILED = counter("bus_deliveries_failed", "Batches that came back.", ["service", "topic", "kind"])
HANDLER_SECONDS = histogram("bus_handler_seconds", "Time of a batch in its handler.", ["service", "topic"])
LAG = gauge("bus_lag_records", "Records of a partition that are not read yet.", ["service", "topic", "partition"])

OUTBOX_AGE = gauge(
    "outbox_oldest_seconds", "Age of the oldest entry of the outbox: the alert that matters.", ["service"]
)
RELAY_SENT = counter("relay_entries_sent", "Entries published and finished.", ["service"])
RELAY_ABORTED = counter("relay_batches_aborted", "Batches that were aborted or given up.", ["service"])
RELAY_FENCED = counter("relay_fencings", "Times the producer was fenced.", ["service"])
RELAY_DEAD = counter("relay_entries_dead", "Entries moved to outbox_dead.", ["service"])
RELAY_LEASES = counter("relay_lease_changes", "Times this process became the relay or stopped being it.", ["service"])
RELAY_ACTIVE = gauge("relay_active", "1 while this process is the relay.", ["service"])
ALARMS = counter(
    "alarms", "Things that somebody has to look at; the log line of the same name has the facts.", ["service", "name"]
)

WORKER_FAILURES = counter("worker_failures", "Steps of a worker that failed.", ["service", "worker"])
