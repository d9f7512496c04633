"""Memberships in the store: one role a person and scope."""

from collections.abc import Sequence

from services.gateway.members.permissions import DEPLOYMENT, Role
from services.gateway.members.schemas import Member
from services.kit.store import IndexModel, Session, Store


class MembersStore:
    """Collection `members`, `_id` = `<scope>/<subject>`."""

    def __init__(self, store: Store) -> None:
        """Bind the collection."""
        self._members = store["members"]

    async def prepare(self) -> None:
        """Create what the queries need."""
        await self._members.create_indexes([IndexModel([("subject", 1)]), IndexModel([("scope", 1), ("role", 1)])])

    async def put(self, session: Session, member: Member) -> None:
        """Give a role, in place of the one before."""
        row = member.model_dump(mode="json")
        await self._members.replace_one({"_id": _id(member.scope, member.subject)}, row, upsert=True, session=session)

    async def delete(self, session: Session, scope: str, subject: str) -> bool:
        """Take the role away; False when there was none."""
        gone = await self._members.delete_one({"_id": _id(scope, subject)}, session=session)
        return gone.deleted_count == 1

    async def roles_of(self, subject: str) -> dict[str, Role]:
        """Roles of a person by scope."""
        return {row["scope"]: Role(row["role"]) async for row in self._members.find({"subject": subject})}

    async def of_scope(self, scope: str) -> dict[str, Role]:
        """Roles by person."""
        return {row["subject"]: Role(row["role"]) async for row in self._members.find({"scope": scope})}

    async def deployment_roles(self, people: Sequence[str]) -> dict[str, Role]:
        """Roles of `people` in the deployment."""
        query = {"_id": {"$in": [_id(DEPLOYMENT, person) for person in people]}}
        return {row["subject"]: Role(row["role"]) async for row in self._members.find(query)}

    async def owners(self, session: Session) -> list[str]:
        """Ids of the deployment's owners."""
        cursor = self._members.find({"scope": DEPLOYMENT, "role": Role.OWNER.value}, session=session)
        return [row["subject"] async for row in cursor]


def _id(scope: str, subject: str) -> str:
    return f"{scope}/{subject}"
