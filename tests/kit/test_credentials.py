"""Keys of data stores at rest: what is stored tells nothing, and is good for one data store only."""

import base64
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from services.kit.credentials import Cipher, Credentials, KeysUnreadable
from services.kit.store import Document

ACCESS = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=40)
SECRET = st.text(st.characters(codec="utf-8"), min_size=8, max_size=100)


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


FIRST, SECOND = _key(), _key()
CIPHER = Cipher(SecretStr(FIRST))


def _content(sealed: Document) -> bytes:
    return b"".join(value if isinstance(value, bytes) else str(value).encode() for value in sealed.values())


@given(name=st.text(min_size=1, max_size=63), access=ACCESS, secret=SECRET)
def test_what_is_sealed_is_opened_and_tells_nothing(name: str, access: str, secret: str) -> None:
    credentials = Credentials(access, SecretStr(secret))
    sealed = CIPHER.seal(name, credentials)
    assert CIPHER.open(name, sealed) == credentials
    assert secret.encode() not in _content(sealed)
    assert sealed["content"] != CIPHER.seal(name, credentials)["content"]
    with pytest.raises(KeysUnreadable, match="outside"):
        CIPHER.open(f"{name}.", sealed)


@given(secret=SECRET, place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_a_changed_bit_is_noticed(secret: str, place: int, bit: int) -> None:
    sealed = CIPHER.seal("store", Credentials("key", SecretStr(secret)))
    content = bytearray(sealed["content"])
    content[place % len(content)] ^= 1 << bit
    with pytest.raises(KeysUnreadable, match="outside"):
        CIPHER.open("store", {**sealed, "content": bytes(content)})


def test_a_new_key_first_reads_what_the_former_one_wrote() -> None:
    credentials = Credentials("key", SecretStr("secret"))
    sealed = CIPHER.seal("store", credentials)
    both = Cipher(SecretStr(f"{SECOND}, {FIRST}"))
    assert both.is_old(sealed)
    assert both.open("store", sealed) == credentials
    assert not both.is_old(both.seal("store", credentials))
    with pytest.raises(KeysUnreadable, match="LABELBUS_DATASTORE_KEY lacks"):
        Cipher(SecretStr(SECOND)).open("store", sealed)


@pytest.mark.parametrize(
    "wrong",
    ["short", base64.b64encode(b"x" * 31).decode(), "ä" * 44, f"{FIRST},nonsense"],
    ids=["short", "31 bytes", "no base64", "the second of two"],
)
def test_a_key_that_is_none_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="32 bytes in base64"):
        Cipher(SecretStr(wrong))


def test_without_a_key_nothing_can_be_sealed() -> None:
    assert not Cipher(SecretStr("")).ready
