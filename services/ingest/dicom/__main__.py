"""A decoding process: `python -m services.ingest.dicom`. Reads tasks from its input until that is closed."""

import os
import sys
from typing import TextIO

from services.ingest.dicom import worker


def _own_output() -> TextIO:
    """The pipe to ingest, for us alone: decoders print to the standard streams what they dislike."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.dup2(nowhere, sys.stderr.fileno())
    return answers


if __name__ == "__main__":
    worker.serve(sys.stdin, _own_output())
