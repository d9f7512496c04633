"""The services of Labelbus as child processes, with the settings that connect them to each other and to the stack."""

import sys
from collections.abc import Callable, Mapping
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from deploy.local.part import Part
from deploy.local.ports import Ports
from deploy.local.process import Command
from deploy.local.stack import Stack

CHECKOUT = Path(__file__).parents[2]
NAMES = ("queue", "ingest", "export", "gateway")
GATEWAY_PORT = 8080
_OK = 200


class Service(Part):
    """One service; ready when it says so itself."""

    def __init__(
        self, name: str, root: Path, port: int, settings: Mapping[str, str], on_line: Callable[[str], None]
    ) -> None:
        super().__init__(name, root, on_line)
        self._port = port
        self._settings = settings

    def prepare(self) -> Command:
        """Run it from the checkout."""
        return module(f"services.{self.name}", settings=self._settings)

    def is_ready(self) -> bool:
        """Whether its dependencies answer it."""
        connection = HTTPConnection("127.0.0.1", self._port, timeout=2)
        try:
            connection.request("GET", "/health/ready")
            return connection.getresponse().status == _OK
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()


def module(name: str, *arguments: str, settings: Mapping[str, str]) -> Command:
    """Run a module of the project with `settings` over our own environment."""
    return Command([sys.executable, "-m", name, *arguments], {"PYTHONUNBUFFERED": "1", **settings}, CHECKOUT)


def take_ports(ports: Ports, gateway: int | None) -> dict[str, int]:
    """Choose the services' ports; people type only the gateway's, so it alone has a wanted one and a preferred one."""
    return {
        name: ports.take(name, setting="LABELBUS_PORT", default=gateway) if name == "gateway" else ports.take(name)
        for name in NAMES
    }


def service_settings(stack: Stack, ports: Mapping[str, int]) -> dict[str, str]:
    """Everything that the services need to know."""
    urls = {f"LABELBUS_{name.upper()}_URL": f"http://127.0.0.1:{port}" for name, port in ports.items()}
    return {
        **stack.settings(),
        **urls,
        "LABELBUS_HOST": "127.0.0.1",
        "LABELBUS_INSTANCE": "0",
        "LABELBUS_GATEWAY_BOOTSTRAP_TOKEN": f"lb_{stack.keys['bootstrap_token']}",
    }
