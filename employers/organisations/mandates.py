"""Ask the Suomi.fi e-Authorizations web API for whom a person may act: bytes in, plain values out.

A person is registered, chooses the organisation at Suomi.fi, and comes back with a code; the code buys a token, and the
token the roles. Every call to /service/ carries a checksum of its path and time. The identity code is a part of one of
these paths, as the protocol wants it: no address is ever logged or told in an error.

Sources: the developer pages of the Digital and Population Data Services Agency; RFC 6749 for tokens.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import stamina

HEADER = "X-AsiointivaltuudetAuthorization"
LANGUAGES = ("fi", "sv", "en")
LARGEST = 1_000_000  # bytes


class Unavailable(Exception):
    """Suomi.fi did not answer, or said that it cannot now. Asking again later is right."""


class SessionGone(Exception):
    """The person's visit at Suomi.fi has ended: start again with `register`."""


class Refused(Exception):
    """Suomi.fi understood and said no, or what it sent is no answer. Asking again does not help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Where Suomi.fi is and who asks."""

    url: str
    client_id: str
    api_key: str
    oauth_password: str
    patience: float = 10  # seconds without a byte
    attempts: int = 3


@dataclass(frozen=True, slots=True)
class Visit:
    """A person's registered session there."""

    session_id: str
    user_id: str


@dataclass(frozen=True, slots=True)
class Token:
    access: str
    refresh: str
    seconds: int  # it lasts


@dataclass(frozen=True, slots=True)
class Found:
    """One organisation. Not complete: some sources could not be read, so what is missing is no denial."""

    business_id: str
    name: str
    roles: tuple[str, ...]
    complete: bool


def register(service: Service, *, identity_code: str, request_id: str, at: datetime) -> Visit:
    path = f"/service/ypa/user/register/{quote(service.client_id)}/{quote(identity_code, safe='')}"
    answer = _object(_get(service, f"{path}?{urlencode({'requestId': request_id})}", at=at))
    return Visit(_text(answer, "sessionId"), _text(answer, "userId"))


def authorize_address(
    service: Service, visit: Visit, *, back_to: str, state: str, request_id: str, language: str
) -> str:
    """Where the person's browser goes to choose the organisation."""
    asked = {
        "client_id": service.client_id,
        "response_type": "code",
        "redirect_uri": back_to,
        "user": visit.user_id,
        "state": state,
        "scope": "read",
        "requestId": request_id,
        "lang": language if language in LANGUAGES else LANGUAGES[0],
    }
    return f"{service.url}/oauth/authorize?{urlencode(asked)}"


def token(service: Service, *, code: str, back_to: str) -> Token:
    """A code is good once, so this is never tried again. Raises SessionGone when it was used or is too old."""
    return _token(service, code=code, grant_type="authorization_code", redirect_uri=back_to)


def renewed(service: Service, *, refresh: str) -> Token:
    return _token(service, grant_type="refresh_token", refresh_token=refresh)


def organisation_roles(
    service: Service, *, session_id: str, access: str, request_id: str, at: datetime
) -> tuple[Found, ...]:
    """What Suomi.fi forwards of every organisation the person chose. Empty: no right."""
    path = f"/service/ypa/api/organizationRoles/{quote(session_id, safe='')}?{urlencode({'requestId': request_id})}"
    answer = _get(service, path, at=at, headers={"Authorization": f"Bearer {access}"})
    if not isinstance(answer, list):
        raise Refused("the answer is no list")
    return tuple(_found(_object(one)) for one in answer)


def unregister(service: Service, *, session_id: str, at: datetime) -> bool:
    return _get(service, f"/service/ypa/user/unregister/{quote(session_id, safe='')}", at=at) is True


def checksum(service: Service, *, path: str, at: datetime) -> str:
    """The header's value for one request. `path` with its query, exactly as sent; `at` with its zone, real time."""
    moment = at.isoformat(timespec="microseconds")
    code = hmac.new(service.api_key.encode(), f"{path} {moment}".encode(), hashlib.sha256).digest()
    return f"{service.client_id} {moment} {base64.b64encode(code).decode()}"


def _token(service: Service, **asked: str) -> Token:
    """Its parameters travel in the query, as the protocol has them."""
    with _http(service) as http:
        answer = _sent(
            http,
            httpx.Request(
                "POST",
                f"{service.url}/oauth/token?{urlencode(asked)}",
                headers={"Authorization": _basic(service)},
            ),
            ended=(400, 401),
        )
    said = _object(answer)
    seconds = said.get("expires_in", 0)
    refresh = said.get("refresh_token") or ""
    return Token(_text(said, "access_token"), str(refresh), seconds if isinstance(seconds, int) else 0)


def _get(service: Service, path: str, *, at: datetime, headers: dict[str, str] | None = None) -> Any:
    given = {HEADER: checksum(service, path=path, at=at), **(headers or {})}
    for attempt in stamina.retry_context(
        on=Unavailable, attempts=service.attempts, wait_initial=0.2, wait_max=1, timeout=None
    ):
        with attempt, _http(service) as http:
            answer = _sent(http, httpx.Request("GET", service.url + path, headers=given), ended=(401,))
    return answer


def _sent(http: httpx.Client, request: httpx.Request, *, ended: tuple[int, ...]) -> Any:
    """No error names the request: it may hold an identity code."""
    request.headers.setdefault("Host", request.url.netloc.decode())
    try:
        response = http.send(request)
    except httpx.HTTPError as error:
        raise Unavailable(type(error).__name__) from None
    if response.status_code in ended:
        raise SessionGone
    if response.status_code == 429 or response.status_code >= 500:
        raise Unavailable(f"status {response.status_code}")
    if response.status_code != 200 or len(response.content) > LARGEST:
        raise Refused(f"status {response.status_code}")
    try:
        return json.loads(response.content)
    except (ValueError, RecursionError):
        raise Refused("the answer cannot be read") from None


def _http(service: Service) -> httpx.Client:
    """Loading the trusted authorities takes longer than asking, so only where there is TLS to speak."""
    timeout = httpx.Timeout(service.patience, connect=min(5, service.patience))
    secure = service.url.startswith("https:")
    return httpx.Client(timeout=timeout, follow_redirects=False, trust_env=False, verify=secure)


def _basic(service: Service) -> str:
    return "Basic " + base64.b64encode(f"{service.client_id}:{service.oauth_password}".encode()).decode()


def _found(said: dict[str, Any]) -> Found:
    roles = said.get("roles")
    if not isinstance(roles, list):
        raise Refused("an organisation without roles")
    known = tuple(str(role) for role in roles)
    return Found(_text(said, "identifier"), str(said.get("name") or ""), known, said.get("complete") is True)


def _object(answer: Any) -> dict[str, Any]:
    if not isinstance(answer, dict):
        raise Refused("the answer is no object")
    return answer


def _text(said: dict[str, Any], name: str) -> str:
    value = said.get(name)
    if not isinstance(value, str) or not value:
        raise Refused(f"{name} is missing")
    return value
