"""What the simulated broker reads and writes: signed requests, client assertions, id tokens."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from joserfc import jwe, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, RSAKey

from portal.sandbox.cast import Person

SUBSTANTIAL, WEAK = "http://ftn.ficora.fi/2017/loa2", "http://ftn.ficora.fi/2017/loa1"
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
LANGUAGES = ("fi", "sv", "en")
CODE_LIVES = 60  # seconds
REQUEST_LIVES = 600


class Refused(Exception):
    """The text says what is wrong with a request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """The one service that is registered: its keys, and the hosts its people may be sent back to."""

    client_id: str
    keys: KeySet
    hosts: tuple[str, ...]

    def may_return_to(self, address: str, page: str) -> bool:
        parts = urlsplit(address)
        return parts.netloc in self.hosts and parts.path in [f"/{language}/{page}" for language in LANGUAGES]

    def encryption_key(self) -> RSAKey:
        return next(key for key in self.keys if isinstance(key, RSAKey) and key.get("use") == "enc")


def read_request(text: str, *, client: Client, issuer: str, at: float) -> dict[str, Any]:
    """The parameters of a signed authorization request."""
    said = _read(text, client, at)
    expected = {"iss": client.client_id, "aud": issuer, "client_id": client.client_id}
    expected |= {"response_type": "code", "code_challenge_method": "S256"}
    for name, value in expected.items():
        if said.get(name) != value:
            raise Refused(f"{name} is not {value}")
    for name in ("state", "nonce", "code_challenge", "redirect_uri"):
        if not said.get(name):
            raise Refused(f"{name} is missing")
    if "openid" not in said.get("scope", "").split() or not client.may_return_to(said["redirect_uri"], "sign-in/back"):
        raise Refused("scope or redirect_uri is not registered")
    return said


def read_assertion(form: dict[str, str], *, client: Client, audience: str, at: float) -> str:
    """The `jti` of a client assertion: good once."""
    if form.get("client_assertion_type") != ASSERTION:
        raise Refused("client_assertion_type")
    said = _read(form.get("client_assertion", ""), client, at)
    if (said.get("iss"), said.get("sub"), said.get("aud")) != (client.client_id, client.client_id, audience):
        raise Refused("iss, sub or aud of the assertion")
    if not said.get("jti"):
        raise Refused("jti of the assertion is missing")
    return str(said["jti"])


def fits(verifier: str, challenge: str) -> bool:
    digest = hashlib.sha256(verifier.encode()).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode() == challenge


def claims(
    person: Person, *, issuer: str, said: dict[str, Any], session: str, since: float, at: float
) -> dict[str, Any]:
    given, family = person.name.split()
    return {
        "iss": issuer,
        "aud": said["client_id"],
        "sub": hashlib.sha256(f"{issuer} {person.identity_code}".encode()).hexdigest(),
        "jti": secrets.token_urlsafe(16),
        "iat": int(at),
        "exp": int(at) + 300,
        "auth_time": int(since),
        "nonce": said["nonce"],
        "acr": SUBSTANTIAL,
        "sid": session,
        "urn:oid:1.2.246.21": person.identity_code,
        "urn:oid:1.2.246.575.1.14": given,
        "urn:oid:2.5.4.4": family,
    }


def id_token(said: dict[str, Any], *, key: RSAKey, client: Client, content: str, signed: bool, encrypted: bool) -> str:
    """`content` is the encryption of the content, A128GCM or A256GCM."""
    inner = jwt.encode({"alg": "RS256", "kid": key.kid}, said, key) if signed else _unsigned(said)
    if not encrypted:
        return inner
    to = client.encryption_key()
    header = {"alg": "RSA-OAEP", "enc": content, "cty": "JWT", "kid": to.kid}
    return jwe.encrypt_compact(header, inner, to, algorithms=["RSA-OAEP", content])


def _unsigned(said: dict[str, Any]) -> str:
    parts = (json.dumps(part).encode() for part in ({"alg": "none"}, said))
    return ".".join([*(urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts), ""])


def _read(text: str, client: Client, at: float) -> dict[str, Any]:
    try:
        token = jwt.decode(text, client.keys, algorithms=["RS256"])
        jwt.JWTClaimsRegistry(now=int(at), leeway=30, exp={"essential": True}).validate(token.claims)
    except (JoseError, ValueError) as error:
        raise Refused(f"{type(error).__name__}: {error}") from None
    if "kid" not in token.header:
        raise Refused("kid is missing")
    return token.claims
