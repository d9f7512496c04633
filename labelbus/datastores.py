"""`client.datastores`."""

from collections.abc import Sequence
from typing import Final

from labelbus.methods import D, Noun, method, pages
from labelbus.models.sources import (
    BrowsedPage,
    ConnectionTest,
    Datastore,
    DatastoreChange,
    NewDatastore,
    Source,
    SourceCheck,
    SourcePreview,
    SourceToCheck,
    StoredObject,
)
from labelbus.paging import LIMIT
from labelbus.routes import Route, Server
from labelbus.steps import Flow, Found, Pages

_LIST: Final = Route("GET", "/datastores", list[Datastore])
_REGISTER: Final = Route("POST", "/datastores", Datastore, body=NewDatastore, repeatable=False)
_READ: Final = Route("GET", "/datastores/{name}", Datastore)
_CHANGE: Final = Route("PATCH", "/datastores/{name}", Datastore, body=DatastoreChange, repeatable=False)
_DELETE: Final = Route("DELETE", "/datastores/{name}", type(None), repeatable=False)
_TEST: Final = Route("POST", "/datastores/{name}/test", ConnectionTest)
_BROWSE: Final = Route("GET", "/datastores/{name}/browse", BrowsedPage, query=("prefix", "cursor", "limit"))
_CHECK: Final = Route("POST", "/sources/check", SourceCheck, body=SourceToCheck)
_PREVIEW: Final = Route("POST", "/sources/preview", SourcePreview, body=SourceToCheck)
_LEAST_PAGES: Final = 10
_KEYS_A_PAGE: Final = 20


class Datastores(Noun[D]):
    """Where data lies. Each call takes the name of one."""

    @method
    def list(self) -> Flow[Sequence[Datastore]]:
        """Registered data stores and the deployment's own buckets."""
        return _LIST.call(self.server)

    @method
    def default(self) -> Flow[str]:
        """Name of the data store that uploads go to."""
        return default(self.server)

    @method
    def get(self, name: str) -> Flow[Datastore]:
        """A registered data store."""
        return _READ.call(self.server, name=name)

    @method
    def register(self, new: NewDatastore) -> Flow[Datastore]:
        """Register a bucket. Raises LabelbusError `datastore_unusable`, which says what its connection lacks."""
        return _REGISTER.call(self.server, body=new)

    @method
    def change(self, name: str, change: DatastoreChange) -> Flow[Datastore]:
        """Change how a data store is reached, or its keys; kept only if the connection works."""
        return _CHANGE.call(self.server, body=change, name=name)

    @method
    def delete(self, name: str) -> Flow[None]:
        """Forget a data store and its keys; its bucket stays as it is."""
        return _DELETE.call(self.server, name=name)

    @method
    def test(self, name: str) -> Flow[ConnectionTest]:
        """Try a connection: what works and what is missing."""
        return _TEST.call(self.server, name=name)

    @pages
    def browse(self, name: str, prefix: str = "") -> Pages[str | StoredObject]:
        """Folders (as their prefix, with the slash) and objects directly in a folder."""
        cursor, is_more = "", True
        while is_more:
            page: BrowsedPage = yield from _BROWSE.call(
                self.server, {"prefix": prefix, "cursor": cursor, "limit": LIMIT}, name=name
            )
            yield Found([*page.folders, *page.objects])
            cursor, is_more = page.cursor, bool(page.cursor)

    @method
    def check(self, source: Source, media: str = "image") -> Flow[SourceCheck]:
        """Look at a source before making a project of it: how many files, of which types. `media`: image or text."""
        return _CHECK.call(self.server, body=_to_check(source, media))

    @method
    def preview(self, source: Source, media: str = "image") -> Flow[SourcePreview]:
        """Look into the first table or manifest of a source: its settings as detected, its columns, some rows."""
        return _PREVIEW.call(self.server, body=_to_check(source, media))


def _to_check(source: Source, media: str) -> SourceToCheck:
    return SourceToCheck(**{name: getattr(source, name) for name in source.model_fields_set}, media=media)


def default(server: Server) -> Flow[str]:
    """Name of the data store that uploads go to."""
    return next(datastore.name for datastore in (yield from _LIST.call(server)) if datastore.default)


def objects(server: Server, datastore: str, folder: str, wanted: Sequence[str]) -> Flow[set[str]]:
    """Those of the keys directly in a folder that are there.

    Gives up in a folder that has far more objects than are wanted: then some that are there may be missing.
    """
    keys, last, cursor = set(wanted), max(wanted), ""
    found: set[str] = set()
    for _ in range(_LEAST_PAGES + len(keys) // _KEYS_A_PAGE):
        page: BrowsedPage = yield from _BROWSE.call(
            server, {"prefix": folder, "cursor": cursor, "limit": LIMIT}, name=datastore
        )
        found |= keys & {each.key for each in page.objects}
        cursor = page.cursor
        if not cursor or any(each.key > last for each in page.objects):
            break
    return found
