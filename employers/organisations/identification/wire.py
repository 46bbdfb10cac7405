"""What is asked of the broker over HTTP: one JSON object an answer."""

import ssl
from functools import lru_cache
from typing import Any

import httpx

CONFIGURATION = "/.well-known/openid-configuration"


class BrokerUnavailable(Exception):
    """The broker did not answer, or said that it cannot now."""


class IdentificationRefused(Exception):
    """What came back is not what was asked for. The text says what was wrong, never a value."""


def configuration(issuer: str, patience: float) -> dict[str, Any]:
    """Its addresses. `patience` is seconds for an answer. Raises BrokerUnavailable."""
    found = get(issuer.rstrip("/") + CONFIGURATION, patience)
    if found.get("issuer") != issuer:
        raise BrokerUnavailable("another issuer answers")
    return found


def endpoint(found: dict[str, Any], name: str) -> str:
    """Plain HTTP only where the broker itself is asked by it, in the sandbox."""
    where, scheme = found.get(name), found["issuer"].partition(":")[0]
    if not isinstance(where, str) or not where.startswith(("https://", f"{scheme}://")):
        raise BrokerUnavailable(f"no {name}")
    return where


def get(url: str, patience: float) -> dict[str, Any]:
    """Raises BrokerUnavailable."""
    answer = _asked("GET", url, patience)
    if answer.status_code != 200:
        raise BrokerUnavailable(f"status {answer.status_code}")
    return _object(answer)


def post(url: str, form: dict[str, str], patience: float) -> dict[str, Any]:
    """A code is good once, so nothing is asked twice. Raises BrokerUnavailable or IdentificationRefused."""
    answer = _asked("POST", url, patience, form)
    if answer.status_code == 429 or answer.status_code >= 500:
        raise BrokerUnavailable(f"status {answer.status_code}")
    if answer.status_code != 200:
        raise IdentificationRefused(f"status {answer.status_code}")
    return _object(answer)


def _asked(method: str, url: str, patience: float, form: dict[str, str] | None = None) -> httpx.Response:
    try:
        with httpx.Client(
            timeout=patience, follow_redirects=False, trust_env=False, verify=_tls(url.startswith("https:"))
        ) as http:
            return http.request(method, url, data=form, headers={"Accept": "application/json"})
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise BrokerUnavailable(type(error).__name__) from None


def _object(answer: httpx.Response) -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        raise BrokerUnavailable("no JSON") from None
    if not isinstance(found, dict):
        raise BrokerUnavailable("no JSON object")
    return found


@lru_cache
def _tls(wanted: bool) -> ssl.SSLContext:
    """Loading the trusted authorities takes longer than asking, so once, and only where there is TLS to speak."""
    return ssl.create_default_context() if wanted else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
