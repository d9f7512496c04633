"""Why object storage could not be used, in words for who set it up. Never shows what a foreign server said."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Final, NamedTuple

from minio.error import S3Error
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    MaxRetryError,
    NameResolutionError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
    ResponseError,
    SSLError,
)

from services.kit.blob_errors import BlobDenied, BlobRefused, BucketMissing, NotRegistered, code


class About(StrEnum):
    """What has to be changed."""

    ADDRESS = "address"
    CLOCK = "clock"
    KEYS = "keys"
    PAIR = "pair"
    REGION = "region"
    BUCKET = "bucket"
    PERMISSION = "permission"
    NAME = "name"


class Reason(NamedTuple):
    """A sentence, and what it is about. Of a missing permission it names none: only the caller knows what it did."""

    about: About
    text: str


_BY_CODE: Final = {
    "InvalidAccessKeyId": Reason(About.KEYS, "The access key is not known there."),
    "SignatureDoesNotMatch": Reason(About.PAIR, "The secret key does not belong to the access key."),
    "InvalidToken": Reason(About.KEYS, "The access key is not valid there."),
    "ExpiredToken": Reason(About.KEYS, "The access key has expired."),
    "AuthorizationHeaderMalformed": Reason(About.REGION, "The bucket is in another region."),
    "PermanentRedirect": Reason(About.REGION, "The bucket is in another region, or at another address."),
    "TemporaryRedirect": Reason(About.REGION, "The bucket is in another region, or at another address."),
}
_BUCKET: Final = Reason(About.BUCKET, "There is no such bucket.")
_NOT_REGISTERED: Final = Reason(About.BUCKET, "It is not registered any more, and there is no bucket of that name.")
_PERMISSION: Final = Reason(About.PERMISSION, "The access key may not do this.")
_BY_FAILURE: Final[tuple[tuple[type[HTTPError], str], ...]] = (
    (NameResolutionError, "The name of the host is not known."),
    (NewConnectionError, "Nothing listens at this address."),
    (ConnectTimeoutError, "Nothing answers at this address."),
    (ReadTimeoutError, "The server took the request and did not answer it in time."),
    (SSLError, "No secure connection can be made: the server speaks no TLS, or its certificate is not valid."),
    (ResponseError, "The server answers again and again that it can't (HTTP 5xx)."),
    (ProtocolError, "The connection was closed without an answer; does the server want https?"),
)


def why(error: Exception) -> Reason:
    """The reason behind one of the errors of `Blobs`."""
    told = code(error)
    if told == "RequestTimeTooSkewed":
        return Reason(About.CLOCK, _skew(error))
    if told in _BY_CODE:
        return _BY_CODE[told]
    if isinstance(error, NotRegistered):
        return _NOT_REGISTERED
    if isinstance(error, BucketMissing | BlobDenied):
        return _BUCKET if isinstance(error, BucketMissing) else _PERMISSION
    if isinstance(error, BlobRefused):
        return Reason(About.NAME, f"The storage refuses the request ({told}).")
    text = f"The storage answers with the error {told}." if told else _failure(error.__cause__)
    return Reason(About.ADDRESS, text)


def _failure(cause: BaseException | None) -> str:
    inner = cause.reason if isinstance(cause, MaxRetryError) else cause
    if isinstance(inner, HTTPError):
        return next((text for kind, text in _BY_FAILURE if isinstance(inner, kind)), "The connection failed.")
    return "The connection failed." if isinstance(inner, OSError) else "What answers there is no S3 storage."


def _skew(error: Exception) -> str:
    """By how much the clocks differ, from the date of the answer."""
    cause, apart = error.__cause__, "more than the storage allows"
    if isinstance(cause, S3Error) and (date := cause.response.headers.get("date")):
        difference = abs(datetime.now(UTC) - parsedate_to_datetime(date))
        apart = str(timedelta(seconds=round(difference.total_seconds())))
    return f"Our clock and that of the storage are apart by {apart}; set them right (NTP)."
