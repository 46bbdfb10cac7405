"""What the simulated Suomi.fi does, without HTTP: checksums, visits, codes and tokens, all of them in memory."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from portal.sandbox.mandates.people import Held, everything

CLIENT_ID, API_KEY, OAUTH_PASSWORD = "sandbox1", "sandbox-api-key", "sandbox-oauth-password"
BEHAVIOURS = ("well", "down", "hang", "incomplete", "empty", "expired", "garbled")
OFF_BY = 300  # seconds a timestamp may be off
VISIT, TOKEN, CODE = 1800, 599, 60  # seconds they last


class Refused(Exception):
    """The status to answer with."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


@dataclass(slots=True)
class Visit:
    session_id: str
    user_id: str
    identity_code: str
    ends: float
    chosen: tuple[str, ...] = ()
    redirect_uri: str = ""
    codes: dict[str, float] = field(default_factory=dict)  # with their ends
    tokens: dict[str, float] = field(default_factory=dict)
    refresh: str = ""


class SuomiFi:
    """One service and its one client. `known` may be changed while it runs, as mandates are."""

    def __init__(self, *, return_paths: tuple[str, ...] = ("/fi/suomi-fi/return",)) -> None:
        self.known = everything()
        self.visits: dict[str, Visit] = {}
        self.behaviour, self.return_paths = "well", return_paths
        self.seen: list[str] = []  # kinds of calls, for whoever tries the portal

    def check(self, header: str, *, path: str, at: float) -> None:
        """`<client id> <timestamp> <checksum>` of exactly this path."""
        parts = header.split(" ")
        if len(parts) != 3 or parts[0] != CLIENT_ID:
            raise Refused(403)
        try:
            off = abs(datetime.fromisoformat(parts[1]).timestamp() - at)
        except ValueError:
            raise Refused(400) from None
        made = hmac.new(API_KEY.encode(), f"{path} {parts[1]}".encode(), hashlib.sha256).digest()
        if off > OFF_BY or not hmac.compare_digest(base64.b64encode(made).decode(), parts[2]):
            raise Refused(403)

    def register(self, identity_code: str, *, at: float) -> dict[str, str]:
        visit = Visit(secrets.token_hex(16), secrets.token_hex(16), identity_code, at + VISIT)
        self.visits[visit.session_id] = visit
        return {"sessionId": visit.session_id, "userId": visit.user_id}

    def by_user(self, user_id: str, *, at: float) -> Visit:
        found = [one for one in self.visits.values() if one.user_id == user_id and one.ends > at]
        if not found:
            raise Refused(400)
        return found[0]

    def may_return_to(self, redirect_uri: str) -> bool:
        here = redirect_uri.startswith(("http://127.0.0.1", "http://localhost", "http://testserver"))
        return here and redirect_uri.endswith(self.return_paths)

    def offers(self, visit: Visit) -> list[Held]:
        return list(self.known.get(visit.identity_code, {}).values())

    def choose(self, visit: Visit, chosen: list[str], *, redirect_uri: str, at: float) -> str:
        """The code that the browser brings back."""
        offered = self.known.get(visit.identity_code, {})
        visit.chosen, visit.redirect_uri = tuple(one for one in chosen if one in offered), redirect_uri
        code = secrets.token_urlsafe(16)
        visit.codes[code] = at + CODE
        return code

    def token(self, asked: dict[str, str], *, at: float) -> dict[str, Any]:
        if asked.get("grant_type") == "refresh_token":
            visit = self._where(lambda one: bool(one.refresh) and one.refresh == asked.get("refresh_token"))
        else:
            visit = self._where(lambda one: one.codes.pop(asked.get("code", ""), 0) > at)
            if visit.redirect_uri != asked.get("redirect_uri"):
                raise Refused(400)
        if visit.ends <= at or self.behaviour == "expired":
            raise Refused(400)
        access, visit.refresh = secrets.token_urlsafe(16), secrets.token_urlsafe(16)
        visit.tokens[access] = at + TOKEN
        kind = {"token_type": "bearer", "scope": "read"}
        return {"access_token": access, "refresh_token": visit.refresh, "expires_in": TOKEN, **kind}

    def roles(self, session_id: str, access: str, business_id: str | None, *, at: float) -> list[dict[str, Any]]:
        visit = self.visits.get(session_id)
        if visit is None or visit.ends <= at or visit.tokens.get(access, 0) <= at or self.behaviour == "expired":
            raise Refused(401)
        if self.behaviour == "empty":
            return []
        held = [one for one in self.offers(visit) if one.business_id in visit.chosen]
        return [self._told(one) for one in held if business_id in (None, one.business_id)]

    def unregister(self, session_id: str) -> bool:
        return self.visits.pop(session_id, None) is not None

    def _told(self, one: Held) -> dict[str, Any]:
        """With a source that cannot be read, what it would have told is left out."""
        complete = self.behaviour != "incomplete"
        roles = one.roles if complete else one.roles[1:]
        return {"name": one.name, "identifier": one.business_id, "complete": complete, "roles": list(roles)}

    def _where(self, fits: Any) -> Visit:
        found = next((one for one in self.visits.values() if fits(one)), None)
        if found is None:
            raise Refused(400)
        return found
