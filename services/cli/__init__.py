"""The command `labelbus`: events, uploads, the demo project. Like any other program it uses public API and topics."""

from services.cli.app import main

__all__ = ["main"]
