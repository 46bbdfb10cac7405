"""Who comes in: sign-in by whoever identifies people, and sign-out."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from employers.organisations.admit import admit
from employers.organisations.identification.broker import Broker, end_address
from employers.organisations.identification.wire import BrokerUnavailable
from employers.organisations.models import User
from employers.organisations.views.doors import EXPIRED, IDENTIFIED_AT, STEP_UP
from employers.organisations.views.lease import leave, start_afresh
from employers.records import clock

BACKEND = "django.contrib.auth.backends.ModelBackend"
NEXT = "sign-in-next"  # session key: where one was going when sign-in came between
BROKER_SESSION = "broker-session"  # session key: the broker's name of its own session, to end it by


def broker() -> Broker | None:
    """The identification broker of the settings; None where none is connected."""
    if not settings.IDENTIFICATION_URL:
        return None
    return Broker(
        issuer=settings.IDENTIFICATION_URL,
        client_id=settings.IDENTIFICATION_CLIENT,
        folder=settings.IDENTIFICATION_FOLDER,
        acr_values=tuple(settings.IDENTIFICATION_ACR),
    )


def sign_in(
    request: HttpRequest, identity_code: str, *, name: str | None = None, at: float | None = None
) -> User | None:
    """Sign in whoever an identification service vouches for.

    With a `name` first-timers become users. `at`: when the person was identified, seconds since 1970; now, if not said.
    None for a closed account, and where nobody here has this identity code and no name is known.
    """
    language = get_language() or settings.LANGUAGE_CODE
    user = admit(identity_code=identity_code, name=name, language=language)
    if user is not None:
        login(request, user, backend=BACKEND)  # gives the session a new key, and somebody else a new session
        start_afresh(request, user)
        request.session[IDENTIFIED_AT] = clock.real_now().timestamp() if at is None else at
    return user


def after_sign_in(request: HttpRequest, user: User) -> HttpResponse:
    """Onwards to where one was going, in one's own language."""
    target = request.session.pop(NEXT, "") or reverse("employers")
    response = redirect(translate_url(target, user.language))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, user.language, secure=settings.LANGUAGE_COOKIE_SECURE, samesite="Lax"
    )
    return response


def remember_next(request: HttpRequest) -> None:
    """Where to go after signing in; only to addresses of our own."""
    target = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(target, allowed_hosts=None) and target.startswith("/"):
        request.session[NEXT] = target


def why(request: HttpRequest) -> dict[str, bool]:
    """What the page says first: that the session ended, or that one is asked again."""
    return {"expired": EXPIRED in request.GET, "step_up": STEP_UP in request.GET}


@require_GET
@never_cache
def sign_in_page(request: HttpRequest) -> HttpResponse:
    """Straight to the broker, unless there is something to say first. The sandbox has a page of its own here."""
    remember_next(request)
    said = why(request) | {"configured": bool(settings.IDENTIFICATION_URL)}
    if said["configured"] and not (said["expired"] or said["step_up"]):
        return redirect("sign-in-begin")
    return render(request, "employers/organisations/sign_in.html", said)


@require_POST
@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    """Also at the broker: it would let the next one at this browser in without asking."""
    session, connected = request.session.get(BROKER_SESSION), broker()
    leave(request)
    logout(request)
    if session is None or connected is None:
        return signed_out(request)
    back = request.build_absolute_uri(reverse("signed-out"))
    try:
        return redirect(end_address(connected, session=session, back=back, language=get_language() or ""))
    except BrokerUnavailable:
        return signed_out(request, left_open=True)


@never_cache
def signed_out_page(request: HttpRequest) -> HttpResponse:
    return signed_out(request)


def signed_out(request: HttpRequest, *, left_open: bool = False) -> HttpResponse:
    """`left_open`: the broker could not be asked to end its session."""
    return render(request, "employers/organisations/signed_out.html", {"left_open": left_open})
