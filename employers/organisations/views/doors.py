"""The doors of pages: behind sign-in, and to one employer's matters."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from employers.organisations.access import actor_for_user, employers_of_user
from employers.organisations.models import Organisation, User
from employers.organisations.views.lease import with_lease
from employers.organisations.views.missing import MissingRight
from employers.records import clock

Page = Callable[..., HttpResponse]
IDENTIFIED_AT = "identified-at"  # session key: when an identification service last vouched, seconds since 1970
STEP_UP = "step-up"  # asks the sign-in page to identify the person again
EXPIRED = "expired"  # asks it to tell that the session ended


def signed_in(page: Page) -> Page:
    """Behind sign-in, with what Suomi.fi said of the person's rights not older than a minute."""
    return behind_sign_in(with_lease(page))


def behind_sign_in(page: Page) -> Page:
    """Not kept by the browser: after signing out, `Back` shows nobody's matters."""

    @never_cache
    @wraps(page)
    def door(request: HttpRequest, *args: Any, **rest: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return page(request, *args, **rest)
        return to_sign_in(request, *([EXPIRED] if had_session(request) else []))

    return door


def had_session(request: HttpRequest) -> bool:
    """A browser that shows the cookie of a session which is no more; signing out takes the cookie away."""
    return bool(request.COOKIES.get(settings.SESSION_COOKIE_NAME)) and request.session.session_key is None


def to_sign_in(request: HttpRequest, *why: str) -> HttpResponse:
    query = QueryDict(mutable=True)
    query.update({**dict.fromkeys(why, "1"), "next": page_of(request)})
    return redirect(f"{reverse('sign-in')}?{query.urlencode(safe='/')}")


def freshly_signed_in(page: Page) -> Page:
    """For what must not be done by whoever finds an open browser: identified anew unless that was minutes ago.

    Goes below `acting_for`, so that a stranger is not asked to identify for what they may not do. What was sent is not
    kept: one comes back to the page it was sent from.
    """

    @signed_in
    @wraps(page)
    def door(request: HttpRequest, *args: Any, **rest: Any) -> HttpResponse:
        if is_fresh(request):
            return page(request, *args, **rest)
        return to_sign_in(request, STEP_UP)

    return door


def is_fresh(request: HttpRequest) -> bool:
    age = clock.real_now().timestamp() - float(request.session.get(IDENTIFIED_AT, 0))
    return bool(age <= settings.STEP_UP_SECONDS)


def page_of(request: HttpRequest) -> str:
    """The address to come back to, of something that can be read: for a form the page it stood on."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    referrer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referrer, {request.get_host()}):
        return request.path
    parts = urlsplit(referrer)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


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
    """Raises Http404 for a stranger's employer, MissingRight for a right one does not hold."""
    on, user = clock.today(), user_of(request)
    organisation = employers_of_user(user, on=on, right=right).filter(pk=organisation_id).first()
    if organisation is None:
        known = get_object_or_404(employers_of_user(user, on=on), pk=organisation_id)
        raise MissingRight(known, right or "")
    return organisation


def user_of(request: HttpRequest) -> User:
    """The user of a page behind sign-in."""
    return cast(User, request.user)
