"""A vendor's machine client, as the runner plays it: a token, calls with the status that each must have, patience."""

import time
from collections.abc import Collection
from functools import cached_property
from typing import Any
from uuid import uuid4

import httpx

PATIENCE = 60  # seconds a call may take
WAITS = 20  # how often it is told to come again later: 429, or 409 while the first call with a key runs
PROBLEM = "application/problem+json"


class Failed(Exception):
    """What the sandbox did is not what the contract says. The text never holds what was sent."""


def must(holds: object, otherwise: str) -> None:
    if not holds:
        raise Failed(otherwise)


class Vendor:
    """`scope`: empty for all that the client holds."""

    def __init__(self, base: str, client_id: str, secret: str, *, scope: str = "") -> None:
        self.base = base.rstrip("/")
        self.client_id = client_id
        self.secret = secret
        self.scope = scope

    @cached_property
    def http(self) -> httpx.Client:
        """Without the authorization; `call` adds it."""
        return httpx.Client(base_url=f"{self.base}/api/v1", timeout=PATIENCE)

    @cached_property
    def token(self) -> str:
        granted = self.ask_for_token(auth=(self.client_id, self.secret))
        must(granted.status_code == 200, f"no token for {self.client_id}: {granted.status_code} {_error(granted)}")
        return str(granted.json()["access_token"])

    def ask_for_token(self, *, auth: tuple[str, str] | None = None, **form: str) -> httpx.Response:
        asked = {"grant_type": "client_credentials"} | ({"scope": self.scope} if self.scope else {}) | form
        return httpx.post(f"{self.base}/oauth/token", data=asked, auth=auth, timeout=30)

    def narrowed(self, scope: str) -> "Vendor":
        return Vendor(self.base, self.client_id, self.secret, scope=scope)

    def get(self, path: str, *, expect: int | Collection[int] = 200, **more: Any) -> httpx.Response:
        return self.call("GET", path, expect=expect, **more)

    def post(
        self, path: str, body: Any = None, *, expect: int | Collection[int] = 200, key: str = "", **more: Any
    ) -> httpx.Response:
        """With a key of its own where none is named; a call that takes none does not mind."""
        return self.call("POST", path, body=body, expect=expect, key=key or new_key(), **more)

    def call(
        self, method: str, path: str, *, expect: int | Collection[int], body: Any = None, key: str = "", **more: Any
    ) -> httpx.Response:
        """As `send`, and Failed where the status is another one."""
        answer = self.send(method, path, body=body, key=key, **more)
        wanted = {expect} if isinstance(expect, int) else set(expect)
        if answer.status_code not in wanted:
            told = f"{answer.status_code} {codes_told(answer)}".strip()
            raise Failed(f"{method} {answer.request.url.path}: {told}, not {' or '.join(map(str, sorted(wanted)))}")
        return answer

    def send(self, method: str, path: str, *, body: Any = None, key: str = "", **more: Any) -> httpx.Response:
        """Comes again when it is told to, as every client should."""
        for _ in range(WAITS):
            answer = self.once(method, path, body=body, key=key, **more)
            if not _come_again(answer):
                break
            time.sleep(float(answer.headers.get("Retry-After", "1")))
        return answer

    def once(self, method: str, path: str, *, body: Any = None, key: str = "", **more: Any) -> httpx.Response:
        headers = self.headers(key=key) | more.pop("headers", {})
        sent: dict[str, Any] = {}
        if isinstance(body, bytes):
            sent["content"] = body
        elif body is not None:
            sent["json"] = body
        return self.http.request(method, path, headers=headers, **sent, **more)

    def headers(self, *, key: str = "") -> dict[str, str]:
        with_key = {"Idempotency-Key": key} if key else {}
        return {"Authorization": f"Bearer {self.token}", "Accept-Language": "en"} | with_key


def new_key() -> str:
    return uuid4().hex


def wait_for(what: str, look: Any, *, seconds: float = 60) -> Any:
    """The first thing found that is not empty. A worker takes its time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := look():
            return found
        time.sleep(0.2)
    raise Failed(f"{what}: not within {seconds:.0f} s")


def problem(answer: httpx.Response, code: str) -> dict[str, Any]:
    """A problem document with this code, whole."""
    must(answer.headers.get("Content-Type", "").startswith(PROBLEM), f"{answer.status_code} is no {PROBLEM}")
    told: dict[str, Any] = answer.json()
    must(told.get("code") == code, f"the code is {told.get('code')}, not {code}")
    missing = {"type", "title", "detail", "status", "instance", "trace_id", "origin", "errors"} - told.keys()
    must(not missing, f"the problem document lacks {', '.join(sorted(missing))}")
    must(told["status"] == answer.status_code, "the problem document tells another status")
    return told


def errors_of(answer: httpx.Response) -> set[tuple[str, str]]:
    """Where and what."""
    return {(one["pointer"], one["code"]) for one in answer.json().get("errors") or []}


def codes_told(answer: httpx.Response) -> str:
    try:
        told = answer.json()
    except ValueError:
        return ""
    if not isinstance(told, dict):
        return ""
    inner = [f"{one.get('pointer')} {one.get('code')}" for one in told.get("errors") or []]
    return ", ".join(filter(None, [str(told.get("code") or ""), *inner]))


def _come_again(answer: httpx.Response) -> bool:
    if answer.status_code == 429:
        return True
    return answer.status_code == 409 and codes_told(answer) == "request-in-progress"


def _error(answer: httpx.Response) -> str:
    try:
        return str(answer.json().get("error", ""))
    except ValueError:
        return ""
