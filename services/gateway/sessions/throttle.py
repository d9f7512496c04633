"""Limits sign-in attempts, an account and an address apart.

Counted in the store, so that all processes count together.
"""

import hashlib

from services.contracts.ids import name_key
from services.gateway.sessions.store import SessionsStore
from services.gateway.settings import GatewaySettings
from services.kit.problems import Refused


class Throttle:
    """Counts before the password is looked at: attempts at once can't slip through."""

    def __init__(self, store: SessionsStore, settings: GatewaySettings) -> None:
        """The limits are settings."""
        self._store = store
        self._settings = settings

    async def enter(self, email: str, address: str) -> None:
        """Count an attempt; 429 over a limit, whether or not there is such an account."""
        window = self._settings.gateway_sign_in_window_s
        of_account = await self._store.attempt(_account(email), window)
        of_address = await self._store.attempt(_address(address), window)
        over_account = of_account > self._settings.gateway_sign_in_attempts
        if over_account or of_address > self._settings.gateway_sign_in_attempts_address:
            detail = f"Too many attempts to sign in. Try again in {window // 60} minutes."
            raise Refused(429, "too_many_attempts", detail, retryable=True)

    async def succeed(self, email: str, address: str) -> None:
        """The person proved who they are: their attempts do not count."""
        await self._store.forgive(_account(email))
        await self._store.forgive_one(_address(address))


def _account(email: str) -> str:
    return "account:" + hashlib.sha256(name_key(email).encode()).hexdigest()


def _address(address: str) -> str:
    return "address:" + address
