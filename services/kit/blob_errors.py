"""What object storage says no with, told from what it answered. Never shows the body of a foreign server."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final, TypeVar
from xml.etree.ElementTree import ParseError

from minio.error import MinioException, S3Error
from urllib3.exceptions import HTTPError

from services.kit.errors import Infrastructure

T = TypeVar("T")


class BlobMissing(Exception):
    """There is no such object."""


class BucketMissing(Exception):
    """There is no such bucket."""


class NotRegistered(BucketMissing):
    """No data store has that name, and no bucket of ours."""


class BlobDenied(Exception):
    """The access key may not do this."""


class BlobRefused(Exception):
    """The object storage takes the request for a wrong one, as with a name that it can't keep: never repeat it."""

    def __init__(self, what: str, reason: str = "") -> None:
        """`reason` is the storage's own."""
        super().__init__(what)
        self.reason = reason


class UploadMissing(Exception):
    """There is no such multipart upload: it was completed, or the storage has dropped it."""


class BlobsDown(Infrastructure):
    """The object storage does not answer, or not as one."""


_BY_CODE: Final[Mapping[str, type[Exception]]] = {
    "NoSuchKey": BlobMissing,
    "NoSuchBucket": BucketMissing,
    "NoSuchUpload": UploadMissing,
    "AccessDenied": BlobDenied,
    "InvalidAccessKeyId": BlobDenied,
    "SignatureDoesNotMatch": BlobDenied,
}
_REQUESTS_FAULTS: Final = {HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_URI_TOO_LONG, HTTPStatus.UNPROCESSABLE_ENTITY}
_PASSING: Final = {
    "BadDigest",
    "ExpiredToken",
    "IncompleteBody",
    "RequestTimeout",
    "SlowDown",
    "XAmzContentSHA256Mismatch",
}
"""Codes of answers with such a status that another try may not get."""


def told(function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Call the client; its failure becomes one of ours."""
    try:
        return function(*args, **kwargs)
    except S3Error as error:
        what = f"{error.bucket_name}/{error.object_name}: {error.code}: {error.message}"
        if _is_refused(error):
            raise BlobRefused(what, f"{error.code}: {error.message}".rstrip(".")) from error
        raise _BY_CODE.get(str(error.code), BlobsDown)(what) from error
    except (HTTPError, OSError) as error:
        raise BlobsDown(f"The object storage does not answer: {error!r}") from error
    except (MinioException, ParseError, UnicodeDecodeError) as error:
        raise BlobsDown("What answered is no object storage, or a broken one.") from error
    except ValueError as error:  # the client refuses names that no bucket and no object can have
        if "bucket name" not in str(error) and "object name" not in str(error):
            raise
        raise (BucketMissing if "bucket name" in str(error) else BlobMissing)(str(error)) from error


def code(error: BaseException) -> str:
    """The storage's own code behind an error of ours, such as `RequestTimeTooSkewed`; empty if it gave none."""
    return str(error.__cause__.code) if isinstance(error.__cause__, S3Error) else ""


def _is_refused(error: S3Error) -> bool:
    known = _BY_CODE.keys() | _PASSING
    return error.response.status in _REQUESTS_FAULTS and str(error.code) not in known
