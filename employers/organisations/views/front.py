"""The front page, and the choice of an employer."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from employers.organisations.access import employers_of_user
from employers.organisations.views.doors import signed_in, user_of
from employers.records import clock


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
@signed_in
def employers(request: HttpRequest) -> HttpResponse:
    """Whoever acts for one employer goes straight to it, unless they come from its pages to look for another."""
    found = list(employers_of_user(user_of(request), on=clock.today()).order_by("name"))
    if len(found) == 1 and "all" not in request.GET:
        return redirect("employer", organisation_id=found[0].pk)
    return render(request, "employers/organisations/employers.html", {"found": found})
