"""Ties a program to the process that starts it: the kernel kills it when that process dies, even by kill -9.

Run as a script that replaces itself by the program, because code between fork and exec is unsafe in a threaded parent.
Must never import anything of the project: it costs its start-up time at each start of a child.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def tie(parent: int) -> None:
    """Tie this process to its parent; end if that is gone already. Elsewhere than on Linux it stays untied."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            sys.exit(1)


def main() -> None:
    """Expect the parent's pid, then the program and its arguments."""
    parent, program = int(sys.argv[1]), sys.argv[2:]
    tie(parent)
    try:
        os.execvp(program[0], program)  # noqa: S606  replacing this process is the purpose of the script
    except OSError as error:
        sys.exit(f"cannot start {program[0]}: {error}")


if __name__ == "__main__":
    main()
