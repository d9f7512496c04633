"""Data stores: registered only when their connection works, changed only to what works."""

import asyncio
from dataclasses import replace
from typing import Final

from pydantic import SecretStr

from services.contracts.ingest_api import ConnectionTest, Datastore, DatastoreChange, DatastoreSettings, NewDatastore
from services.contracts.problems import FieldProblem
from services.ingest.datastores.connection import Connection
from services.ingest.datastores.endpoints import AllowedHosts, WrongEndpointError, clean
from services.ingest.datastores.store import DatastoreStore, Row, new_row
from services.ingest.sources.service import Sources
from services.kit import clock, logs
from services.kit.blobs import Blobs, Endpoint
from services.kit.credentials import Cipher, Credentials, KeysUnreadable
from services.kit.datastores import Datastores, Registered
from services.kit.problems import Refused
from services.kit.store import Document

_TEST_S: Final = 25.0
_THREADS: Final = 2
_log = logs.get()


class Registry:
    """All data stores of the deployment, as owners see them."""

    def __init__(
        self, rows: DatastoreStore, datastores: Datastores, sources: Sources, cipher: Cipher, hosts: AllowedHosts
    ) -> None:
        """`sources` knows the buckets of the deployment's own key."""
        self._rows, self._datastores, self._sources = rows, datastores, sources
        self._cipher, self._hosts = cipher, hosts

    async def prepare(self) -> None:
        """Encrypt keys anew that were encrypted with a former key of the deployment."""
        for row in await self._rows.all():
            name = row.registered.name
            if not self._cipher.ready or not self._cipher.is_old(row.sealed):
                continue
            try:
                sealed = self._cipher.seal(name, self._cipher.open(name, row.sealed))
            except KeysUnreadable as error:  # one lost key must not keep the others from work
                _log.error("datastore_keys_unreadable", alarm=True, datastore=name, error=str(error))
            else:
                await self._rows.reseal(name, row.registered.version, sealed)

    async def all(self) -> list[Datastore]:
        """The default one first, then by name; a registered one hides a bucket of its name."""
        registered = {row.registered.name: _view(row) for row in await self._rows.all()}
        named = {store.name: store for store in await self._sources.datastores()} | registered
        return sorted(named.values(), key=lambda store: (not store.default, store.name))

    async def get(self, name: str) -> Datastore:
        """By name. Raises Refused."""
        return _view(await self._row(name))

    async def test(self, settings: DatastoreSettings) -> ConnectionTest:
        """Try a connection that is not stored."""
        endpoint = await self._address(settings)
        keys = Credentials(settings.access_key, SecretStr(settings.secret_key))
        where = Endpoint(endpoint, *keys, settings.region, settings.path_style)
        return await _try(where, settings.bucket, read_only=settings.read_only)

    async def test_stored(self, name: str) -> ConnectionTest:
        """Try the connection of a registered data store, or of a bucket that our own key sees."""
        row = await self._rows.find(name)
        if row is None:
            return await self._test_own(name)
        found = row.registered
        where = found.endpoint(self._opened(row))
        return await _try(where, found.bucket, read_only=found.read_only)

    async def _test_own(self, name: str) -> ConnectionTest:
        test = await Connection(self._datastores, name, read_only=False).test()
        if test.field == "bucket" and name not in {store.name for store in await self._sources.datastores()}:
            raise Refused(404, "datastore_unknown", f"There is no data store {name}.")
        return test

    async def register(self, new: NewDatastore) -> Datastore:
        """Test it, then keep it. Raises Refused."""
        await self._require_free(new.name)
        endpoint = await self._address(new)
        _require(await self.test(new))
        found = Registered(
            name=new.name,
            version=1,
            url=endpoint,
            **new.model_dump(include={"bucket", "region", "path_style", "read_only", "public_url"}),
        )
        row = new_row(found, self._sealed(new.name, new), new.created_by, has_keys=bool(new.access_key))
        if not await self._rows.add(row):
            raise _taken(new.name)
        self._datastores.forget(new.name)
        return _view(row)

    async def change(self, name: str, change: DatastoreChange) -> Datastore:
        """Test what it would be, then keep that. Keys that are not named stay. Raises Refused."""
        self._require_cipher()
        row = await self._row(name)
        before = row.registered
        if change.version not in (0, before.version):
            raise _changed(before.version)
        settings = self._merged(row, change)
        endpoint = await self._address(settings)
        _require(await self.test(settings))
        kept = settings.model_dump(include={"region", "path_style", "read_only", "public_url"})
        after = before._replace(version=before.version + 1, url=endpoint, **kept)
        sealed, has_keys = self._sealed(name, settings), bool(settings.access_key)
        changed = replace(row, registered=after, sealed=sealed, has_keys=has_keys, changed_at=clock.now())
        if not await self._rows.replace(changed):
            raise _changed(before.version + 1)
        self._datastores.forget(name)
        return _view(changed)

    async def remove(self, name: str) -> None:
        """Forget it; what lies in the bucket stays. Raises Refused."""
        await self._row(name)
        await self._rows.remove(name)
        self._datastores.forget(name)

    async def _row(self, name: str) -> Row:
        row = await self._rows.find(name)
        if row is None:
            raise Refused(404, "datastore_unknown", f"There is no registered data store {name}.")
        return row

    async def _address(self, settings: DatastoreSettings) -> str:
        try:
            endpoint = clean(settings.endpoint)
            await self._hosts.check(endpoint)
        except WrongEndpointError as error:
            raise _wrong("endpoint", str(error)) from error
        if bool(settings.access_key) != bool(settings.secret_key):
            missing = "access_key" if settings.secret_key else "secret_key"
            raise _wrong(missing, "is missing: give both keys, or none for a bucket that everybody may read")
        return endpoint

    async def _require_free(self, name: str) -> None:
        self._require_cipher()
        if any(store.name == name for store in await self.all()):
            raise _taken(name)

    def _require_cipher(self) -> None:
        if not self._cipher.ready:
            detail = "Data stores can be registered once LABELBUS_DATASTORE_KEY is set, which encrypts their keys."
            raise Refused(409, "no_datastore_key", detail)

    def _opened(self, row: Row) -> Credentials:
        try:
            return self._cipher.open(row.registered.name, row.sealed)
        except KeysUnreadable as error:
            detail = f"The keys of {row.registered.name} can't be decrypted any more: enter them anew."
            raise Refused(409, "keys_unreadable", detail) from error

    def _sealed(self, name: str, settings: DatastoreSettings) -> Document:
        return self._cipher.seal(name, Credentials(settings.access_key, SecretStr(settings.secret_key)))

    def _merged(self, row: Row, change: DatastoreChange) -> DatastoreSettings:
        before = {**row.registered._asdict(), "endpoint": row.registered.url}
        if change.access_key is None or change.secret_key is None:
            keys = self._opened(row)
            before |= {"access_key": keys.access_key, "secret_key": keys.secret_key.get_secret_value()}
        return DatastoreSettings.model_validate(before | change.model_dump(exclude_none=True, exclude={"version"}))


