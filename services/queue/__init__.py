"""The system of record for annotations. It must never publish but through the outbox."""
