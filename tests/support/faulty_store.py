"""An S3 address whose storage is sometimes ill: a proxy that answers some requests itself and passes the others on."""

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from urllib.parse import urlsplit

_NOT_OURS: Final = {"connection", "transfer-encoding", "content-length", "date", "server"}
_ERROR: Final = "<Error><Code>{code}</Code><Message>Ill</Message><Resource>/</Resource><RequestId>1</RequestId></Error>"


@dataclass(frozen=True)
class Fault:
    """An answer instead of the storage's. `status` 0: none at all, the connection is closed.

    `cut`: the storage's own answer, of which the second half is lost. `slow_s`: its own answer, but later.
    """

    status: int = 0
    code: str = ""
    date: str = ""
    location: str = ""
    cut: bool = False
    slow_s: float = 0


Choice = Callable[[int, str, str], Fault | None]
"""From the number of a request (from 1), its method and its path to what is wrong with it."""


def every(n: int, fault: Fault) -> Choice:
    """Each n-th request."""
    return lambda number, _method, _path: None if number % n else fault


class FaultyStore(ThreadingHTTPServer):
    """Listens on `url`; `choice` may be changed at any time. Signatures stay right, since the host name is kept."""

    daemon_threads = True

    def __init__(self, behind: str, choice: Choice = lambda _number, _method, _path: None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behind, self.choice = urlsplit(behind).netloc, choice
        self.requests = self.faults = 0
        self._lock = threading.Lock()
        self.stopped = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def fault(self, method: str, path: str) -> Fault | None:
        with self._lock:
            self.requests += 1
            fault = self.choice(self.requests, method, path)
            self.faults += fault is not None
        return fault

    def handle_error(self, *_: object) -> None:
        """Clients go away when they like."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FaultyStore

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        fault = self.server.fault(self.command, self.path)
        if fault is None or fault.cut or fault.slow_s:
            self.server.stopped.wait(fault.slow_s if fault else 0)
            self._pass_on(body, cut=bool(fault and fault.cut))
        elif fault.status == 0:
            self.close_connection = True
        else:
            self._say(fault)

    def _say(self, fault: Fault) -> None:
        content = _ERROR.format(code=fault.code or "ServiceUnavailable").encode()
        self.send_response_only(fault.status)
        for name, value in (("Date", fault.date), ("Location", fault.location)):
            if value:
                self.send_header(name, value)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _pass_on(self, body: bytes, *, cut: bool) -> None:
        connection = http.client.HTTPConnection(self.server.behind, timeout=30)
        try:
            connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                connection.putheader(name, value)
            connection.endheaders(body or None)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in _NOT_OURS or (name.lower() == "content-length" and self.command == "HEAD"):
                self.send_header(name, value)
        if self.command != "HEAD":
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[: len(content) // 2] if cut else content)
        self.close_connection = self.close_connection or cut

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = _answer  # noqa: N815 - the base class calls these names

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def faulty_store(behind: str, choice: Choice = lambda _number, _method, _path: None) -> Iterator[FaultyStore]:
    """A proxy before the storage at `behind`, for as long as the block runs."""
    with FaultyStore(behind, choice) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.stopped.set()
            server.shutdown()
            thread.join(5)
