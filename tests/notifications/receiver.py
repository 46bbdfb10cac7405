"""A receiver of webhooks: a real HTTP server that behaves as it is told, and remembers what came."""

import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

Behaviour = Callable[["Handler"], None]


class Receiver:
    """`behave`: what it does with each message; a list is worked off, its last one stays."""

    def __init__(self, *behave: Behaviour, tls: ssl.SSLContext | None = None) -> None:
        self.behave = list(behave) or [answer(200)]
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.times: list[float] = []
        self.closed = Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (Handler,), {"receiver": self}))
        self.server.daemon_threads = True
        self.scheme = "https" if tls else "http"
        if tls:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/hooks?of=ours"

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _body in self.got]

    def close(self) -> None:
        self.closed.set()
        self.server.shutdown()
        self.server.server_close()


class Handler(BaseHTTPRequestHandler):
    receiver: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        own = self.receiver
        own.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
        own.times.append(time.monotonic())
        with suppress(OSError):  # the sender hung up
            (own.behave.pop(0) if len(own.behave) > 1 else own.behave[0])(self)

    def log_message(self, *_: Any) -> None:
        pass


def answer(status: int, **headers: str) -> Behaviour:
    def behave(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in {**headers, "Content-Length": "0"}.items():
            handler.send_header(name, value)
        handler.end_headers()

    return behave


def silence(handler: Handler) -> None:
    """No byte, as long as the test lasts."""
    handler.receiver.closed.wait(30)


def drip(handler: Handler) -> None:
    """A byte now and then: no timeout between two bytes would ever end it."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while not handler.receiver.closed.wait(0.05):
        handler.wfile.write(b"x")


def flood(handler: Handler) -> None:
    """A good status, and a body without end."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while not handler.receiver.closed.is_set():
        handler.wfile.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")


def garbage(handler: Handler) -> None:
    handler.wfile.write(b"\x00\xff no HTTP at all\r\n\r\n")
    handler.close_connection = True


@contextmanager
def receiving(*behave: Behaviour, tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    made = Receiver(*behave, tls=tls)
    try:
        yield made
    finally:
        made.close()
