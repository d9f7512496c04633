"""Programs of the environment of `make readers`: libraries of other hands, which read what we export."""

import asyncio
import json
import subprocess
from pathlib import Path
from typing import Any

from deploy.local.service import CHECKOUT

PYTHON = CHECKOUT / ".labelbus/readers/bin/python"
READERS = Path(__file__).parent / "readers"


async def said(program: Path, *arguments: str, folder: Path) -> str:
    """What a program prints that runs in `folder`."""
    assert PYTHON.exists(), "The readers are not installed: run `make readers`."
    command = [str(PYTHON), str(program), *arguments]
    process = await asyncio.create_subprocess_exec(*command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    output, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()[-3000:]
    return output.decode()


async def told(reader: str, *arguments: str, folder: Path) -> Any:
    """What a reader finds."""
    output = await said(READERS / f"{reader}_reads.py", *arguments, folder=folder)
    return json.loads(output.rpartition("\n=")[2].removeprefix("="))  # what the libraries say stands before it
