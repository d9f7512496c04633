"""Who is asking and what they may do: taken once a request, passed to every service."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.gateway.members.permissions import DEPLOYMENT, GRANTS, Permission, Role
from services.kit.problems import Refused


@dataclass(frozen=True, slots=True)
class Identity:
    """A person with their roles by scope (deployment or project id). `session` is empty when an API token was used."""

    person: str
    name: str
    email: str
    roles: Mapping[str, Role] = field(default_factory=dict)
    session: str = ""
    address: str = ""

    def permissions(self, scope: str = DEPLOYMENT) -> frozenset[Permission]:
        """What this person may do in `scope`; roles of the deployment hold in every project."""
        granted: frozenset[Permission] = frozenset()
        for where in {DEPLOYMENT, scope}:
            role = self.roles.get(where)
            if role is not None:
                granted |= GRANTS[role]
        return granted

    def allows(self, permission: Permission, scope: str = DEPLOYMENT) -> bool:
        """Whether this person may do that there."""
        return permission in self.permissions(scope)

    def require(self, permission: Permission, scope: str = DEPLOYMENT) -> None:
        """Refuse with 403 that names the permission."""
        if not self.allows(permission, scope):
            raise Refused(403, "forbidden", f"You need the permission {permission} for this.")

    def projects(self, permission: Permission) -> list[str] | None:
        """Projects in which this person may do that; None means all."""
        if self.allows(permission):
            return None
        return [scope for scope, role in self.roles.items() if scope != DEPLOYMENT and permission in GRANTS[role]]
