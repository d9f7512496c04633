"""One level of a data store at a time, for people who look for a folder. Our own folders are not shown."""

from services.contracts.ingest_api import Browsed, BrowsedObject
from services.contracts.problems import FieldProblem
from services.ingest.datastores.explaining import listing_problem
from services.ingest.media.lookup import told
from services.ingest.sources.accepted import is_reserved
from services.kit import clock
from services.kit.blobs import Blobs, BlobsDown, Folder
from services.kit.problems import Refused


class Browsing:
    """Looks into data stores."""

    def __init__(self, datastores: Blobs, default_bucket: str) -> None:
        """`default_bucket` holds our own folders too."""
        self._datastores, self._default = datastores, default_bucket

    async def page(self, datastore: str, folder: str, after: str, limit: int) -> Browsed:
        """Folders and objects directly in `folder`, which is empty or ends with a slash. Raises Refused."""
        if folder and not folder.endswith("/"):
            message = "must be empty or end with a slash"
            raise Refused(422, "invalid", f"prefix: {message}", [FieldProblem(field="prefix", message=message)])
        found = await self._list(datastore, folder, after, limit)
        ours = await self._datastores.is_own(datastore, self._default)
        return Browsed(
            folders=[name for name in found.folders if not (ours and is_reserved(name))],
            objects=[
                BrowsedObject(key=blob.key, size=blob.size, modified_at=clock.from_ms(blob.modified_ms))
                for blob in found.blobs
                if not (ours and is_reserved(blob.key))
            ],
            after=found.after,
        )

    async def _list(self, datastore: str, folder: str, after: str, limit: int) -> Folder:
        try:
            return await told(self._datastores.list_folder(datastore, folder, after, limit), datastore)
        except BlobsDown as error:
            detail = listing_problem(datastore, error)
            raise Refused(503, "datastore_unavailable", detail, retryable=True) from error
