"""Signed assertions by which a machine client proves itself (RFC 7523, `private_key_jwt`), and the keys for them.

Knows no table and no framework. No message holds a value of an assertion or a key.
"""

import json
import math
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ALGORITHMS = {"RSA": ("RS256", "PS256"), "EC": ("ES256",)}
LONGEST = 8_192  # characters of an assertion
LONGEST_KEY = 16_384  # characters of what is pasted as a key
AHEAD = 300  # seconds: the furthest end of an assertion
LEEWAY = 10  # seconds by which clocks may differ
SMALLEST, LARGEST = 2048, 8192  # bits of an RSA key
ID = re.compile(r"[\x21-\x7e]{1,255}")
KID = re.compile(r"[\x21-\x7e]{1,100}")
UNREADABLE = (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError)

NOT_SIGNED = "the assertion is not signed by a key of this client"
Claims = dict[str, Any]
Key = RSAKey | ECKey


class NotProven(Exception):
    """Whoever wrote this is not the client, or not now. The text may be told to whoever holds the client's key."""


class BadKey(Exception):
    """`code`: private, unreadable, kind, size, use, many, long."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Named:
    """Whom an assertion names, and by which key. Nothing of it is proven yet."""

    client_id: str
    kid: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proven: to be used once, until its end in seconds since 1970."""

    jti: str
    ends: float


def named(assertion: str) -> Named:
    """Raises NotProven where it can be no assertion of anybody's."""
    if len(assertion) > LONGEST or not assertion.isascii():
        raise NotProven("the assertion is too long")
    try:
        found = jws.extract_compact(assertion.encode())
        header, claims = found.headers(), json.loads(found.payload)
        who = Named(claims["sub"], header["kid"])
    except UNREADABLE:
        raise NotProven("the assertion cannot be read") from None
    if not _is_id(who.client_id) or not _is_id(who.kid):
        raise NotProven("sub or kid is missing or has other than 1 to 255 visible ASCII characters")
    return who


def proven(assertion: str, jwk: dict[str, Any], *, client_id: str, audiences: Collection[str], at: float) -> Proof:
    """`jwk`: the client's own key of that name. Its signature first, then what it says. Raises NotProven."""
    key = public_key(jwk)
    try:
        claims = jwt.decode(assertion, key, algorithms=algorithms_of(key)).claims
    except UNREADABLE:
        raise NotProven(NOT_SIGNED) from None
    return _judged(claims, client_id=client_id, audiences=audiences, at=at)


def _judged(claims: Claims, *, client_id: str, audiences: Collection[str], at: float) -> Proof:
    if not claims.get("iss") == claims.get("sub") == client_id:
        raise NotProven("iss and sub have to be the client id")
    audience = claims.get("aud")
    if not isinstance(audience, str) and isinstance(audience, list) and len(audience) == 1:
        audience = audience[0]
    if not isinstance(audience, str) or audience not in audiences:
        raise NotProven("aud has to be the address of the token endpoint alone")
    _check_times(claims, at=at)
    if not _is_id(claims.get("jti")):
        raise NotProven("jti is missing or has other than 1 to 255 visible ASCII characters")
    return Proof(claims["jti"], float(claims["exp"]))


def _is_id(value: object) -> bool:
    """Nothing else is looked up: half a surrogate pair, for one, is nothing that a database can be asked for."""
    return isinstance(value, str) and bool(ID.fullmatch(value))


def _check_times(claims: Claims, *, at: float) -> None:
    times = {name: claims[name] for name in ("exp", "iat", "nbf") if name in claims}
    if not all(_is_moment(value) for value in times.values()):
        raise NotProven("exp, iat and nbf have to be seconds since 1970")
    if "exp" not in times or times["exp"] <= at - LEEWAY:
        raise NotProven("exp is missing or has passed")
    if times["exp"] > at + AHEAD + LEEWAY:
        raise NotProven("exp is more than 5 minutes ahead")
    if max(times.get("iat", at), times.get("nbf", at)) > at + LEEWAY:
        raise NotProven("iat or nbf is still to come")


def _is_moment(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return abs(value) < 1e12 and math.isfinite(value)


def read_key(text: str) -> tuple[str, dict[str, Any]]:
    """A public key as PEM, as a JWK or as a JWKS of one: its name and its JWK, public alone. Raises BadKey.

    Without a name of its own it has its thumbprint (RFC 7638).
    """
    if len(text) > LONGEST_KEY:
        raise BadKey("long")
    try:
        key = _of_pem(text.strip()) if "-----BEGIN" in text else _of_json(text)
    except UNREADABLE:
        raise BadKey("unreadable") from None
    _check(key)
    kid = key.kid or key.thumbprint()
    if not isinstance(kid, str) or not KID.fullmatch(kid):
        raise BadKey("unreadable")
    kept = {name: value for name, value in key.as_dict(private=False).items() if name in PUBLIC}
    return kid, kept | {"kid": kid}


PUBLIC = ("kty", "n", "e", "crv", "x", "y", "use", "alg")
SECRET = ("d", "p", "q", "dp", "dq", "qi", "k", "oth")


def _of_pem(text: str) -> Key:
    if "PRIVATE KEY" in text:
        raise BadKey("private")
    try:
        return RSAKey.import_key(text)
    except UNREADABLE:
        return ECKey.import_key(text)


def _of_json(text: str) -> Key:
    said = json.loads(text)
    keys = said.get("keys", [said])
    if len(keys) != 1:
        raise BadKey("many")
    (jwk,) = keys
    if set(jwk) & set(SECRET):
        raise BadKey("private")
    if jwk["kty"] not in ALGORITHMS:
        raise BadKey("kind")
    return public_key({name: value for name, value in jwk.items() if name in (*PUBLIC, "kid")})


def _check(key: Key) -> None:
    said = key.as_dict(private=False)
    if isinstance(key, RSAKey):
        if not SMALLEST <= key.raw_value.key_size <= LARGEST:
            raise BadKey("size")
        if key.public_key.public_numbers().e < 65_537:
            raise BadKey("kind")
    elif key.curve_name != "P-256":
        raise BadKey("kind")
    if said.get("use", "sig") != "sig" or said.get("alg", algorithms_of(key)[0]) not in algorithms_of(key):
        raise BadKey("use")


def public_key(jwk: dict[str, Any]) -> Key:
    return RSAKey.import_key(jwk) if jwk["kty"] == "RSA" else ECKey.import_key(jwk)


def algorithms_of(key: Key) -> list[str]:
    return list(ALGORITHMS["RSA" if isinstance(key, RSAKey) else "EC"])
