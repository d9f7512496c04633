"""People and their one-time links in the store. Links and passwords are kept as hashes only."""

from datetime import datetime
from typing import Any, Final

from services.contracts.ids import name_key
from services.gateway.people.schemas import Person
from services.kit.store import Document, IndexModel, Session, Store

_MARK: Final = "first_owner"


class PeopleStore:
    """Collections `people`, `links` and `marks`."""

    def __init__(self, store: Store) -> None:
        """Bind the collections."""
        self._people = store["people"]
        self._links = store["links"]
        self._marks = store["marks"]

    async def prepare(self) -> None:
        """Create what the queries need. An e-mail is unique once there is one."""
        known = {"email_key": {"$gt": ""}}
        await self._people.create_indexes(
            [
                IndexModel([("email_key", 1)], unique=True, partialFilterExpression=known),
                IndexModel([("name_key", 1), ("_id", 1)]),
            ]
        )
        await self._links.create_indexes(
            [IndexModel([("expires", 1)], expireAfterSeconds=0), IndexModel([("person", 1)])]
        )

    async def insert(self, session: Session, person: Person) -> None:
        """Add a person. Raises DuplicateKeyError when the e-mail is taken."""
        await self._people.insert_one(_document(person), session=session)

    async def replace(self, session: Session, person: Person) -> None:
        """Write a changed person. Raises DuplicateKeyError when the e-mail is taken."""
        await self._people.replace_one({"_id": person.id}, _document(person), session=session)

    async def signed_in(self, session: Session, person: str, at: datetime) -> None:
        """Remember the last time."""
        await self._people.update_one({"_id": person}, {"$set": {"signed_in_at": at.isoformat()}}, session=session)

    async def get(self, person: str, session: Session | None = None) -> Person | None:
        """By id."""
        found = await self._people.find_one({"_id": person}, session=session)
        return None if found is None else _person(found)

    async def by_email(self, email: str) -> Person | None:
        """By e-mail, whatever its case."""
        found = await self._people.find_one({"email_key": name_key(email)})
        return None if found is None else _person(found)

    async def some(self, people: list[str]) -> list[Person]:
        """By ids, in no order; who is unknown is left out."""
        return [_person(found) async for found in self._people.find({"_id": {"$in": people}})]

    async def names(self, people: list[str]) -> dict[str, str]:
        """Names by id; who is unknown is left out."""
        cursor = self._people.find({"_id": {"$in": people}}, {"name": 1})
        return {found["_id"]: found["name"] async for found in cursor}

    async def page(self, after: tuple[str, str] | None, limit: int) -> list[Person]:
        """People by name from behind `after` (name key, id)."""
        query: dict[str, Any] = {}
        if after is not None:
            query = {"$or": [{"name_key": {"$gt": after[0]}}, {"name_key": after[0], "_id": {"$gt": after[1]}}]}
        cursor = self._people.find(query).sort([("name_key", 1), ("_id", 1)]).limit(limit)
        return [_person(found) async for found in cursor]

    async def anybody_signed_in(self) -> bool:
        """Whether at least one person ever signed in."""
        return await self._people.find_one({"signed_in_at": {"$ne": None}}, {"_id": 1}) is not None

    async def claim_first_owner(self, session: Session, person: str) -> str:
        """The id of the first owner: `person` when there was none. Two processes that start at once agree."""
        mark = {"$setOnInsert": {"person": person}}
        await self._marks.update_one({"_id": _MARK}, mark, upsert=True, session=session)
        found = await self._marks.find_one({"_id": _MARK}, session=session)
        return str((found or {})["person"])

    async def touch_owners(self, session: Session) -> None:
        """Make changes of owners conflict with each other, so that two can't each remove the last but one."""
        await self._marks.update_one({"_id": "owners"}, {"$inc": {"changes": 1}}, upsert=True, session=session)

    async def enabled(self, people: list[str], session: Session) -> int:
        """How many of `people` may sign in."""
        return int(await self._people.count_documents({"_id": {"$in": people}, "disabled": False}, session=session))

    async def put_link(self, session: Session, digest: str, person: str, expires: datetime) -> None:
        """Make this the only link of the person."""
        await self._links.delete_many({"person": person}, session=session)
        await self._links.insert_one({"_id": digest, "person": person, "expires": expires}, session=session)

    async def link(self, digest: str, now: datetime) -> str | None:
        """Id of the person whom a link that still holds lets in."""
        found = await self._links.find_one({"_id": digest, "expires": {"$gt": now}})
        return None if found is None else str(found["person"])

    async def take_link(self, session: Session, digest: str) -> bool:
        """Use a link up; False when somebody else did."""
        taken = await self._links.delete_one({"_id": digest}, session=session)
        return taken.deleted_count == 1


def _document(person: Person) -> Document:
    keys = {"name_key": name_key(person.name), "email_key": name_key(person.email)}
    return {"_id": person.id, **person.model_dump(mode="json", exclude={"id"}), **keys}


def _person(found: Document) -> Person:
    return Person(id=found["_id"], **{name: found[name] for name in Person.model_fields if name != "id"})
