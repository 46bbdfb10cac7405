"""The OpenID Connect client of an identification broker of the Finnish Trust Network: addresses and tokens, no models.

Authorization code with PKCE, a signed request (RFC 9101), private_key_jwt, an encrypted id token. Nothing of the broker
is kept: its addresses and keys are asked for each time, so a change of keys needs nobody here, and a broker that is
down is known before anybody is sent there.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from authlib.oauth2.rfc7523 import private_key_jwt_sign
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from . import tokens, wire
from .wire import BrokerUnavailable, IdentificationRefused

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
IDENTITY_CODE = "urn:oid:1.2.246.21"
WHOLE_NAME = ("urn:oid:2.16.840.1.113730.3.1.241", "urn:oid:2.5.4.3", "name")
GIVEN_NAMES = ("urn:oid:1.2.246.575.1.14", "urn:oid:2.5.4.42", "given_name")
FAMILY_NAME = ("urn:oid:2.5.4.4", "family_name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Broker:
    """Where it is and who we are to it. `folder` holds signing.pem and encryption.pem, private RSA keys."""

    issuer: str
    client_id: str
    folder: Path
    acr_values: tuple[str, ...]  # the levels of assurance that will do
    patience: float = 5  # seconds for an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """One way to the broker and back; kept in the session of whoever goes it."""

    state: str
    nonce: str
    verifier: str
    redirect_uri: str
    begun: float  # seconds since 1970
    max_age: int  # seconds: how old an identification will do; 0 asks for a new one


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    identity_code: str
    name: str
    session: str  # of the broker, to end it by
    at: float  # when the person was identified, seconds since 1970


def begin(
    broker: Broker, *, redirect_uri: str, max_age: int, language: str, service: str, at: datetime
) -> tuple[str, Journey]:
    """The address to send the person to. Raises BrokerUnavailable."""
    journey = Journey(
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        redirect_uri=redirect_uri,
        begun=at.timestamp(),
        max_age=max_age,
    )
    where = wire.endpoint(wire.configuration(broker.issuer, broker.patience), "authorization_endpoint")
    said = _said(broker, journey) | {"ui_locales": language, "ftn_spname": service}
    request = tokens.sign(said, _keys(broker).signing, kind=tokens.REQUEST_TYPE)
    outside = {"client_id": broker.client_id, "response_type": "code", "scope": "openid", "request": request}
    return _address(where, outside), journey


def finish(broker: Broker, journey: Journey, *, code: str, at: datetime) -> Identity:
    """Who came back with this code. Raises BrokerUnavailable or IdentificationRefused."""
    configuration = wire.configuration(broker.issuer, broker.patience)
    token = _token(broker, configuration, journey, code=code, at=at)
    theirs = wire.get(wire.endpoint(configuration, "jwks_uri"), broker.patience)
    try:
        claims = tokens.read(token, ours=_keys(broker), theirs=tokens.their_keys(theirs))
        tokens.check(
            claims,
            issuer=broker.issuer,
            client_id=broker.client_id,
            nonce=journey.nonce,
            acr_values=broker.acr_values,
            since=journey.begun - journey.max_age,
            at=at.timestamp(),
        )
    except tokens.BadToken as error:
        raise IdentificationRefused(str(error)) from None
    return _identity(claims)


def end_address(broker: Broker, *, session: str, back: str, language: str) -> str:
    """Where the broker's own session ends (RP-initiated logout). Raises BrokerUnavailable.

    Without `id_token_hint`: it would carry the identity code in an address.
    """
    where = wire.endpoint(wire.configuration(broker.issuer, broker.patience), "end_session_endpoint")
    said = {"client_id": broker.client_id, "post_logout_redirect_uri": back, "ui_locales": language}
    return _address(where, said | ({"logout_hint": session} if session else {}))


def _said(broker: Broker, journey: Journey) -> dict[str, Any]:
    begun = int(journey.begun)
    return {
        "iss": broker.client_id,
        "aud": broker.issuer,
        "jti": secrets.token_urlsafe(24),
        "iat": begun,
        "exp": begun + tokens.REQUEST_LIVES,
        "client_id": broker.client_id,
        "response_type": "code",
        "scope": "openid profile",
        "redirect_uri": journey.redirect_uri,
        "state": journey.state,
        "nonce": journey.nonce,
        "code_challenge": create_s256_code_challenge(journey.verifier),
        "code_challenge_method": "S256",
        "acr_values": " ".join(broker.acr_values),
        "max_age": journey.max_age,
        **({} if journey.max_age else {"prompt": "login"}),
    }


def _token(broker: Broker, configuration: dict[str, Any], journey: Journey, *, code: str, at: datetime) -> str:
    where = wire.endpoint(configuration, "token_endpoint")
    key = _keys(broker).signing
    assertion = private_key_jwt_sign(
        key, broker.client_id, where, header={"kid": key.kid}, issued_at=int(at.timestamp()), expires_in=60
    )
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": journey.redirect_uri,
        "code_verifier": journey.verifier,
        "client_id": broker.client_id,
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": assertion,
    }
    token = wire.post(where, form, broker.patience).get("id_token")
    if not isinstance(token, str):
        raise IdentificationRefused("no id token")
    return token


def _identity(claims: dict[str, Any]) -> Identity:
    parts = (_first(claims, GIVEN_NAMES), _first(claims, FAMILY_NAME))
    return Identity(
        identity_code=_first(claims, (IDENTITY_CODE,)),
        name=" ".join(filter(None, parts)) or _first(claims, WHOLE_NAME),
        session=_first(claims, ("sid",)),
        at=claims["auth_time"],
    )


def _first(claims: dict[str, Any], names: tuple[str, ...]) -> str:
    return next((claims[name] for name in names if isinstance(claims.get(name), str)), "")


def _address(where: str, said: dict[str, str]) -> str:
    return f"{where}{'&' if '?' in where else '?'}{urlencode(said)}"


def _keys(broker: Broker) -> tokens.OurKeys:
    try:
        return tokens.read_keys(broker.folder)
    except FileNotFoundError:
        raise BrokerUnavailable("no key of ours") from None
