"""The simulated Suomi.fi e-Authorizations: its own process, the web API over HTTP and the page where one chooses.

`POST /sandbox/behaviour` with a word of `service.BEHAVIOURS` makes it misbehave until told otherwise. Needs Django's
templates and translations; run by `manage.py mandates_simulator`.
"""

import base64
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlencode, urlsplit

from employers.organisations.mandates import HEADER
from portal.sandbox.identification.pages import policy, style
from portal.sandbox.mandates import pages
from portal.sandbox.mandates.service import BEHAVIOURS, CLIENT_ID, OAUTH_PASSWORD, Refused, SuomiFi, Visit

LARGEST = 100_000  # bytes of a form
REGISTER, ROLES, UNREGISTER = (
    f"/service/ypa/{name}/" for name in ("user/register", "api/organizationRoles", "user/unregister")
)


class Mandates(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, *, port: int) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.suomi_fi = SuomiFi()
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.released = threading.Event()

    def behave(self, behaviour: str) -> None:
        """A new behaviour lets go of whoever hangs."""
        self.suomi_fi.behaviour = behaviour
        self.released.set()
        self.released = threading.Event()


class Handler(BaseHTTPRequestHandler):
    server: Mandates
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == "/healthz":
            self._answer(200, b"ok", "text/plain")
        elif path == "/portal.css":
            self._answer(200, style(), "text/css")
        else:
            self._guarded(self._page if path == "/oauth/authorize" else self._call)

    def do_POST(self) -> None:
        body = self._body().decode(errors="replace")
        path = urlsplit(self.path).path
        if path == "/sandbox/behaviour":
            self._behave(body.strip())
        elif path == "/oauth/choose":
            self._guarded(lambda: self._choose(parse_qs(body)))
        else:
            self._guarded(self._token)

    def log_message(self, *_: Any) -> None:
        """Nothing: a path holds an identity code."""

    def _guarded(self, act: Any) -> None:
        """Misbehaves first, when it was told to."""
        behaviour = self.server.suomi_fi.behaviour
        if behaviour == "hang":
            self.server.released.wait()
        try:
            if behaviour == "down":
                raise Refused(503)
            if behaviour == "garbled":
                self._answer(200, b'{"sessionId": 7', "application/json")
                return
            act()
        except Refused as refusal:
            self._answer(refusal.status, b"", "text/plain")

    def _call(self) -> None:
        suomi_fi, at = self.server.suomi_fi, time.time()
        suomi_fi.check(self.headers.get(HEADER, ""), path=self.path, at=at)
        path = unquote(urlsplit(self.path).path)
        if path.startswith(REGISTER):
            client_id, _, identity_code = path.removeprefix(REGISTER).partition("/")
            if client_id != CLIENT_ID or "requestId" not in self._query():
                raise Refused(400)
            self._json(suomi_fi.register(identity_code, at=at))
        elif path.startswith(ROLES):
            session_id, _, business_id = path.removeprefix(ROLES).partition("/")
            access = self.headers.get("Authorization", "").removeprefix("Bearer ")
            suomi_fi.seen.append("roles")
            self._json(suomi_fi.roles(session_id, access, business_id or None, at=at))
        elif path.startswith(UNREGISTER):
            suomi_fi.seen.append("unregister")
            self._json(suomi_fi.unregister(path.removeprefix(UNREGISTER)))
        else:
            raise Refused(404)

    def _page(self) -> None:
        asked = self._query()
        visit = self._visit(asked)
        offers = self.server.suomi_fi.offers(visit)
        self._answer(200, pages.choice(asked, offers), "text/html", csp=policy(asked["redirect_uri"]))

    def _choose(self, said: dict[str, list[str]]) -> None:
        asked = {name: values[0] for name, values in said.items()}
        visit, back = self._visit(asked), asked["redirect_uri"]
        if "cancel" in asked:
            result = {"error": "access_denied"}
        else:
            chosen = said.get("chosen", [])
            result = {"code": self.server.suomi_fi.choose(visit, chosen, redirect_uri=back, at=time.time())}
        self.send_response(303)
        self.send_header("Location", f"{back}?{urlencode(result | {'state': asked.get('state', '')})}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _visit(self, asked: dict[str, str]) -> Visit:
        known = asked.get("client_id") == CLIENT_ID and asked.get("response_type") == "code"
        if not known or not self.server.suomi_fi.may_return_to(asked.get("redirect_uri", "")):
            raise Refused(400)
        return self.server.suomi_fi.by_user(asked.get("user", ""), at=time.time())

    def _token(self) -> None:
        if urlsplit(self.path).path != "/oauth/token":
            raise Refused(404)
        expected = base64.b64encode(f"{CLIENT_ID}:{OAUTH_PASSWORD}".encode()).decode()
        if self.headers.get("Authorization") != f"Basic {expected}":
            raise Refused(401)
        self._json(self.server.suomi_fi.token(self._query(), at=time.time()))

    def _query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.path).query))

    def _behave(self, word: str) -> None:
        if word in BEHAVIOURS:
            self.server.behave(word)
        self._answer(204 if word in BEHAVIOURS else 400, b"", "text/plain")

    def _body(self) -> bytes:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST:
            self.close_connection = True
            return b""
        return self.rfile.read(length)

    def _json(self, what: Any) -> None:
        self._answer(200, json.dumps(what).encode(), "application/json")

    def _answer(self, status: int, body: bytes, kind: str, *, csp: str = "default-src 'none'") -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Security-Policy", csp)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)
