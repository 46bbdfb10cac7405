"""To Suomi.fi and back: a person fetches the employers they may act for."""

from secrets import compare_digest, token_urlsafe
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, translate_url
from django.utils.translation import get_language, override
from django.views.decorators.http import require_GET, require_POST

from employers.organisations import mandates
from employers.organisations.mandates import Found, Refused, SessionGone, Unavailable
from employers.organisations.models import Organisation
from employers.organisations.views import lease
from employers.organisations.views.doors import behind_sign_in, user_of
from employers.records import clock

BEGUN = "suomi-fi-begun"  # session key: what must come back
WORDS = "suomi-fi-words"  # session key: what the choice of employers says once
ADDRESS_IN = "fi"  # one return address is registered at Suomi.fi; it leads on in the person's own language


@require_GET
@behind_sign_in
def begin(request: HttpRequest) -> HttpResponse:
    suomi_fi, user = lease.service(), user_of(request)
    if suomi_fi is None:
        raise Http404
    if not user.identity_code:
        return lease.trouble(request, "staff")
    asked = {"request_id": str(uuid4())}
    try:
        visit = mandates.register(suomi_fi, identity_code=user.identity_code, at=clock.real_now(), **asked)
    except (Unavailable, Refused, SessionGone) as error:
        return lease.trouble(request, "unavailable" if isinstance(error, Unavailable) else "refused")
    state, language = token_urlsafe(), get_language() or ADDRESS_IN
    request.session[BEGUN] = {"state": state, "session": visit.session_id, "language": language}
    there = {"back_to": _return_address(request), "state": state, "language": language, **asked}
    return redirect(mandates.authorize_address(suomi_fi, visit, **there))


@require_GET
@behind_sign_in
def back(request: HttpRequest) -> HttpResponse:
    """The state is good once. Without it somebody else's choice could be slipped into this session."""
    begun = request.session.pop(BEGUN, None) or {"state": "", "language": get_language()}
    with override(begun["language"]):
        said = request.GET.get("state", "")
        if not begun["state"] or not compare_digest(said.encode(), begun["state"].encode()):
            return lease.trouble(request, "mismatch")
        if "code" not in request.GET:
            return _to_employers(request, ["stopped"], language=begun["language"])
        try:
            named, found = _fetched(request, begun, code=request.GET["code"])
        except SessionGone:
            return lease.trouble(request, "gone")
        except (Unavailable, Refused) as error:
            return lease.trouble(request, "unavailable" if isinstance(error, Unavailable) else "refused")
        words = _words(request, named, found)
        if len(named) == 1 and not words:
            return redirect(translate_url(reverse("employer", args=[named[0].pk]), begun["language"]))
        return _to_employers(request, words, language=begun["language"])


@require_POST
@behind_sign_in
def leave(request: HttpRequest) -> HttpResponse:
    """Go on with what the portal itself knows."""
    lease.leave(request)
    return redirect("employers")


def _fetched(request: HttpRequest, begun: dict[str, Any], *, code: str) -> tuple[list[Organisation], tuple[Found, ...]]:
    suomi_fi = lease.service()
    if suomi_fi is None:
        raise Refused("Suomi.fi is not connected")
    visit = lease.begun(begun["session"], mandates.token(suomi_fi, code=code, back_to=_return_address(request)))
    named, found = lease.ask(request, visit)
    lease.keep(request, visit)
    return named, found


def _words(request: HttpRequest, named: list[Organisation], found: tuple[Found, ...]) -> list[str]:
    on = clock.today()
    known = [one for one in found if lease.gives_something(one, on=on)]
    said = {
        "none": not named,
        "incomplete": any(not one.complete for one in found),
        "unknown": bool(named) and len(known) < len(named) and all(one.complete for one in found),
    }
    return [name for name, true in said.items() if true]


def _to_employers(request: HttpRequest, words: list[str], *, language: str) -> HttpResponse:
    request.session[WORDS] = words
    return redirect(translate_url(reverse("employers"), language) + "?all")


def _return_address(request: HttpRequest) -> str:
    with override(ADDRESS_IN):
        return request.build_absolute_uri(reverse("suomi-fi-return"))
