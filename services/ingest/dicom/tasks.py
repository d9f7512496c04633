"""What is asked of a decoding process, and what it answers: one line of JSON each. The results are files."""

from pathlib import Path
from typing import Any, Final, Literal, Self, TypeAlias

from pydantic import BaseModel

Wanted: TypeAlias = Literal["picture", "pixels", "facts"]
PICTURE: Final = "picture"
PIXELS: Final = "pixels"
FACTS: Final = "facts"


class Task(BaseModel):
    """Decode frame `frame` of the file `path`, and write what is wanted into its folder.

    `picture` of `content_type`, whose longer edge is `edge` pixels (0: as it is); `pixels`: stored values in gzip;
    `facts`: both the facts and, of a picture without colours, its pixels, since all pixels are needed for either.
    """

    path: Path
    wanted: Wanted
    frame: int = 0
    content_type: str = "image/png"
    edge: int = 0

    @classmethod
    def of(cls, path: Path, wanted: Wanted, **more: Any) -> Self:
        """A task."""
        return cls(path=path, wanted=wanted, **more)


class Answer(BaseModel):
    """The files that were written, by name; or the reason why there are none, with its stable code.

    `trace` is that of an error that nobody foresaw.
    """

    files: list[str] = []
    code: str = ""
    reason: str = ""
    trace: str = ""
