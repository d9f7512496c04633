"""Views of jobs that other services work on.

The newest version of each, written by our request first and then by their events.
"""

from collections.abc import Sequence

from services.kit.store import Collection, Document, DuplicateKeyError, Session


async def put_newer(collection: Collection, id_: str, document: Document, session: Session | None = None) -> bool:
    """Write a version unless that or a newer one is there; False when it was."""
    guard = {"_id": id_, "version": {"$lt": document["version"]}}
    try:
        written = await collection.replace_one(guard, document, upsert=True, session=session)
    except DuplicateKeyError:  # there already, perhaps just now by somebody else with an older version
        written = await collection.replace_one(guard, document, session=session)
    return bool(written.matched_count or written.upserted_id is not None)


async def put_all(collection: Collection, documents: Sequence[tuple[str, Document]]) -> None:
    """Write versions of jobs, the newest of each only."""
    newest: dict[str, Document] = {}
    for id_, document in documents:
        if id_ not in newest or newest[id_]["version"] < document["version"]:
            newest[id_] = document
    for id_, document in newest.items():
        await put_newer(collection, id_, document)
