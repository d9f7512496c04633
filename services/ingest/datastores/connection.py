"""Tries a connection and says exactly what it lacks. Leaves one tiny object behind only where it may not delete."""

import contextlib
from collections.abc import Awaitable
from typing import Final

from services.contracts.ingest_api import CheckName, ConnectionCheck, ConnectionTest
from services.kit.blob_reasons import About, Reason, why
from services.kit.blobs import BlobDenied, BlobMissing, BlobRefused, Blobs, BlobsDown, BucketMissing

WRITTEN: Final = "labelbus-connection-test"
_FAILURES: Final = (BlobDenied, BlobMissing, BlobRefused, BlobsDown, BucketMissing)
_PLACES: Final = {
    About.ADDRESS: (CheckName.CONNECT, "endpoint"),
    About.CLOCK: (CheckName.CREDENTIALS, "endpoint"),
    About.KEYS: (CheckName.CREDENTIALS, "access_key"),
    About.PAIR: (CheckName.CREDENTIALS, "secret_key"),
    About.REGION: (CheckName.BUCKET, "region"),
    About.BUCKET: (CheckName.BUCKET, "bucket"),
    About.NAME: (CheckName.LIST, "bucket"),
    About.PERMISSION: (CheckName.LIST, "access_key"),
}
_ORDER: Final = list(CheckName)


class Connection:
    """One bucket, tried step by step."""

    def __init__(self, blobs: Blobs, bucket: str, *, read_only: bool) -> None:
        """`read_only`: nothing is written."""
        self._blobs, self._bucket, self._read_only = blobs, bucket, read_only
        self._checks: list[ConnectionCheck] = []

    async def test(self) -> ConnectionTest:
        """Everything that can be tried."""
        try:
            _, found, _ = await self._blobs.list_folder(self._bucket, "", limit=50)
            page, _ = ([found[0]], "") if found else await self._blobs.list_page(self._bucket, "", limit=1)
        except _FAILURES as error:
            return self._not_listed(error)
        self._passed(CheckName.CONNECT, CheckName.CREDENTIALS, CheckName.BUCKET, CheckName.LIST)
        problems = [await self._read(page[0].key if page else ""), await self._write()]
        field, problem = next(((field, text) for field, text in problems if text), ("", ""))
        return ConnectionTest(ok=not problem, checks=self._checks, field=field, problem=problem)

    def _not_listed(self, error: Exception) -> ConnectionTest:
        """Nothing else can be tried; what comes before the failed step was all right."""
        reason = why(error)
        if reason.about is About.PERMISSION:
            reason = Reason(reason.about, "The access key may not list the bucket: it lacks s3:ListBucket.")
        name, field = _PLACES[reason.about]
        place = _ORDER.index(name)
        self._passed(*_ORDER[:place])
        self._checks.append(ConnectionCheck(name=name, passed=False, detail=reason.text))
        self._skipped("", *_ORDER[place + 1 :])
        return ConnectionTest(ok=False, checks=self._checks, field=field, problem=reason.text)

    async def _read(self, key: str) -> tuple[str, str]:
        if not key:
            self._skipped("The bucket is empty.", CheckName.READ)
            return "", ""
        lacking = "The access key may not read objects: it lacks s3:GetObject."
        return await self._try(CheckName.READ, self._blobs.stat(self._bucket, key), "access_key", lacking)

    async def _write(self) -> tuple[str, str]:
        if self._read_only:
            self._skipped("The data store is read-only.", CheckName.WRITE)
            return "", ""
        lacking = "The access key may not write objects: it lacks s3:PutObject. Allow it, or make the store read-only."
        found = await self._try(CheckName.WRITE, self._blobs.put(self._bucket, WRITTEN, b"x"), "read_only", lacking)
        if not found[1]:
            with contextlib.suppress(*_FAILURES):  # we never need to delete, so it may be forbidden
                await self._blobs.delete(self._bucket, WRITTEN)
        return found

    async def _try(self, name: CheckName, attempt: Awaitable[object], field: str, lacking: str) -> tuple[str, str]:
        try:
            await attempt
        except BlobMissing:  # it was deleted meanwhile, but we may look
            self._passed(name)
        except _FAILURES as error:
            reason = why(error)
            text = lacking if reason.about is About.PERMISSION else reason.text
            self._checks.append(ConnectionCheck(name=name, passed=False, detail=text))
            return field, text
        else:
            self._passed(name)
        return "", ""

    def _passed(self, *names: CheckName) -> None:
        self._checks += [ConnectionCheck(name=name, passed=True) for name in names]

    def _skipped(self, detail: str, *names: CheckName) -> None:
        self._checks += [ConnectionCheck(name=name, passed=None, detail=detail) for name in names]
