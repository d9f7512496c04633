"""How far long work is, on stderr: a bar where a person looks on, else now and then a line."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeAlias

_LINE_S: Final = 5.0
Tell: TypeAlias = Callable[[int, int], None]
"""Takes what is done and how much there is to do; 0 while that is not known."""


@contextmanager
def progress(what: str, *, in_bytes: bool = False) -> Iterator[Tell]:
    """What to call with the progress of `what`."""
    if sys.stderr.isatty():
        with _bar(what, in_bytes=in_bytes) as tell:
            yield tell
    else:
        yield _lines(what)


@contextmanager
def _bar(what: str, *, in_bytes: bool) -> Iterator[Tell]:
    try:
        from tqdm import tqdm  # noqa: PLC0415 - the extra `cli`, which services do without
    except ImportError:
        yield _lines(what)
        return
    with tqdm(desc=what, unit="B" if in_bytes else "", unit_scale=in_bytes, file=sys.stderr) as bar:

        def tell(done: int, total: int) -> None:
            bar.total = total or None
            bar.update(done - bar.n)

        yield tell


def _lines(what: str) -> Tell:
    last = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= _LINE_S:
            last = time.monotonic()
            sys.stderr.write(f"{what}: {done} of {total}\n" if total else f"{what}: {done}\n")

    return tell
