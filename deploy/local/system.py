"""All of Labelbus without a supervisor: for tests and benchmarks, which start, kill and count its processes themselves."""

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from deploy.local.part import Part
from deploy.local.process import ChildDiedError, Process
from deploy.local.service import Service, module, service_settings, take_ports
from deploy.local.stack import Stack

_TOPICS_SECONDS = 60


class System:
    """A stack and the services on it. `settings` are laid over those of the services."""

    def __init__(self, root: Path, settings: Mapping[str, str] | None = None, stack: Stack | None = None) -> None:
        """Choose ports; nothing is started yet. A `stack` that is given is somebody else's to start and stop."""
        self._owns_stack = stack is None
        self.root = root
        self.stack = stack or Stack(root)
        ports = take_ports(self.stack.ports if stack is None else Stack(root).ports)
        self.settings = {**service_settings(self.stack, ports), **(settings or {})}
        self.services = {
            name: Service(name, root, port, self.settings, lambda _line: None) for name, port in ports.items()
        }

    @property
    def url(self) -> str:
        """Where people and scripts reach it."""
        return self.settings["LABELBUS_GATEWAY_URL"]

    @property
    def token(self) -> str:
        """An API token of the first owner."""
        return self.settings["LABELBUS_GATEWAY_BOOTSTRAP_TOKEN"]

    @property
    def parts(self) -> dict[str, Part]:
        """All processes by name."""
        return {part.name: part for part in (*self.stack.parts, *self.services.values())}

    def start(self) -> None:
        """Start everything and return when all is ready. Raises what the parts raise, with nothing left running."""
        try:
            if self._owns_stack:
                self.stack.start()
            self._make_topics()
            for service in self.services.values():
                service.launch()
            for service in self.services.values():
                service.wait_ready()
        except BaseException:
            self.stop()
            raise

    def _make_topics(self) -> None:
        process = Process("topics", self.root / "logs" / "topics.log")
        process.start(module("services.kit.topics", "create", settings=self.settings))
        if not process.wait(_TOPICS_SECONDS) or process.code != 0:
            process.kill9()
            raise ChildDiedError(f"The topics could not be created:\n{process.last_lines()}")

    def stop(self) -> None:
        """End the services, then the stack if it is ours."""
        for service in self.services.values():
            service.stop()
        if self._owns_stack:
            self.stack.stop()

    def __enter__(self) -> Self:
        """Start."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()
