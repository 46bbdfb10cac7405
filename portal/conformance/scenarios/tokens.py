"""How a client proves who it is."""

import json
import time
from typing import Any
from uuid import uuid4

import httpx
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from portal.conformance.stage import Stage
from portal.conformance.vendor import must, problem

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
UNHELD = "segments.read"  # the agency's own


def a_token(stage: Stage) -> str:
    """By HTTP Basic, in the form, and by a signed assertion where a key is given."""
    vendor = stage.vendor
    asked = [
        ("Basic", vendor.ask_for_token(auth=(vendor.client_id, vendor.secret))),
        ("form", vendor.ask_for_token(client_id=vendor.client_id, client_secret=vendor.secret)),
    ]
    if stage.private_key:
        asked.append(("private_key_jwt", vendor.ask_for_token(auth=None, **assertion(stage))))
    for how, answer in asked:
        must(answer.status_code == 200, f"by {how}: {answer.status_code}")
        told = answer.json()
        must(told["token_type"].lower() == "bearer" and told["expires_in"] > 0, f"by {how}: no bearer token")
        must("no-store" in answer.headers.get("Cache-Control", ""), f"by {how}: the token may be cached")
    scopes = set(told["scope"].split())
    must(scopes and UNHELD not in scopes, "without a scope asked for, every scope of the client and no other")
    return f"by {', '.join(how for how, _ in asked)}; {len(scopes)} scopes, {told['expires_in']} s"


def assertion(stage: Stage) -> dict[str, str]:
    """RFC 7523, as the contract narrows it."""
    assert stage.private_key
    pem, vendor = stage.private_key.read_text(), stage.vendor
    key, algorithm = _key(pem)
    now = int(time.time())
    claims = {
        "iss": vendor.client_id, "sub": vendor.client_id, "aud": f"{vendor.base}/oauth/token",
        "iat": now, "exp": now + 120, "jti": uuid4().hex,
    }  # fmt: skip
    header = {"alg": algorithm, "kid": key.thumbprint(), "typ": "JWT"}
    return {"client_assertion_type": ASSERTION, "client_assertion": jwt.encode(header, claims, key)}


def _key(pem: str) -> tuple[Any, str]:
    try:
        return RSAKey.import_key(pem), "PS256"
    except ValueError:
        return ECKey.import_key(pem), "ES256"


def refused(stage: Stage) -> str:
    return "; ".join((a_wrong_secret(stage), a_scope_not_held(stage)))


def a_wrong_secret(stage: Stage) -> str:
    vendor = stage.vendor
    for how, answer in (
        ("Basic", vendor.ask_for_token(auth=(vendor.client_id, "not-the-secret"))),
        ("form", vendor.ask_for_token(client_id=vendor.client_id, client_secret="not-the-secret")),  # noqa: S106
    ):
        told = (answer.status_code, error_of(answer))
        must(told == (401, "invalid_client"), f"by {how}: {told[0]} {told[1]}, not 401 invalid_client")
    for token in ("", "Bearer nobody-was-given-this-token"):
        answer = httpx.get(f"{vendor.base}/api/v1/employers", headers={"Authorization": token} if token else {})
        must(answer.status_code == 401, f"with {'a false' if token else 'no'} token: {answer.status_code}, not 401")
        must("bearer" in answer.headers.get("WWW-Authenticate", "").lower(), "no WWW-Authenticate: Bearer")
        problem(answer, "not-authenticated")
    return "401 invalid_client; 401 without a token, 401 with a false one"


def a_scope_not_held(stage: Stage) -> str:
    vendor, secret = stage.vendor, (stage.vendor.client_id, stage.vendor.secret)
    refused = vendor.ask_for_token(auth=secret, scope=UNHELD)
    told = (refused.status_code, error_of(refused))
    must(told == (400, "invalid_scope"), f"{told[0]} {told[1]}, not 400 invalid_scope")
    narrow = vendor.narrowed("applications.read")
    answer = narrow.post("/applications", stage.claim(), expect=403)
    must(problem(answer, "scope-missing").get("scope") == "applications.write", "the missing scope is not named")
    return "400 invalid_scope; a narrower token gets 403 scope-missing, which names the scope"


def error_of(answer: httpx.Response) -> str:
    try:
        return str(answer.json().get("error"))
    except json.JSONDecodeError:
        return "no JSON"
