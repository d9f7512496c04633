"""What ingest reads from its environment beside the settings of every service."""

from pydantic import Field

from services.kit.settings import Settings


class IngestSettings(Settings):
    """Settings of ingest."""

    ingest_item_limit: int = Field(
        500_000,
        ge=1,
        description="Most items of one project. What matches beyond it is left out, with a status message.",
    )
    ingest_page_keys: int = Field(
        1_000, ge=1, le=1_000, description="Keys that are listed and stored in one step of a scan."
    )
    ingest_chunk_rows: int = Field(
        4_000, ge=1, le=10_000, description="Most rows of a table that are stored in one step of a scan; also 1 MB."
    )
    ingest_probe_batch: int = Field(250, ge=1, le=1_000, description="Files that are probed between two writes.")
    ingest_probe_parallel: int = Field(6, ge=1, le=64, description="Files that one process probes at the same time.")
    ingest_lease_ms: int = Field(
        30_000, ge=1_000, description="After this time the work of a process that died is taken over, in milliseconds."
    )
    ingest_upload_bytes: int = Field(1_000_000_000, ge=1, description="Largest file that can be uploaded, in bytes.")
    ingest_datastore_hosts: str = Field(
        "*",
        description="Hosts that data stores may be registered at, comma separated, with `*` for any part. Addresses of "
        "the link itself (169.254.0.0/16) never are.",
    )
    ingest_import_bytes: int = Field(
        10_000_000_000, ge=1, description="Largest file of labels that can be uploaded, in bytes."
    )
    ingest_renders: int = Field(2, ge=1, le=64, description="Pictures that one process renders at the same time.")
