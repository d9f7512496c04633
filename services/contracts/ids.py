"""Identifiers: how they are made and what they are derived from."""

import hashlib
import re
import secrets
import unicodedata
from typing import Final

PROJECT_PATTERN: Final = re.compile(r"^p[0-9a-f]{16}$")


def new_id(prefix: str) -> str:
    """A random identifier: one letter that says what it is, then 16 hex digits."""
    return prefix + secrets.token_hex(8)


def item_id(project: str, key: str, part: str = "") -> str:
    """`<project>/<32 hex digits of SHA-256 over key and part>`: the same object is the same item for ever."""
    digest = hashlib.sha256(f"{key}\0{part}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"{project}/{digest[:32]}"


def initial_rank(item: str) -> float:
    """Place in the shuffled queue, in [0, 1).

    Derived from the id, so that ingest probes in the order in which queue hands out.
    """
    return int.from_bytes(hashlib.sha256(item.encode()).digest()[:6]) / 2**48


def name_key(name: str) -> str:
    """What makes two names the same: Unicode form, case and the width of spaces do not matter."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
