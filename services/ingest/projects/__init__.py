"""What ingest knows of projects, and how it forgets a deleted one."""
