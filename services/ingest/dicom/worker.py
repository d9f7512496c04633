"""The loop of a decoding process. Must never outlive ingest, nor take more memory than it was given."""

import resource
import traceback
from typing import Final, TextIO

from services.ingest.dicom import frames, outputs, tasks
from services.ingest.dicom.tasks import Answer, Task
from services.ingest.probes.window import UnreadableError

_MOST_MEMORY: Final = 4 * 1024**3
"""Addresses, not only what is used: the largest frame of colours takes half of it."""


def serve(asked: TextIO, answers: TextIO) -> None:
    """One task after the other, until `asked` ends."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    frames.prepare()
    for line in asked:
        answers.write(answer(Task.model_validate_json(line)).model_dump_json() + "\n")
        answers.flush()


def answer(task: Task) -> Answer:
    """Do a task."""
    try:
        return Answer(files=_write(task, frames.read(task.path, task.frame)))
    except UnreadableError as error:
        return Answer(code=error.code, reason=error.reason)
    except MemoryError:
        return Answer(code="too_large", reason="The DICOM file can't be shown: it needs too much memory.")
    except Exception:  # noqa: BLE001 - one file must not end what shows the others
        reason = "The DICOM file can't be shown: what its header says does not fit its pixels."
        return Answer(code="undecodable", reason=reason, trace=traceback.format_exc())


def _write(task: Task, frame: frames.Frame) -> list[str]:
    made: dict[str, bytes] = {}
    if task.wanted == tasks.PICTURE:
        made[tasks.PICTURE] = outputs.picture(frame, task.frame, task.content_type, task.edge)
    if task.wanted == tasks.PIXELS or (task.wanted == tasks.FACTS and not frame.color):
        made[tasks.PIXELS] = outputs.stored(frame)
    if task.wanted == tasks.FACTS:
        made[tasks.FACTS] = outputs.facts(frame).model_dump_json().encode()
    for name, content in made.items():
        (task.path.parent / name).write_bytes(content)
    return list(made)
