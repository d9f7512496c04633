"""DICOM pixels. Runs in processes of its own: damaged files make the decoders abort, and ingest must live on."""
