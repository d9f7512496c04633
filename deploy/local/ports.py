"""Free ports on loopback, written to a file and reused at the next start. A wanted port is never replaced silently."""

import json
import random
import socket
from collections.abc import Mapping
from pathlib import Path

# Below the range from which Linux takes the ports of outgoing connections, so that a remembered port stays free.
RANGE = range(20_000, 32_000)
_PORTS = range(1, 65_536)


class PortTakenError(RuntimeError):
    """A port was asked for by name and something else listens on it, or it is no port at all."""


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of 127.0.0.1 now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


class Ports:
    """The ports of one stack."""

    def __init__(self, file: Path, settings: Mapping[str, str]) -> None:
        """Remember the ports in `file`; a wanted one comes from `settings`, see `take`."""
        self._file = file
        self._settings = settings
        self._known: dict[str, int] = json.loads(file.read_text()) if file.exists() else {}
        self._taken: set[int] = set()

    def take(self, name: str, *, setting: str | None = None, default: int | None = None) -> int:
        """Choose the port called `name`: the one that `setting` wants, the remembered one, `default`, or any free one.

        A default that is taken is followed by the next free port. Raises `PortTakenError` for a wanted one.
        """
        wanted = self._settings.get(setting) if setting else None
        port = self._wanted(wanted, str(setting)) if wanted else self._choose(name, default)
        self._taken.add(port)
        if self._known.get(name) != port:
            self._known[name] = port
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_text(json.dumps(self._known, indent=2, sort_keys=True) + "\n")
        return port

    def _wanted(self, text: str, setting: str) -> int:
        if not text.isascii() or not text.isdigit() or int(text) not in _PORTS:
            raise PortTakenError(f"{setting}={text} is no port: give a number from 1 to 65535.")
        if not self._usable(int(text)):
            raise PortTakenError(
                f"Port {text} is wanted by {setting} but another program listens on it. "
                f"Stop that program, or set {setting} to a free port, or unset it to have one chosen."
            )
        return int(text)

    def _choose(self, name: str, default: int | None) -> int:
        known = self._known.get(name)
        if known is not None and self._usable(known):
            return known
        others = set(self._known.values())
        candidates = range(default, default + 1000) if default else random.sample(RANGE, len(RANGE))
        for port in candidates:
            if port not in others and self._usable(port):
                return port
        raise PortTakenError(f"No free port was found for {name}.")

    def _usable(self, port: int) -> bool:
        return port not in self._taken and is_free(port)
