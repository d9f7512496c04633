"""The one table of limits. Enforced in the contracts and shown in `docs/operations.md`."""

from typing import Final

NAME_CHARS: Final = 200
LABELS: Final = 10_000
"""Labels of one project, all sets together."""
LABEL_DEPTH: Final = 6
INSTRUCTION_CHARS: Final = 50_000
URL_CHARS: Final = 2_000
NOTE_CHARS: Final = 10_000
REASON_CHARS: Final = 1_000
REGIONS: Final = 10_000
POINTS: Final = 100_000
"""Points of all regions of one item."""
MASKS: Final = 255
"""Classes of a mask: one byte a pixel, 0 is the background."""
MASK_RUNS: Final = 4_000_000
"""Runs of all masks of one item together."""
TEXT_BYTES: Final = 50_000_000
ROW_BYTES: Final = 4_000_000
"""One row of a table, or one line of a manifest."""
TABLE_COLUMNS: Final = 1_000
"""Columns of a table."""
BODY_BYTES: Final = 16_000_000
"""A JSON request. Uploads have a limit of their own, `LABELBUS_INGEST_UPLOAD_BYTES`."""
EVENT_BYTES: Final = 512_000
"""One encoded event."""
GEOMETRY_BYTES: Final = 64_000
"""Geometry above this goes to object storage; the event carries a reference."""
PAGE_ITEMS: Final = 9
KEY_BYTES: Final = 1_024
"""An object key, as in S3."""
PREVIEW_PIXELS: Final = 268_435_456
"""Pixels of one image (16,384 x 16,384). A larger one is refused before it is decoded."""
DICOM_PIXELS: Final = 67_108_864
"""Pixels of one frame of a DICOM file (8,192 x 8,192)."""
STATUS_MESSAGES: Final = 100
"""Status messages kept with one refresh; the rest is counted."""
