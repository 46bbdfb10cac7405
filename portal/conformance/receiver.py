"""Where webhooks arrive: a small HTTP server that keeps what it is sent, and answers as it is told."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Thread
from typing import Any
from urllib.parse import urlsplit

from portal.conformance.vendor import Failed

LARGEST = 1_000_000  # bytes; nobody who speaks to us sends more


@dataclass(frozen=True, slots=True)
class Delivery:
    path: str
    headers: dict[str, str]
    body: bytes


class Receiver:
    """Each endpoint is a path of its own, so that scenarios do not hear each other's."""

    def __init__(self, *, port: int = 0, url: str = "") -> None:
        self.heard: list[Delivery] = []
        self.answers: dict[str, int] = {}  # statuses by path; 204 elsewhere
        self._news = Condition()
        self._server = ThreadingHTTPServer(("127.0.0.1", port), handler_of(self))
        self._server.daemon_threads = True
        self.url = (url or f"http://127.0.0.1:{self._server.server_address[1]}").rstrip("/")
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def take(self, delivery: Delivery) -> int:
        with self._news:
            self.heard.append(delivery)
            self._news.notify_all()
        return self.answers.get(delivery.path, 204)

    def wait(self, path: str, wanted: Callable[[Delivery], Any] = bool, *, seconds: float = 30) -> Delivery:
        """The first delivery at this path that is wanted."""
        until = time.monotonic() + seconds
        with self._news:
            while True:
                for one in self.heard:
                    if one.path == path and wanted(one):
                        return one
                if not self._news.wait(max(0.0, until - time.monotonic())):
                    raise Failed(f"no such webhook arrived within {seconds:.0f} s")

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def handler_of(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), LARGEST))
            headers = {name.lower(): value for name, value in self.headers.items()}
            self.send_response(receiver.take(Delivery(urlsplit(self.path).path, headers, body)))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """The runner prints what it finds itself."""

    return Handler