async def _try(where: Endpoint, bucket: str, *, read_only: bool) -> ConnectionTest:
    try:
        blobs = Blobs(where, _THREADS)
    except ValueError as error:
        raise _wrong("endpoint", f"can't be used: {error}") from error
    try:
        async with asyncio.timeout(_TEST_S):
            return await Connection(blobs, bucket, read_only=read_only).test()
    except TimeoutError as error:
        raise _wrong("endpoint", f"did not answer within {_TEST_S:.0f} seconds", "datastore_unusable") from error
    finally:
        blobs.close()


def _view(row: Row) -> Datastore:
    found = row.registered
    return Datastore(
        default=False,
        registered=True,
        endpoint=found.url,
        credentials=row.has_keys,
        created_by=row.created_by,
        created_at=row.created_at,
        changed_at=row.changed_at,
        **{name: value for name, value in found._asdict().items() if name != "url"},
    )


def _require(test: ConnectionTest) -> None:
    if not test.ok:
        raise Refused(422, "datastore_unusable", test.problem, [FieldProblem(field=test.field, message=test.problem)])


def _wrong(field: str, message: str, code: str = "invalid") -> Refused:
    return Refused(422, code, f"{field}: {message}", [FieldProblem(field=field, message=message)])


def _taken(name: str) -> Refused:
    message = "is the name of another data store, or of a bucket of this deployment"
    return Refused(409, "name_taken", f"{name} {message}.", [FieldProblem(field="name", message=message)])


def _changed(version: int) -> Refused:
    message = f"version {version} is there now; read it and change that one"
    return Refused(409, "version_conflict", message, [FieldProblem(field="version", message=message)])
