"""One connection to the register over HTTP: messages to its services, and what people and tests tell the sandbox."""

import json
import re
import socket
import struct
import tempfile
from datetime import datetime
from http.server import BaseHTTPRequestHandler
from typing import IO, TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from employers.income_register.wire import HEAD, SOAP, TAIL
from portal.sandbox.register.extraction import extract_due
from portal.sandbox.register.faults import REFUSING, SILENT, UnknownBehaviour, asked_for
from portal.sandbox.register.services import Refused, serve

if TYPE_CHECKING:
    from portal.sandbox.register.server import Register

SERVICE = re.compile(r"/20170526/(\w+)\.svc")
LARGEST_REQUEST = 64 * 1024 * 1024  # bytes
PAUSE = 0.05  # seconds between the pieces of a slow answer
PIECE = {"drip": 1}  # bytes at a time


class Handler(BaseHTTPRequestHandler):
    server: "Register"
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(200 if self.path == "/healthz" else 404, b"")

    def do_POST(self) -> None:
        body = self._body()
        controls = {"/sandbox/behaviour": self._behave, "/sandbox/clock": self._clock, "/sandbox/forget": self._forget}
        service = SERVICE.fullmatch(self.path)
        if self.path in controls:
            controls[self.path](body)
        elif service is None:
            self._answer(404, b"")
        else:
            self._soap(body, service[1], self.server.faults.take())

    def log_message(self, *_: Any) -> None:
        """Nothing: a request holds identity codes."""

    def _body(self) -> bytes:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST_REQUEST:
            self.close_connection = True
            return b""
        return self.rfile.read(length)

    def _behave(self, body: bytes) -> None:
        try:
            self.server.behave(**asked_for(body))
        except UnknownBehaviour:
            self._answer(400, b"")
        else:
            self._answer(204, b"")

    def _clock(self, body: bytes) -> None:
        """`{"now": "2026-12-01T03:00:00+02:00"}`, or nothing for the real time. What is due then is extracted first."""
        try:
            told = json.loads(body or b"{}").get("now")
            moment = None if told is None else datetime.fromisoformat(told)
            if moment is not None and moment.tzinfo is None:
                raise ValueError
        except (ValueError, TypeError, AttributeError):
            self._answer(400, b"")
            return
        self.server.office.clock.move(moment)
        extract_due(self.server.office)
        self._answer(204, b"")

    def _forget(self, body: bytes) -> None:
        self.server.office.forget()
        self._answer(204, b"")

    def _soap(self, body: bytes, service: str, fault: str) -> None:
        if fault in REFUSING and self._refuses(fault):
            return
        action = (self.headers.get("SOAPAction") or "").strip('"')
        with tempfile.TemporaryFile() as answer:
            try:
                serve(self.server.office, body, service=service, action=action, file=answer, fault=fault)
            except Refused as refusal:
                self._answer(500, _fault(str(refusal)))
                return
            if fault in SILENT:
                self.server.faults.released.wait()
            self._stream(answer, fault)

    def _refuses(self, fault: str) -> bool:
        """Whether that was the answer; who hangs is answered once let go."""
        if fault == "hang":
            self.server.faults.released.wait()
            return False
        if fault == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            socket.close(self.connection.detach())
            self.close_connection = True
        else:
            self._answer(403 if fault == "certificate_refused" else 503, b"")
        return True

    def _stream(self, answer: IO[bytes], fault: str) -> None:
        size, sent = answer.tell(), 0
        answer.seek(0)
        self.send_response(200)
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Content-Length", str(size))
        self.end_headers()
        released = self.server.faults.released
        while chunk := answer.read(PIECE.get(fault, 16384)):
            if fault == "cut" and sent >= size // 2:
                self.close_connection = True
                return
            if fault in ("slow", "drip"):
                released.wait(PAUSE)
            self.wfile.write(chunk[: max(size // 2 - sent, 1)] if fault == "cut" else chunk)
            sent += len(chunk)
        self.close_connection = self.close_connection or fault == "cut"

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _fault(text: str) -> bytes:
    inside = f"<faultcode>soapenv:Client</faultcode><faultstring>{escape(text)}</faultstring>"
    return HEAD + f'<soapenv:Fault xmlns:soapenv="{SOAP}">{inside}</soapenv:Fault>'.encode() + TAIL
