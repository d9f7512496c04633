"""The stack and the services on it, for the supervisor, tests and benchmarks. All of it runs, or none."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from deploy.local.part import Part
from deploy.local.ports import Ports
from deploy.local.process import ChildDiedError, Process
from deploy.local.service import GATEWAY_PORT, Service, module, service_settings, take_ports
from deploy.local.stack import Stack

_TOPICS_SECONDS = 60


class System:
    """A stack and the services on it.

    `settings` are laid over those of the services. A `stack` that is given is somebody else's to start and stop.
    `environment` names parts that run elsewhere and wanted ports. `on_line` gets a service's name and line.
    """

    def __init__(
        self,
        root: Path,
        settings: Mapping[str, str] | None = None,
        stack: Stack | None = None,
        environment: Mapping[str, str] | None = None,
        on_line: Callable[[str, str], None] = lambda _name, _line: None,
    ) -> None:
        """Choose ports; nothing is started yet."""
        self._owns_stack = stack is None
        self.root = root
        self.stack = stack or Stack(root, environment)
        # Only where a person started it: the systems of tests would take each other's place on a port they all want.
        preferred = GATEWAY_PORT if environment is not None else None
        ports = take_ports(Ports(root / "ports", environment or {}) if stack else self.stack.ports, preferred)
        self.settings = {**service_settings(self.stack, ports), **(settings or {})}
        self._on_line = on_line
        self.services = {
            name: Service(name, root, port, self.settings, partial(on_line, name)) for name, port in ports.items()
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
        process = Process("topics", self.root / "logs" / "topics.log", partial(self._on_line, "topics"))
        process.start(module("services.kit.topics", "create", settings=self.settings))
        if not process.wait(_TOPICS_SECONDS) or process.code != 0:
            process.kill9()
            raise ChildDiedError(f"The topics could not be created:\n{process.last_lines()}")

    def stop(self) -> None:
        """End the services side by side, then the stack if it is ours: they need it to finish what they have begun."""
        with ThreadPoolExecutor(max_workers=len(self.services)) as pool:
            for service in self.services.values():
                pool.submit(service.stop)
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
