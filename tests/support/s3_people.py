"""More people than one at the object storage of the stack: each with keys of their own and rights in one bucket."""

import secrets
import subprocess
import sys
from pathlib import Path
from typing import Final, NamedTuple

from deploy.local.stack import Stack

_READ: Final = "Read,List"
_ALL: Final = "Read,List,Write"


class Keys(NamedTuple):
    """Of one person."""

    access_key: str
    secret_key: str


def add_person(stack: Stack, bucket: str, actions: str = _READ) -> Keys:
    """Somebody who may do `actions` in the bucket, at once."""
    made = Keys(secrets.token_hex(10), secrets.token_hex(20))
    s3 = stack.s3_process
    command = (
        f"s3.configure -user {made.access_key} -access_key {made.access_key} -secret_key {made.secret_key} "
        f"-buckets {bucket} -actions {actions} -apply\n"
    )
    program = [str(Path(sys.executable).with_name("weed")), "shell", f"-master={s3.address('master')}"]
    answer = subprocess.run(
        [*program, f"-filer={s3.address('filer')}"],
        input=command, text=True, capture_output=True, timeout=60, check=True,
    )  # fmt: skip
    assert made.access_key in answer.stdout, answer.stdout + answer.stderr
    return made


def add_writer(stack: Stack, bucket: str) -> Keys:
    """Somebody who may also write."""
    return add_person(stack, bucket, _ALL)
