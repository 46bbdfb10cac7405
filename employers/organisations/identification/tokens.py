"""The tokens of identification: what we sign, and what we are sent, encrypted to us and signed by the broker.

Algorithms are those of the Finnish Trust Network's OpenID Connect profile (recommendation 213/2023 S). No message of
an error holds a value of a token: identity codes are in them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from joserfc import jwe, jwt
from joserfc.errors import ClaimError, JoseError
from joserfc.jwk import KeySet, RSAKey

SIGNED = ["RS256"]
ENCRYPTED = ["RSA-OAEP", "RSA-OAEP-256", "A128GCM", "A256GCM"]
REQUEST_TYPE = "oauth-authz-req+jwt"  # RFC 9101
REQUEST_LIVES = 300  # seconds
LEEWAY = 30  # seconds by which clocks may differ
ISSUED_WITHIN = 300  # seconds before we read it

Claims = dict[str, Any]


class BadToken(Exception):
    """Names what is wrong: a claim, or a kind of error."""


@dataclass(frozen=True, slots=True)
class OurKeys:
    """One key signs; the broker encrypts to the first of the others, and every one of them opens."""

    signing: RSAKey
    opening: tuple[RSAKey, ...]

    def public(self) -> dict[str, Any]:
        """What the broker is given, or fetches: a JWKS."""
        opening = [_public(key, use="enc", alg="RSA-OAEP") for key in self.opening]
        return {"keys": [_public(self.signing, use="sig", alg=SIGNED[0]), *opening]}


def read_keys(folder: Path) -> OurKeys:
    """`signing.pem` and `encryption*.pem`, private RSA keys. Raises FileNotFoundError where either is missing."""
    opening = tuple(_key(file) for file in sorted(folder.glob("encryption*.pem")))
    if not opening:
        raise FileNotFoundError(folder / "encryption.pem")
    return OurKeys(_key(folder / "signing.pem"), opening)


def sign(claims: Claims, key: RSAKey, *, kind: str) -> str:
    return jwt.encode({"alg": SIGNED[0], "kid": key.kid, "typ": kind}, claims, key, algorithms=SIGNED)


def read(token: str, *, ours: OurKeys, theirs: KeySet) -> Claims:
    """The claims of an encrypted and signed token. Raises BadToken for any other."""
    try:
        return jwt.decode(_opened(token, ours), theirs, algorithms=SIGNED).claims
    except (JoseError, ValueError) as error:
        raise BadToken(type(error).__name__) from None


def their_keys(found: dict[str, Any]) -> KeySet:
    """The keys of a JWKS that sign. Raises BadToken where it holds none."""
    try:
        keys = [key for key in found["keys"] if key["kty"] == "RSA" and key.get("use", "sig") == "sig"]
        return KeySet([RSAKey.import_key(key) for key in keys])
    except (JoseError, KeyError, TypeError, ValueError) as error:
        raise BadToken(f"keys: {type(error).__name__}") from None


def check(
    claims: Claims, *, issuer: str, client_id: str, nonce: str, acr_values: tuple[str, ...], since: float, at: float
) -> None:
    """OpenID Connect Core 3.1.3.7; `since` is the oldest identification that will do. Raises BadToken."""
    there: jwt.ClaimsOption = {"essential": True}
    expected = jwt.JWTClaimsRegistry(
        now=int(at),
        leeway=LEEWAY,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": client_id},
        azp={"value": client_id},
        nonce={"essential": True, "value": nonce},
        acr={"essential": True, "values": list(acr_values)},
        sub=there,
        exp=there,
        iat=there,
        auth_time=there,
    )
    try:
        expected.validate(claims)
    except ClaimError as error:
        raise BadToken(f"{error.claim}: {error.error}") from None
    for wrong in _wrong(claims, client_id=client_id, since=since, at=at):
        raise BadToken(wrong)


def _wrong(claims: Claims, *, client_id: str, since: float, at: float) -> Iterator[str]:
    """What the library lets pass: a list where one value is meant, an old token, an old identification."""
    if claims["aud"] not in (client_id, [client_id]):
        yield "aud: not for us alone"
    if not all(isinstance(claims[name], str) for name in ("acr", "nonce")):
        yield "acr or nonce: not one value"
    if claims["iat"] < at - ISSUED_WITHIN - LEEWAY:
        yield "iat: too old"
    if not isinstance(claims["auth_time"], int) or not since - LEEWAY <= claims["auth_time"] <= at + LEEWAY:
        yield "auth_time: not when it should be"


def _opened(token: str, ours: OurKeys) -> bytes:
    """A key that was replaced opens still; which of them it is, is found by trying."""
    last: Exception = BadToken("no key")
    for key in ours.opening:
        try:
            return jwe.decrypt_compact(token, key, algorithms=ENCRYPTED).plaintext or b""
        except (JoseError, ValueError) as error:
            last = error
    raise last


def _key(file: Path) -> RSAKey:
    return _read(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(file: Path, changed: int) -> RSAKey:
    """Kept until the file changes: the numbers of a private key are tried out whenever it is read (50 ms)."""
    key = RSAKey.import_key(file.read_bytes())
    key.ensure_kid()  # its thumbprint, RFC 7638
    return key


def _public(key: RSAKey, **how: str) -> dict[str, Any]:
    return {**key.as_dict(private=False), **how}
