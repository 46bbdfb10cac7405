"""What the simulated broker remembers: who asked, who was chosen, which codes are open; and how it misbehaves."""

import secrets
from dataclasses import dataclass
from typing import Any

from joserfc.jwk import KeySet, RSAKey

from portal.sandbox.identification import protocol
from portal.sandbox.identification.people import EVERYBODY
from portal.sandbox.identification.protocol import Client, Refused

MOST = 1_000  # of anything that is remembered; the oldest go
BEHAVIOURS = (
    "well", "down", "wrong_nonce", "wrong_key", "wrong_audience", "wrong_issuer", "expired", "weak_acr",
    "old_identification", "unsigned", "unencrypted", "no_identity_code",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Of a browser: who was identified there, and when."""

    sid: str
    person: int
    since: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a code stands for."""

    said: dict[str, Any]
    session: Session
    at: float


class Broker:
    def __init__(self, *, issuer: str, client: Client) -> None:
        self.issuer, self.client = issuer, client
        self.behaviour = "well"
        self.content = "A128GCM"  # how id tokens are encrypted
        self.key = _new_key()
        self._requests: dict[str, dict[str, Any]] = {}
        self._sessions: dict[str, Session] = {}
        self._grants: dict[str, Grant] = {}
        self._assertions: dict[str, float] = {}

    def rotate(self) -> None:
        """A new key signs; the old one is not shown any more."""
        self.key = _new_key()

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "end_session_endpoint": f"{self.issuer}/end",
            "response_types_supported": ["code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "id_token_encryption_alg_values_supported": ["RSA-OAEP"],
            "id_token_encryption_enc_values_supported": ["A128GCM", "A256GCM"],
            "request_object_signing_alg_values_supported": ["RS256"],
            "require_signed_request_object": True,
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
            "acr_values_supported": [protocol.SUBSTANTIAL],
            "ui_locales_supported": list(protocol.LANGUAGES),
        }

    def jwks(self) -> dict[str, Any]:
        return {"keys": [{**self.key.as_dict(private=False), "use": "sig", "alg": "RS256"}]}

    def ask(self, query: dict[str, str], *, at: float) -> str:
        """A signed request comes; the answer names it from here on. Raises Refused."""
        if query.get("client_id") != self.client.client_id:
            raise Refused("client_id is not registered")
        said = protocol.read_request(query.get("request", ""), client=self.client, issuer=self.issuer, at=at)
        return _keep(self._requests, said)

    def asked(self, name: str) -> dict[str, Any]:
        if name not in self._requests:
            raise Refused("this request is not known, or was answered")
        return self._requests[name]

    def remembered(self, said: dict[str, Any], cookie: str, *, at: float) -> str | None:
        """The cookie again where the browser's session will do without asking: single sign-on."""
        session = self._sessions.get(cookie)
        if session is None or said.get("prompt") == "login" or at - session.since > said.get("max_age", 3600):
            return None
        return cookie

    def identify(self, person: int, *, at: float) -> str:
        """A session of the browser, by the cookie that names it."""
        return _keep(self._sessions, Session(sid=secrets.token_urlsafe(16), person=person, since=at))

    def code(self, name: str, cookie: str, *, at: float) -> str:
        """Uses the request up."""
        said = self.asked(name)
        del self._requests[name]
        return _keep(self._grants, Grant(said=said, session=self._sessions[cookie], at=at))

    def drop(self, name: str) -> dict[str, Any]:
        said = self.asked(name)
        del self._requests[name]
        return said

    def end(self, cookie: str) -> None:
        self._sessions.pop(cookie, None)

    def token(self, form: dict[str, str], *, at: float) -> str:
        """The id token of a code; a second use gets none. Raises Refused."""
        jti = protocol.read_assertion(form, client=self.client, audience=f"{self.issuer}/token", at=at)
        if jti in self._assertions:
            raise Refused("the assertion was used before")
        self._assertions[jti] = at
        grant = self._grants.pop(form.get("code", ""), None)
        if grant is None or at - grant.at > protocol.CODE_LIVES:
            raise Refused("the code is not known, was used, or is too old")
        if form.get("redirect_uri") != grant.said["redirect_uri"]:
            raise Refused("redirect_uri is another")
        if not protocol.fits(form.get("code_verifier", ""), grant.said["code_challenge"]):
            raise Refused("code_verifier does not fit")
        return self._told(grant, at=at)

    def _told(self, grant: Grant, *, at: float) -> str:
        person, session = EVERYBODY[grant.session.person], grant.session
        said = protocol.claims(
            person, issuer=self.issuer, said=grant.said, session=session.sid, since=session.since, at=at
        )
        return protocol.id_token(
            self._spoiled(said),
            key=_new_key() if self.behaviour == "wrong_key" else self.key,
            client=self.client,
            content=self.content,
            signed=self.behaviour != "unsigned",
            encrypted=self.behaviour != "unencrypted",
        )

    def _spoiled(self, said: dict[str, Any]) -> dict[str, Any]:
        wrong = {
            "wrong_nonce": {"nonce": secrets.token_urlsafe(16)},
            "wrong_audience": {"aud": "somebody-else"},
            "wrong_issuer": {"iss": "https://elsewhere.example"},
            "expired": {"iat": said["iat"] - 600, "exp": said["iat"] - 300},
            "weak_acr": {"acr": protocol.WEAK},
            "old_identification": {"auth_time": said["iat"] - 24 * 3600},
            "no_identity_code": {"urn:oid:1.2.246.21": ""},
        }
        return said | wrong.get(self.behaviour, {})


def registered(client_id: str, public: dict[str, Any], *hosts: str) -> Client:
    """`public` is a JWKS, laid down when the service is registered, as the profile asks."""
    return Client(client_id=client_id, keys=KeySet.import_key_set(public), hosts=hosts)  # type: ignore[arg-type]


def _new_key() -> RSAKey:
    made = RSAKey.generate_key(2048)
    made.ensure_kid()
    return made


def _keep(where: dict[str, Any], what: Any) -> str:
    while len(where) >= MOST:
        where.pop(next(iter(where)))
    name = secrets.token_urlsafe(32)
    where[name] = what
    return name
