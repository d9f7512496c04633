"""The table of roles: what each may do. Every check names a permission, never a role."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Literal, get_args

Permission = Literal[
    "projects/read",
    "projects/write",
    "projects/create",
    "projects/delete",
    "summary/read",
    "labels/read",
    "labels/write",
    "labels/update",
    "labels/reject",
    "labels/approve",
    "exports/write",
    "imports/write",
    "datasets/read",
    "datasets/write",
    "members/write",
    "audit/read",
]
ALL: Final[frozenset[Permission]] = frozenset(get_args(Permission))
DEPLOYMENT: Final = "deployment"
"""The scope of a membership that holds in every project."""


class Role(StrEnum):
    """A ready-made set of permissions."""

    OWNER = "owner"
    LABELER = "labeler"


GRANTS: Final[Mapping[Role, frozenset[Permission]]] = {
    Role.OWNER: ALL,
    Role.LABELER: frozenset({"projects/read", "labels/write"}),
}
