"""Databases for many short tests. Making collections and their indexes is most of what such a test costs."""

from typing import Final

from services.kit.store import Store

_FEW: Final = 5_000
"""Documents that are sooner deleted than dropped with their collection."""


async def empty(store: Store) -> None:
    """Delete all documents and leave collections and indexes; drop everything where too much is in it."""
    database = store["items"].database
    names = [name for name in await database.list_collection_names() if not name.startswith("system.")]
    if sum([await database[name].estimated_document_count() for name in names]) > _FEW:
        await store.drop()
        return
    for name in names:
        await database[name].delete_many({})
