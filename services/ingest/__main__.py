"""`python -m services.ingest` runs one process of ingest."""

from services.ingest.app import build
from services.ingest.settings import IngestSettings

build(IngestSettings.read()).run()
