"""The doors of pages: behind sign-in, and to one employer's matters."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from employers.organisations.access import actor_for_user, employers_of_user
from employers.organisations.models import Organisation, User
from employers.records import clock

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
