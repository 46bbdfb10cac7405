"""The simulated identification broker: its own process, OpenID Connect over HTTP.

`POST /sandbox/behaviour` with a word of `broker.BEHAVIOURS` makes it misbehave until told otherwise, with `rotate` it
changes its key. Needs Django's templates and translations; run by `manage.py identification_simulator`.
"""

import json
import time
from collections.abc import Callable
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from portal.sandbox.identification import pages
from portal.sandbox.identification.broker import BEHAVIOURS, Broker
from portal.sandbox.identification.people import EVERYBODY
from portal.sandbox.identification.protocol import Client, Refused

LARGEST = 100_000  # bytes of a form
COOKIE = "broker-session"


class Identification(ThreadingHTTPServer):
    """`server.broker.client` may be set until the first request: the port is known only then."""

    daemon_threads = True

    def __init__(self, *, port: int, client: Client) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.broker = Broker(issuer=f"http://127.0.0.1:{self.server_address[1]}", client=client)


class Handler(BaseHTTPRequestHandler):
    server: Identification
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        routes = {
            "/healthz": lambda _: self._answer(200, b"ok", "text/plain"),
            "/.well-known/openid-configuration": lambda _: self._json(self.server.broker.configuration()),
            "/jwks": lambda _: self._json(self.server.broker.jwks()),
            "/authorize": self._authorize,
            "/end": self._end,
            "/portal.css": lambda _: self._answer(200, pages.style(), "text/css"),
        }
        self._route(routes, dict(parse_qsl(urlsplit(self.path).query)))

    def do_POST(self) -> None:
        body = self._body().decode(errors="replace")
        if self.path == "/sandbox/behaviour":
            self._behave(body.strip())
            return
        self._route({"/choose": self._choose, "/token": self._token}, dict(parse_qsl(body)))

    def log_message(self, *_: Any) -> None:
        """Nothing: what comes and goes holds codes."""

    def _route(self, routes: dict[str, Callable[[dict[str, str]], None]], said: dict[str, str]) -> None:
        route = routes.get(urlsplit(self.path).path)
        if route is None:
            self._answer(404, b"", "text/plain")
        elif self.server.broker.behaviour == "down":
            self._answer(503, b"", "text/plain")
        else:
            route(said)

    def _authorize(self, query: dict[str, str]) -> None:
        broker, at = self.server.broker, time.time()
        try:
            name = broker.ask(query, at=at)
        except Refused as refusal:
            self._answer(400, str(refusal).encode(), "text/plain")
            return
        said = broker.asked(name)
        cookie = broker.remembered(said, self._cookie(), at=at)
        if cookie:
            self._return(said, code=broker.code(name, cookie, at=at))
        else:
            self._answer(200, pages.choice(name, said), "text/html", csp=pages.policy(said["redirect_uri"]))

    def _choose(self, form: dict[str, str]) -> None:
        broker, at, name = self.server.broker, time.time(), form.get("request", "")
        try:
            said = broker.asked(name)
            if "person" not in form:
                self._return(broker.drop(name), error="access_denied")
                return
            number = int(form["person"])
            if number not in range(len(EVERYBODY)):
                raise Refused("nobody of the cast")
        except (Refused, ValueError) as refusal:
            self._answer(400, str(refusal).encode(), "text/plain")
            return
        cookie = broker.identify(number, at=at)
        self._return(said, cookie, code=broker.code(name, cookie, at=at))

    def _token(self, form: dict[str, str]) -> None:
        try:
            token = self.server.broker.token(form, at=time.time())
        except Refused as refusal:
            self._json({"error": "invalid_grant", "error_description": str(refusal)}, 400)
            return
        self._json({"access_token": "none-needed", "token_type": "Bearer", "expires_in": 60, "id_token": token})

    def _end(self, query: dict[str, str]) -> None:
        self.server.broker.end(self._cookie())
        back = query.get("post_logout_redirect_uri", "")
        if not self.server.broker.client.may_return_to(back, "signed-out"):
            self._answer(400, b"post_logout_redirect_uri is not registered", "text/plain")
            return
        self._redirect(back, "")

    def _behave(self, word: str) -> None:
        if word == "rotate":
            self.server.broker.rotate()
        elif word in BEHAVIOURS:
            self.server.broker.behaviour = word
        self._answer(204 if word in (*BEHAVIOURS, "rotate") else 400, b"", "text/plain")

    def _return(self, said: dict[str, Any], cookie: str | None = None, **result: str) -> None:
        query = urlencode({**result, "state": said["state"], "iss": self.server.broker.issuer})
        self._redirect(f"{said['redirect_uri']}?{query}", cookie)

    def _cookie(self) -> str:
        found = SimpleCookie(self.headers.get("Cookie", "")).get(COOKIE)
        return found.value if found else ""

    def _body(self) -> bytes:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST:
            self.close_connection = True
            return b""
        return self.rfile.read(length)

    def _redirect(self, where: str, cookie: str | None) -> None:
        self.send_response(303)
        self.send_header("Location", where)
        if cookie is not None:
            lives = "" if cookie else "; Max-Age=0"
            self.send_header("Set-Cookie", f"{COOKIE}={cookie}; Path=/; HttpOnly; SameSite=Lax{lives}")
        self._end_headers(b"")

    def _json(self, what: dict[str, Any], status: int = 200) -> None:
        self._answer(status, json.dumps(what).encode(), "application/json")

    def _answer(self, status: int, body: bytes, kind: str, *, csp: str = "default-src 'none'") -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Security-Policy", csp)
        self._end_headers(body)

    def _end_headers(self, body: bytes) -> None:
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)
