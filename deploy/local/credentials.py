"""Keys of the local stack, made once and readable by their owner only. Never used by a real deployment."""

import base64
import json
import os
import secrets
from pathlib import Path

_NAMES = ("bootstrap_token", "internal_key", "datastore_key", "s3_access_key", "s3_secret_key")


def load(file: Path) -> dict[str, str]:
    """Read the keys from `file`; make those that are missing."""
    keys: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    missing = [name for name in _NAMES if name not in keys]
    if missing:
        keys |= {name: _made(name) for name in missing}
        file.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            json.dump(keys, out, indent=2)
    return keys


def _made(name: str) -> str:
    if name == "datastore_key":
        return base64.b64encode(secrets.token_bytes(32)).decode()
    return secrets.token_hex(20)
