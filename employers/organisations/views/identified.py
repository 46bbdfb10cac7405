"""To the identification broker and back. Whatever goes wrong, nobody is signed in and nobody is signed out."""

from dataclasses import asdict
from typing import Any

import structlog
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from employers.organisations.identification import broker as client
from employers.organisations.identification.tokens import read_keys
from employers.organisations.identification.wire import BrokerUnavailable, IdentificationRefused
from employers.organisations.identifiers import is_personal_identity_code
from employers.organisations.views.doors import STEP_UP
from employers.organisations.views.sign_in import BROKER_SESSION, after_sign_in, broker, sign_in
from employers.records import clock

JOURNEYS = "identification-journeys"  # session key: by state; one may have several windows open
MOST_JOURNEYS = 5
JOURNEY_LASTS = 15 * 60  # seconds
PROBLEMS = {"cancelled": 200, "stale": 400, "refused": 400, "closed": 403, "no_code": 403, "down": 503}
CANCELLED = ("access_denied", "login_required", "interaction_required")
DOWN = ("server_error", "temporarily_unavailable")

log = structlog.get_logger(__name__)


@require_GET
@never_cache
def begin(request: HttpRequest) -> HttpResponse:
    """Off to the broker. Asked to confirm who one is, one is identified anew, whatever the broker remembers."""
    connected = broker()
    if connected is None:
        return redirect("sign-in")
    try:
        address, journey = client.begin(
            connected,
            redirect_uri=request.build_absolute_uri(reverse("identified")),
            max_age=0 if STEP_UP in request.GET else settings.SESSION_LONGEST,
            language=get_language() or settings.LANGUAGE_CODE,
            service=_("Employer portal"),
            at=clock.real_now(),
        )
    except BrokerUnavailable as error:
        return _problem(request, "down", reason=str(error))
    others = list(request.session.get(JOURNEYS, {}).items())[1 - MOST_JOURNEYS :]
    request.session[JOURNEYS] = dict(others) | {journey.state: asdict(journey)}
    return redirect(address)


@require_GET
@never_cache
def back(request: HttpRequest) -> HttpResponse:
    """Back from the broker; each way there leads back once."""
    connected, journey = broker(), _journey(request)
    if connected is None or journey is None:
        return redirect("employers") if request.user.is_authenticated else _problem(request, "stale")
    if request.GET.get("iss", connected.issuer) != connected.issuer:
        return _problem(request, "refused", reason="iss of the answer")
    if "code" not in request.GET:
        return _no_code(request)
    try:
        identity = client.finish(connected, journey, code=request.GET["code"], at=clock.real_now())
    except BrokerUnavailable as error:
        return _problem(request, "down", reason=str(error))
    except IdentificationRefused as error:
        return _problem(request, "refused", reason=str(error))
    return _came_in(request, identity)


@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    """Our public keys, for the broker: what we sign with, and what it encrypts to."""
    try:
        return JsonResponse(read_keys(settings.IDENTIFICATION_FOLDER).public())
    except FileNotFoundError:
        raise Http404 from None


def _came_in(request: HttpRequest, identity: client.Identity) -> HttpResponse:
    if not is_personal_identity_code(identity.identity_code, allow_temporary=settings.SANDBOX):
        return _problem(request, "no_code")
    user = sign_in(request, identity.identity_code, name=identity.name, at=identity.at)
    if user is None:
        return _problem(request, "closed")
    request.session[BROKER_SESSION] = identity.session
    return after_sign_in(request, user)


def _journey(request: HttpRequest) -> client.Journey | None:
    """The journey this answer belongs to, used up by asking."""
    kept: dict[str, Any] = request.session.get(JOURNEYS, {})
    found = kept.pop(request.GET.get("state", ""), None)
    if found is None:
        return None
    request.session[JOURNEYS] = kept
    journey = client.Journey(**found)
    return journey if clock.real_now().timestamp() - journey.begun <= JOURNEY_LASTS else None


def _no_code(request: HttpRequest) -> HttpResponse:
    error = request.GET.get("error", "")
    if error in CANCELLED:
        return _problem(request, "cancelled")
    return _problem(request, "down" if error in DOWN else "refused", reason="the broker said so")


def _problem(request: HttpRequest, problem: str, *, reason: str = "") -> HttpResponse:
    """In words; the reason goes to the log alone, and holds no value of a token."""
    log.warning("identification_failed", problem=problem, reason=reason)
    said = {"problem": problem, "step_up": request.user.is_authenticated}
    return render(request, "employers/organisations/identification_problem.html", said, status=PROBLEMS[problem])
