"""Answers of stores to a listing, read as the S3 client reads them."""

from typing import Any, cast

import pytest
from minio.datatypes import parse_list_objects

from services.kit import blob_listing

_SPACE = ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'


class Answer:
    """As much of an answer as the client looks at."""

    def __init__(self, content: bytes) -> None:
        self.data = content


def answer(*, space: str = _SPACE, encoded: bool = True, more: bool = True, following: str = "a b==") -> bytes:
    key = "a+b%2F%C3%A9%2B%25.png" if encoded else "a b/é+%.png"
    contents = "".join(
        f"<Contents><Key>{number}{key}</Key><LastModified>2026-11-21T20:00:0{number}.123Z</LastModified>"
        f"<ETag>&quot;{number:032x}-2&quot;</ETag><Size>{number}</Size><StorageClass>STANDARD</StorageClass></Contents>"
        for number in range(3)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><ListBucketResult{space}><Name>b</Name><Prefix></Prefix>'
        f"{'<EncodingType>url</EncodingType>' if encoded else ''}<IsTruncated>{str(more).lower()}</IsTruncated>"
        f"{f'<NextContinuationToken>{following}</NextContinuationToken>' if following else ''}"
        f"{contents}</ListBucketResult>"
    ).encode()


@pytest.mark.parametrize("space", [_SPACE, ""])
@pytest.mark.parametrize("encoded", [True, False])
def test_as_the_client_does(space: str, *, encoded: bool) -> None:
    content = answer(space=space, encoded=encoded)
    part = blob_listing.read(content)
    objects, more, token, _ = parse_list_objects(cast("Any", Answer(content)))
    assert (part.more, part.token) == (more, token)
    assert [entry.key for entry in part.entries] == [each.object_name for each in objects]
    assert [entry.etag for entry in part.entries] == [each.etag for each in objects]
    assert [entry.size for entry in part.entries] == [each.size for each in objects]
    assert [entry.modified_ms for entry in part.entries] == [
        int(each.last_modified.timestamp() * 1000) for each in objects if each.last_modified
    ]


def test_ends() -> None:
    assert not blob_listing.read(answer(more=False, following="")).more
    assert blob_listing.read(b"<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>").entries == []
