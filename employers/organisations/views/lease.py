"""What Suomi.fi says holds for a minute within a visit: asked again at the next page that needs it.

The visit lives in the session: ids of Suomi.fi, tokens, and which organisations it brought. None of it is good for
anything without the key of the checksum.
"""

from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, cast
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from employers.organisations import mandates
from employers.organisations.adopt import adopt, keep_silence, suspend
from employers.organisations.mandates import Refused, Service, SessionGone, Token, Unavailable
from employers.organisations.models import Organisation, User
from employers.organisations.roles import Entry, meaning, read_table
from employers.organisations.words import TROUBLES
from employers.records import clock

KEY = "suomi-fi"  # session key: the visits, oldest first
FRESH = 60  # seconds
MOST = 5  # visits kept
READING = ("GET", "HEAD", "OPTIONS")
OUTCOMES = {SessionGone: "gone", Unavailable: "unavailable", Refused: "refused"}
Page = Callable[..., HttpResponse]
Visit = dict[str, Any]  # session, access, refresh, until, tried, checked, found


def service(**changes: Any) -> Service | None:
    """None where Suomi.fi is not connected."""
    if not settings.SUOMI_FI_URL:
        return None
    return Service(
        url=settings.SUOMI_FI_URL,
        client_id=settings.SUOMI_FI_CLIENT_ID,
        api_key=settings.SUOMI_FI_API_KEY,
        oauth_password=settings.SUOMI_FI_OAUTH_PASSWORD,
        **{"patience": settings.SUOMI_FI_PATIENCE} | changes,
    )


def with_lease(page: Page) -> Page:
    """For pages behind sign-in. Whoever never fetched anything from Suomi.fi does not notice."""

    @wraps(page)
    def door(request: HttpRequest, *args: Any, **rest: Any) -> HttpResponse:
        if request.session.get(KEY):
            reason = renew(request)
            if reason:
                return trouble(request, reason)
        return page(request, *args, **rest)

    return door


def renew(request: HttpRequest) -> str:
    """Why the page cannot be, if it cannot. While Suomi.fi is silent, reading goes on with what was known."""
    writes = request.method not in READING
    said = [_renewed(request, visit, writes=writes) for visit in list(request.session[KEY])]
    if "gone" in said:
        return "gone"
    return next(filter(None, said), "") if writes else ""


def _renewed(request: HttpRequest, visit: Visit, *, writes: bool) -> str:
    now = _now()
    if 0 <= now - visit["checked"] <= FRESH:
        return ""
    if not writes and 0 <= now - visit["tried"] <= FRESH:
        return "unavailable"  # it did not answer just now, and reading does not wait for it again
    visit["tried"] = now
    try:
        ask(request, visit)
    except SessionGone:
        forget(request, visit)
        return "gone"
    except (Unavailable, Refused) as error:
        return OUTCOMES[type(error)]
    finally:
        request.session.modified = True
    return ""


def ask(request: HttpRequest, visit: Visit) -> tuple[list[Organisation], tuple[mandates.Found, ...]]:
    """Ask for the roles of a visit, and take them over. Raises SessionGone, Unavailable or Refused."""
    user, before = cast(User, request.user), [UUID(one) for one in visit["found"]]
    try:
        found = _asked(visit)
    except (SessionGone, Unavailable, Refused) as error:
        keep_silence(user=user, answered=OUTCOMES[type(error)], at=clock.now())
        raise
    named = adopt(user=user, found=found, before=before, table=table(), at=clock.now())
    visit |= {"checked": _now(), "found": [str(one.pk) for one in named]}
    return named, found


def _asked(visit: Visit) -> tuple[mandates.Found, ...]:
    suomi_fi = service(attempts=2)
    if suomi_fi is None:
        raise SessionGone
    if _now() >= visit["until"] and visit["refresh"]:
        visit |= bought(mandates.renewed(suomi_fi, refresh=visit["refresh"]))
    return mandates.organisation_roles(
        suomi_fi,
        session_id=visit["session"],
        access=visit["access"],
        request_id=str(uuid4()),
        at=clock.real_now(),
    )


def bought(token: Token) -> Visit:
    """What a visit keeps of a token."""
    return {"access": token.access, "refresh": token.refresh, "until": _now() + token.seconds}


def begun(session_id: str, token: Token) -> Visit:
    return {"session": session_id, "tried": 0.0, "checked": 0.0, "found": [], **bought(token)}


def keep(request: HttpRequest, visit: Visit) -> None:
    """A visit that brings the same organisations takes the place of the earlier one; the oldest makes room."""
    visits = [one for one in request.session.get(KEY, []) if not set(one["found"]) & set(visit["found"])]
    for old in visits[: max(0, len(visits) + 1 - MOST)]:
        suspend(user=cast(User, request.user), organisations=[UUID(one) for one in old["found"]])
    request.session[KEY] = [*visits, visit][-MOST:]


def forget(request: HttpRequest, visit: Visit) -> None:
    suspend(user=cast(User, request.user), organisations=[UUID(one) for one in visit["found"]])
    request.session[KEY] = [one for one in request.session[KEY] if one["session"] != visit["session"]]


def leave(request: HttpRequest) -> None:
    """For signing out: what Suomi.fi said ends here. It is told so, and its silence does not matter."""
    suomi_fi, visits = service(attempts=1, patience=2), request.session.pop(KEY, [])
    if visits:
        suspend(user=cast(User, request.user))
    for visit in visits:
        if suomi_fi is None:
            return
        try:
            mandates.unregister(suomi_fi, session_id=visit["session"], at=clock.real_now())
        except (SessionGone, Unavailable, Refused):
            continue


def start_afresh(request: HttpRequest, user: User) -> None:
    """For signing in: what an earlier session left counts only after Suomi.fi was asked again."""
    if not request.session.get(KEY):
        suspend(user=user)


def trouble(request: HttpRequest, reason: str) -> HttpResponse:
    """503 where Suomi.fi is silent: no right is given, and none is used to change anything."""
    status = {"unavailable": 503, "refused": 503, "mismatch": 400}.get(reason, 403)
    context = {"reason": reason, "words": TROUBLES[reason], "visiting": bool(request.session.get(KEY))}
    return render(request, "employers/organisations/suomi_fi_trouble.html", context, status=status)


def table() -> tuple[Entry, ...]:
    return read_table(Path(settings.SUOMI_FI_ROLES)) if settings.SUOMI_FI_ROLES else read_table()


def gives_something(one: mandates.Found, *, on: date) -> bool:
    """Whether anything that Suomi.fi says of an organisation is used here."""
    said = meaning(one.roles, on=on, table=table())
    return bool(said.rights or said.offices)


def _now() -> float:
    return clock.real_now().timestamp()
