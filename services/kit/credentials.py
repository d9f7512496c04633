"""Keys of data stores at rest: encrypted with a key from the settings. Never writes a plain one anywhere."""

import base64
import hashlib
import json
import secrets
from typing import Final, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import SecretStr

from services.kit.errors import Infrastructure
from services.kit.store import Binary, Document

_KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12


class KeysUnreadable(Infrastructure):
    """The keys of a data store were encrypted with a key that this process was not given."""


class Credentials(NamedTuple):
    """What proves who we are; both empty for a bucket that everybody may read."""

    access_key: str
    secret_key: SecretStr


class Cipher:
    """AES-256-GCM, bound to the name of the data store: keys moved to another document can't be read there."""

    def __init__(self, keys: SecretStr) -> None:
        """`LABELBUS_DATASTORE_KEY`. Raises ValueError."""
        given = [part.strip() for part in keys.get_secret_value().split(",") if part.strip()]
        self._keys = {_key_id(key): AESGCM(key) for key in map(_key, given)}
        self._newest = next(iter(self._keys), "")

    @property
    def ready(self) -> bool:
        """Whether there is a key at all."""
        return bool(self._newest)

    def seal(self, name: str, credentials: Credentials) -> Document:
        """What is stored of credentials."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        plain = json.dumps([credentials.access_key, credentials.secret_key.get_secret_value()]).encode()
        content = self._keys[self._newest].encrypt(nonce, plain, name.encode())
        return {"key": self._newest, "nonce": Binary(nonce), "content": Binary(content)}

    def open(self, name: str, sealed: Document) -> Credentials:
        """The credentials. Raises KeysUnreadable."""
        key = self._keys.get(sealed["key"])
        if key is None:
            raise KeysUnreadable(f"LABELBUS_DATASTORE_KEY lacks the key that encrypted those of data store {name}.")
        try:
            plain = key.decrypt(sealed["nonce"], sealed["content"], name.encode())
        except InvalidTag as error:
            raise KeysUnreadable(f"The keys of data store {name} were changed outside of Labelbus.") from error
        access_key, secret_key = json.loads(plain)
        return Credentials(access_key, SecretStr(secret_key))

    def is_old(self, sealed: Document) -> bool:
        """Whether it should be sealed anew."""
        return bool(sealed["key"] != self._newest)


def _key(text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except ValueError:
        key = b""
    if len(key) != _KEY_BYTES:
        raise ValueError("LABELBUS_DATASTORE_KEY has to be 32 bytes in base64, as `openssl rand -base64 32` makes them")
    return key


def _key_id(key: bytes) -> str:
    return hashlib.sha256(b"labelbus datastore key" + key).hexdigest()[:12]
