"""Who comes in: sign-in by whoever identifies people, and sign-out."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from employers.organisations.models import User
from employers.organisations.views.doors import IDENTIFIED_AT
from employers.records import clock, crypto

BACKEND = "django.contrib.auth.backends.ModelBackend"
NEXT = "sign-in-next"  # session key: where one was going when sign-in came between


def sign_in(request: HttpRequest, identity_code: str) -> User | None:
    """Sign in whoever an identification service vouches for; None where nobody here has this identity code."""
    index = crypto.index(identity_code, purpose="user")
    user = User.objects.filter(identity_index=index, is_active=True).first()
    if user is not None:
        login(request, user, backend=BACKEND)  # gives the session a new key
        request.session[IDENTIFIED_AT] = clock.real_now().timestamp()
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


@require_GET
def sign_in_page(request: HttpRequest) -> HttpResponse:
    """Where no identification service is connected. The sandbox has a page of its own at this address."""
    return render(request, "employers/organisations/sign_in.html")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return render(request, "employers/organisations/signed_out.html")
