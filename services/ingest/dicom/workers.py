"""The decoding processes of one ingest. One that dies or hangs must take nothing with it but its own task."""

import asyncio
import contextlib
import sys
from typing import Final

from services.ingest.dicom.tasks import Answer, Task
from services.ingest.probes.window import UnreadableError
from services.kit import logs

_MOST_S: Final = 60.0
_log = logs.get()


class Workers:
    """As many processes as there are tasks at once; the callers see to it that these are few."""

    def __init__(self) -> None:
        """None runs yet."""
        self._idle: list[asyncio.subprocess.Process] = []
        self._closed = False

    async def run(self, task: Task) -> dict[str, bytes]:
        """Do a task; answers what was made, by name.

        Raises UnreadableError, also when the decoder dies of the file or finds no end.
        """
        line = b""
        if self._idle:
            line = await self._asked(self._idle.pop(), task)
        # One that had waited may have been ended for another reason: a fresh one tells whether it is the file.
        line = line or await self._asked(await _start(), task)
        if not line:
            raise UnreadableError("The DICOM file can't be decoded: its pixels are damaged.", "undecodable")
        answer = Answer.model_validate_json(line)
        if answer.trace:
            _log.error("decoding_failed", trace=answer.trace)
        if answer.code:
            raise UnreadableError(answer.reason, answer.code)
        return {name: await asyncio.to_thread((task.path.parent / name).read_bytes) for name in answer.files}

    async def _asked(self, process: asyncio.subprocess.Process, task: Task) -> bytes:
        """The answer of a process; empty when it died of the task."""
        try:
            async with asyncio.timeout(_MOST_S):
                line = await _ask(process, task)
        except TimeoutError as error:
            await _kill(process)
            reason = f"The DICOM file can't be decoded: the decoder found no end in {_MOST_S:.0f} s."
            raise UnreadableError(reason, "undecodable") from error
        except BaseException:
            await _kill(process)
            raise
        if line:
            await self._keep(process)
        else:
            await _kill(process)
            _log.warning("decoder_died", code=process.returncode)
        return line

    async def _keep(self, process: asyncio.subprocess.Process) -> None:
        if self._closed:
            await _kill(process)
        else:
            self._idle.append(process)

    async def close(self) -> None:
        """End those that are idle; the others end with their task."""
        self._closed = True
        while self._idle:
            await _kill(self._idle.pop())


async def _start() -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "services.ingest.dicom", stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL
    )


async def _ask(process: asyncio.subprocess.Process, task: Task) -> bytes:
    """The answer; empty when the process is gone."""
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("a decoding process has pipes")
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(task.model_dump_json().encode() + b"\n")
        await process.stdin.drain()
    return await process.stdout.readline()


async def _kill(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    await process.wait()
