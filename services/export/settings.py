"""Settings of export alone."""

from pydantic import Field

from services.kit.parts import LEAST
from services.kit.settings import Settings


class ExportSettings(Settings):
    """What every service has, and these."""

    exports_at_once: int = Field(2, ge=1, le=32, description="How many exports one process works on at the same time.")
    export_lease_s: int = Field(
        30, ge=1, le=3_600, description="After so many seconds without progress another process takes over an export."
    )
    export_part_bytes: int = Field(
        6 * 1024 * 1024,
        ge=LEAST,
        le=1024 * 1024 * 1024,
        description="Bytes of one part of an exported file. An export that is interrupted goes on after its last part.",
    )
    export_overlap_s: int = Field(
        20,
        ge=0,
        le=3_600,
        description="An export since an earlier one repeats what was labeled in so many seconds before that one: "
        "a label asked for then may have reached the store only after it was read.",
    )
    s3_public_url: str = Field(
        "", description="Address of the object storage as written into exports; empty: that of LABELBUS_S3_URL."
    )
