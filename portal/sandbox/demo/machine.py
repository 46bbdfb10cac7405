"""A payroll system or the agency's own: a token, then calls. Each call says which status it expects."""

from functools import cached_property
from typing import Any
from uuid import uuid4

import httpx


class Unexpected(Exception):
    """Another status than the contract promises. The text has the problem's codes, never its content."""


class Machine:
    def __init__(self, base: str, client_id: str) -> None:
        self.base = base
        self.client_id = client_id

    @cached_property
    def http(self) -> httpx.Client:
        granted = httpx.post(
            f"{self.base}/oauth/token",
            data={"grant_type": "client_credentials"},
            auth=(self.client_id, f"{self.client_id}-secret"),
            timeout=30,
        )
        granted.raise_for_status()
        token = granted.json()["access_token"]
        return httpx.Client(base_url=f"{self.base}/api/v1", headers={"Authorization": f"Bearer {token}"}, timeout=60)

    def get(self, path: str, **params: str) -> Any:
        return self._read(self.http.get(path, params=params), 200)

    def post(self, path: str, body: Any, *, expect: int = 200, key: str | None = None, **more: Any) -> Any:
        return self._read(self.raw(path, body, key=key, **more), expect)

    def raw(self, path: str, body: Any, *, key: str | None = None, **more: Any) -> httpx.Response:
        headers = {"Idempotency-Key": key or uuid4().hex} | more.pop("headers", {})
        sent: dict[str, Any] = {"content": body} if isinstance(body, bytes) else {"json": body}
        return self.http.post(path, headers=headers, **sent, **more)

    def _read(self, response: httpx.Response, expect: int) -> Any:
        if response.status_code != expect:
            raise Unexpected(f"{response.status_code} at {response.url.path}, not {expect}: {_codes(response)}")
        return response.json() if response.content else None


def _codes(response: httpx.Response) -> str:
    try:
        problem = response.json()
    except ValueError:
        return "no problem document"
    inner = [f"{error.get('pointer')} {error.get('code')}" for error in problem.get("errors") or []]
    return ", ".join([problem.get("code", ""), *inner])
