"""A service that answers as a test tells it, over HTTP or over TLS that wants a certificate."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

from employers.income_register.messages import NAMESPACES
from employers.income_register.signing import sign
from employers.income_register.wire import HEAD, TAIL, copy_body

PARTIES = ("DeliveryDataOwner", "DeliveryDataCreator", "DeliveryDataSender")
Behaviour = Callable[["Handler", etree._Element], None]


class Service(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, behaviour: Behaviour, tls: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.behaviour, self.tls = behaviour, tls
        self.heard: list[tuple[str, str]] = []  # path and action
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http{'s' if self.tls else ''}://127.0.0.1:{self.server_address[1]}"

    def finish_request(self, request: Any, client_address: Any) -> None:
        if self.tls is not None:
            request = self.tls.wrap_socket(request, server_side=True)
        super().finish_request(request, client_address)

    def handle_error(self, *_: Any) -> None:
        """Nothing: that a handshake or a connection ends is what is tested."""


class Handler(BaseHTTPRequestHandler):
    server: Service
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        request = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((self.path, self.headers["SOAPAction"].strip('"')))
        self.close_connection = True
        body = BytesIO()
        copy_body(BytesIO(request), body)
        self.server.behaviour(self, etree.parse(body).getroot())

    def log_message(self, *_: Any) -> None:
        pass

    def send(self, status: int, body: bytes = b"", *, promised: int = 0, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(promised or len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serving(behaviour: Behaviour, tls: ssl.SSLContext | None = None) -> Iterator[Service]:
    service = Service(behaviour, tls)
    threading.Thread(target=service.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield service
    finally:
        service.over.set()
        service.shutdown()
        service.server_close()


def mutual(folder: Path, authority: Path, *, version: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3) -> ssl.SSLContext:
    """`folder` holds service.crt and service.key; whoever calls shows a certificate of `authority`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "service.crt", folder / "service.key")
    context.load_verify_locations(authority)
    context.verify_mode = ssl.CERT_REQUIRED
    context.maximum_version = version
    return context


def signed(element: etree._Element, keys: Path) -> bytes:
    return enveloped(sign(element, key=keys / "register.key", certificate=keys / "register.crt"))


def enveloped(element: etree._Element) -> bytes:
    return HEAD + etree.tostring(element, encoding="UTF-8", xml_declaration=False) + TAIL


def stored(request: etree._Element, *, delivery_id: str = "", production: str = "false") -> etree._Element:
    """The answer to a record that was stored."""
    asked = delivery_id or request.findtext(".//DeliveryId")
    parties = "".join(f"<{one}><Type>1</Type><Code>9000000-3</Code></{one}>" for one in PARTIES)
    return etree.fromstring(
        f'<a:StatusResponseFromIR xmlns:a="{NAMESPACES}StatusResponseFromIR"><DeliveryData>'
        "<Timestamp>2026-11-22T08:00:00Z</Timestamp><DeliveryDataType>103</DeliveryDataType>"
        f"<DeliveryId>{asked}</DeliveryId><ProductionEnvironment>{production}</ProductionEnvironment>{parties}"
        f"</DeliveryData><StatusResponse><IRResponseId>{'0' * 32}</IRResponseId>"
        "<IRResponseTimestamp>2026-11-22T08:00:01Z</IRResponseTimestamp><DeliveryDataStatus>3</DeliveryDataStatus>"
        f"<IRDeliveryId>{'1' * 32}</IRDeliveryId></StatusResponse></a:StatusResponseFromIR>"
    )
