"""Asks the person at the terminal. Where nobody looks on, nobody has agreed."""

import signal
import sys


def agreed(question: str) -> bool:
    """Whether a person says yes. It blocks: nothing else goes on meanwhile, and Ctrl-C ends it at once."""
    if not sys.stdin.isatty():
        return False
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # that of asyncio waits for the answer
    try:
        return input(f"{question} [y/N] ").strip().lower() in {"y", "yes"}
    except EOFError:
        return False
    finally:
        signal.signal(signal.SIGINT, before)
