"""Machine clients of an employer and requests for rights, for those who ask every page; assertions as clients sign."""

import json
from datetime import timedelta
from functools import cache
from typing import Any

from django.http import HttpResponse
from django.test import Client
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from employers.organisations.assertions import TYPE
from employers.organisations.models import ClientSystem
from employers.organisations.models_clients import ClientKey, RightsRequest
from employers.organisations.register_client import register
from employers.organisations.register_key import register_key
from employers.organisations.request_rights import request_rights
from employers.records import clock
from tests import cast

FIRM, OTHER_FIRM = "9000011-8", "9000012-6"
ENDPOINT = "http://testserver/oauth/token"


@cache
def rsa_key(bits: int = 2048) -> RSAKey:
    return RSAKey.generate_key(bits, {"kid": f"rsa-{bits}"}, private=True)


@cache
def ec_key(curve: str = "P-256") -> ECKey:
    return ECKey.generate_key(curve, {"kid": f"ec-{curve}"}, private=True)


def public(key: RSAKey | ECKey, **more: str) -> str:
    return json.dumps(key.as_dict(private=False) | more)


def with_key(key: RSAKey | ECKey, client_id: str = "sandbox-payroll") -> ClientKey:
    client = cast.client_system(client_id)
    by, at = cast.user("Heikki"), clock.real_now()
    return register_key(client=client, name="server", text=public(key), by=by, at=at)


def claims(client_id: str = "sandbox-payroll", **changes: Any) -> dict[str, Any]:
    """Of an assertion that is in order; `...` takes a claim out, a timedelta is a moment from now."""
    now = int(clock.real_now().timestamp())
    said = {"iss": client_id, "sub": client_id, "aud": ENDPOINT, "iat": now, "exp": now + 240, "jti": "jti-1"} | changes
    moments = {name: now + int(value.total_seconds()) for name, value in said.items() if isinstance(value, timedelta)}
    return {name: value for name, value in (said | moments).items() if value is not ...}


def signed(key: RSAKey | ECKey, said: dict[str, Any], *, alg: str = "", **header: Any) -> str:
    alg = alg or ("ES256" if isinstance(key, ECKey) else "RS256")
    return jwt.encode({"alg": alg, "kid": key.kid, **header}, said, key, algorithms=[alg])


def ask(assertion: str, **form: str) -> HttpResponse:
    sent = {"grant_type": "client_credentials", "client_assertion_type": TYPE, "client_assertion": assertion} | form
    return Client(raise_request_exception=False).post("/oauth/token", sent)


def made(name: str = "Payroll program", business_id: str = FIRM) -> tuple[ClientSystem, str]:
    """Of the firm that Heikki leads, and its secret."""
    return register(
        organisation=cast.employer(business_id),
        name=name,
        scopes=["applications.read"],
        by=cast.user("Heikki"),
        at=clock.real_now(),
    )


def asked(business_id: str = cast.BAKERY, *, firm: str = OTHER_FIRM, **changes: Any) -> RightsRequest:
    wanted = {"rights": ["apply", "view_decisions"], "until": None, "message": "As agreed.", "at": clock.now()}
    by = cast.user("Heikki")
    return request_rights(firm=cast.employer(firm), business_id=business_id, by=by, **wanted | changes)


def of_routes() -> dict[str, Any]:
    """By the name they have in a route; all of the bakery."""
    client, _secret = made("Kiln", cast.BAKERY)
    by, at = cast.user("Aino"), clock.real_now()
    return {
        "machine_id": client.pk,
        "secret_id": client.secrets.get().pk,
        "key_id": register_key(client=client, name="server", text=public(ec_key()), by=by, at=at).pk,
        "asked_id": asked().pk,
        "sent_id": asked(cast.CAFE, firm=cast.BAKERY).pk,
    }
