"""Which addresses may be called: http and https, and only the hosts that the deployment allows."""

import asyncio
import ipaddress
import re
import socket
from fnmatch import fnmatchcase
from typing import Final
from urllib.parse import urlsplit

_HOST: Final = re.compile(r"^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$|^\[[0-9a-f:.]+\]$")
_SCHEMES: Final = ("http", "https")


class WrongEndpointError(ValueError):
    """The address can't be called, or may not be. The text says what would be right."""


def clean(text: str) -> str:
    """`https://host:port` in lower case. Raises WrongEndpointError."""
    try:
        url = urlsplit(text.strip())
        port = url.port
    except ValueError:
        raise WrongEndpointError("must be an address such as https://s3.example.org:9000") from None
    if url.scheme not in _SCHEMES:
        raise WrongEndpointError("must begin with http:// or https://")
    if url.username is not None or url.password is not None:
        raise WrongEndpointError("must not hold keys: they have fields of their own")
    if url.path.strip("/") or url.query or url.fragment:
        raise WrongEndpointError("must end behind the host and its port: the bucket has a field of its own")
    host = url.netloc.lower().removesuffix(f":{port}")
    if not _HOST.match(host) or port == 0:
        raise WrongEndpointError("must name a host, such as https://s3.example.org:9000")
    return f"{url.scheme}://{host}" + (f":{port}" if port else "")


class AllowedHosts:
    """The hosts of `LABELBUS_INGEST_DATASTORE_HOSTS`. Addresses of the link itself (169.254.0.0/16) never are."""

    def __init__(self, patterns: str) -> None:
        """Names with `*`, comma separated."""
        self._patterns = [part.strip().lower() for part in patterns.split(",") if part.strip()]

    async def check(self, endpoint: str) -> None:
        """Raises WrongEndpointError if a clean endpoint may not be called."""
        host = urlsplit(endpoint).hostname or ""
        if not any(fnmatchcase(host, pattern) for pattern in self._patterns):
            raise WrongEndpointError(f"names the host {host}, which this deployment does not allow")
        for address in await asyncio.to_thread(_addresses, host):
            if address.is_link_local:
                raise WrongEndpointError(f"names the host {host}, which is an address of the link itself ({address})")


def _addresses(host: str) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    """What the name stands for; nothing for an unknown one, which the connection will tell."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
