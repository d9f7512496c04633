"""Metrics of ingest."""

from services.kit.metrics import counter, histogram

KEYS_LISTED = counter("ingest_keys_listed", "Keys that listings returned.")
ITEMS_FOUND = counter("ingest_items_found", "Items that scans found for the first time.")
ROWS_READ = counter("ingest_rows_read", "Rows of tables and manifests that were read.")
ITEMS_MISSING = counter("ingest_items_missing", "Items whose objects were gone.")
FILES_PROBED = counter("ingest_files_probed", "Files whose header was read, by result.", ["state"])
SCANS_ENDED = counter("ingest_scans_ended", "Scans that ended, by state.", ["state"])
PAGE_SECONDS = histogram("ingest_page_seconds", "Time to store a page of a listing.")
MEDIA_SERVED = counter(
    "ingest_media_served",
    "Pictures, texts and DICOM pixels served: as they are, kept before, or made now.",
    ["size", "how"],
)
RENDER_SECONDS = histogram(
    "ingest_render_seconds", "Time to make a picture or DICOM pixels, waiting included.", ["size"]
)
UPLOADED_BYTES = counter("ingest_uploaded_bytes", "Bytes of uploaded files.")
