"""What has to be kept of a half-written file so that another process can go on with it."""

from pydantic import BaseModel, ConfigDict

from services.kit.parts import PartDone


class TrackDone(BaseModel):
    """A track of `size` bytes so far. What waits in storage lies in spools of so many bytes each."""

    model_config = ConfigDict(frozen=True)

    size: int = 0
    spools: list[int] = []


class Checkpoint(BaseModel):
    """A file that is complete up to item `last`.

    The first track lies in `parts` of the multipart upload `upload`, its last `held` bytes in a spool of their own,
    which has the number `step`. `ended`: no item is left. When all is `read`, the spools become the remaining parts;
    `copied` counts their bytes that are in parts already. `items`, `annotations` and `files` count what is written,
    `removed` what is gone since an earlier export, `left` what had to be left out. `manifest` is the upload of the
    manifest.
    """

    model_config = ConfigDict(frozen=True)

    upload: str = ""
    parts: list[PartDone] = []
    last: str = ""
    items: int = 0
    annotations: int = 0
    removed: int = 0
    files: int = 0
    left: dict[str, int] = {}
    tracks: list[TrackDone] = []
    held: int = 0
    step: int = 0
    ended: bool = False
    read: bool = False
    copied: int = 0
    complete: bool = False
    manifest: str = ""
