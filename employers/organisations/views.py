"""Who comes in, and for whom: sign-in, sign-out, the choice of an employer, and the door to one employer's pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from employers.organisations.access import actor_for_user, employers_of_user
from employers.organisations.models import Organisation, User
from employers.records import clock, crypto

BACKEND = "django.contrib.auth.backends.ModelBackend"
NEXT = "sign-in-next"  # session key: where one was going when sign-in came between
Page = Callable[..., HttpResponse]


def signed_in(page: Page) -> Page:
    """Behind sign-in, and not kept by the browser: after signing out, `Back` shows nobody's matters."""
    return never_cache(login_required(page))


def acting_for(right: str | None = None) -> Callable[[Page], Page]:
    """The door to one employer: the page gets `organisation` and `by`, the Actor.

    A stranger to the employer is told that there is no such page; who may act for it without this right, which right
    is missing. None: any right opens.
    """

    def with_door(page: Page) -> Page:
        @signed_in
        @wraps(page)
        def door(request: HttpRequest, organisation_id: UUID, **rest: Any) -> HttpResponse:
            organisation = one_employer(request, organisation_id, right=right)
            by = actor_for_user(user_of(request), organisation, on=clock.today(), right=right or "")
            return page(request, organisation=organisation, by=by, **rest)

        return door

    return with_door


def one_employer(request: HttpRequest, organisation_id: UUID, *, right: str | None) -> Organisation:
    """Raises Http404 for a stranger's employer, PermissionDenied for a right one does not hold."""
    on, user = clock.today(), user_of(request)
    known = employers_of_user(user, on=on).filter(pk=organisation_id)
    organisation = employers_of_user(user, on=on, right=right).filter(pk=organisation_id).first()
    if organisation is None and known.exists():
        raise PermissionDenied(_("You can see this employer's matters, but you have no right to do this."))
    if organisation is None:
        raise Http404
    return organisation


def user_of(request: HttpRequest) -> User:
    """The user of a page behind sign-in."""
    return cast(User, request.user)


def sign_in(request: HttpRequest, identity_code: str) -> User | None:
    """Sign in whoever an identification service vouches for; None where nobody here has this identity code."""
    index = crypto.index(identity_code, purpose="user")
    user = User.objects.filter(identity_index=index, is_active=True).first()
    if user is not None:
        login(request, user, backend=BACKEND)  # gives the session a new key
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
def front(request: HttpRequest) -> HttpResponse:
    """The language of the front page is remembered for the address without a language."""
    response = render(request, "employers/organisations/front.html")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        get_language() or settings.LANGUAGE_CODE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


@require_GET
def sign_in_page(request: HttpRequest) -> HttpResponse:
    """Where no identification service is connected. The sandbox has a page of its own at this address."""
    return render(request, "employers/organisations/sign_in.html")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return render(request, "employers/organisations/signed_out.html")


@require_GET
@signed_in
def employers(request: HttpRequest) -> HttpResponse:
    """Whoever acts for one employer goes straight to it, unless they come from its pages to look for another."""
    found = list(employers_of_user(user_of(request), on=clock.today()).order_by("name"))
    if len(found) == 1 and "all" not in request.GET:
        return redirect("employer", organisation_id=found[0].pk)
    return render(request, "employers/organisations/employers.html", {"found": found})
