"""A real HTTP server that answers what a test wants, and breaks connections where it wants."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Asked:
    """A request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Answer:
    """An answer. Of its body only `cut` bytes are sent, then the connection is closed; -1 sends nothing at all."""

    status: int = 200
    body: bytes = b"null"
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None


def as_json(value: Any, status: int = 200) -> Answer:
    return Answer(status, json.dumps(value).encode(), {"Content-Type": "application/json"})


def problem(status: int, code: str, *, retryable: bool = False, **more: Any) -> Answer:
    return as_json({"status": status, "code": code, "title": code, "retryable": retryable, **more}, status)


Script = Callable[[Asked], Answer]


class Scripted(ThreadingHTTPServer):
    """Listens on `url` and remembers what was `asked`."""

    daemon_threads = True

    def __init__(self, script: Script) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script = script
        self.asked: list[Asked] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Scripted

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.command, self.path, headers, body)
        self.server.asked.append(asked)
        answer = self.server.script(asked)
        self.close_connection = answer.cut is not None
        if answer.cut == -1:
            return
        self.send_response_only(answer.status)
        for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body[: answer.cut])

    do_GET = do_PUT = do_POST = do_DELETE = _answer  # noqa: N815 - the base class calls these names

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def scripted(script: Script) -> Iterator[Scripted]:
    """A server for as long as the block runs."""
    with Scripted(script) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join(5)


def in_turn(*answers: Answer) -> Script:
    """These answers, and then the last one for ever."""
    left = list(answers)
    return lambda _asked: left.pop(0) if len(left) > 1 else left[0]
