"""argon2 in threads. At most two at a time: each takes 64 MB and a core."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


class Passwords:
    """Hashes and checks passwords without blocking the loop."""

    def __init__(self) -> None:
        """Parameters are those of RFC 9106 for memory-constrained machines."""
        self._hasher = PasswordHasher()
        self._slots = asyncio.Semaphore(2)
        self._dummy = self._hasher.hash("of nobody")

    async def hash(self, password: str) -> str:
        """What the store keeps."""
        async with self._slots:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def matches(self, hashed: str, password: str) -> bool:
        """Whether that is the password. An empty hash takes as long as any other and never matches."""
        async with self._slots:
            return await asyncio.to_thread(self._check, hashed, password)

    def _check(self, hashed: str, password: str) -> bool:
        try:
            self._hasher.verify(hashed or self._dummy, password)
        except (VerificationError, InvalidHashError):
            return False
        return bool(hashed)
