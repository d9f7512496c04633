"""What has to be kept of a half-written file so that another process can go on with it."""

from pydantic import BaseModel, ConfigDict

from services.kit.parts import PartDone


class Checkpoint(BaseModel):
    """A file that is complete up to item `last`.

    The pictures lie in `parts` of the multipart upload `upload`. Their annotations can't follow before the last
    picture, so they wait in spools, objects of `spools` bytes each. When all is read, `tail` (the rest of the pictures)
    and the spools become the remaining parts; `copied` counts their bytes that are in parts already.
    """

    model_config = ConfigDict(frozen=True)

    upload: str = ""
    parts: list[PartDone] = []
    last: str = ""
    images: int = 0
    annotations: int = 0
    spools: list[int] = []
    tail: int = 0
    copied: int = 0
    complete: bool = False
