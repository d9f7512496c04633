"""At which addresses the objects of a data store are known."""

from urllib.parse import urlsplit

from services.ingest.manifests.addresses import Home
from services.kit.datastores import Datastores


class Homes:
    """Data stores as manifests may name them."""

    def __init__(self, datastores: Datastores, own_url: str) -> None:
        """`own_url` is the deployment's object storage, whose buckets are data stores without being registered."""
        self._datastores, self._own_url = datastores, own_url

    async def of(self, datastore: str) -> Home:
        """Of a data store, registered or not."""
        found = await self._datastores.find(datastore)
        if found is None:
            return Home(datastore, datastore, _addresses(self._own_url, datastore))
        public = [found.public_url] if found.public_url else []
        return Home(datastore, found.bucket, [*public, *_addresses(found.url, found.bucket)])


def _addresses(endpoint: str, bucket: str) -> list[str]:
    """The bucket as first part of the path, and as first part of the host."""
    parts = urlsplit(endpoint)
    return [f"{endpoint.rstrip('/')}/{bucket}", f"{parts.scheme}://{bucket}.{parts.netloc}"]
