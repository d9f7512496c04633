"""The time. The only place that asks the system clock; safety never rests on it, only expiry and display do."""

from datetime import UTC, datetime
from time import time_ns


def now() -> datetime:
    """Now, in UTC, cut to milliseconds, which is what MongoDB keeps."""
    return from_ms(now_ms())


def now_ms() -> int:
    """Now, in epoch milliseconds."""
    return time_ns() // 1_000_000


def from_ms(value: int) -> datetime:
    """Epoch milliseconds to a date in UTC, without the rounding of floats."""
    seconds, rest = divmod(value, 1000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest * 1000)


def to_ms(value: datetime) -> int:
    """A date to epoch milliseconds."""
    return int(value.timestamp()) * 1000 + value.microsecond // 1000
