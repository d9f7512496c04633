"""Settings of queue alone."""

from pydantic import Field

from services.kit.settings import Settings


class QueueSettings(Settings):
    """Durations in seconds."""

    lease_s: int = Field(900, ge=1, le=86_400, description="How long a page is held after its last heartbeat.")
    lease_idle_s: int = Field(
        900,
        ge=1,
        le=86_400,
        description="After so long without a key, pointer or touch a heartbeat no longer extends a page.",
    )
    lease_most_s: int = Field(14_400, ge=1, le=864_000, description="Age after which no heartbeat extends a page.")
    client_dead_s: int = Field(
        720,
        ge=1,
        le=86_400,
        description="Without a heartbeat for so long a browser tab's pages may go to the same person's other tab.",
    )
    recount_s: int = Field(3_600, ge=1, le=864_000, description="How often all counters are compared with a recount.")
