"""Which errors are an outage (try again for ever) and which are the fault of what is being handled (they end)."""

import aiohttp
from aiokafka.errors import KafkaError
from urllib3.exceptions import HTTPError

from services.kit import store


class Infrastructure(Exception):
    """Something we depend on does not answer. Never the fault of a record or a request."""


_OUTAGES = (
    *(Infrastructure, KafkaError, HTTPError, ConnectionError, TimeoutError),
    *(aiohttp.ClientConnectionError, aiohttp.ClientPayloadError),
)


def is_infrastructure(error: BaseException) -> bool:
    """Whether the same work may succeed later without anybody changing it."""
    return isinstance(error, _OUTAGES) or store.is_outage(error)
