"""The choice of an employer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from employers.organisations.access import employers_of_user
from employers.organisations.views import lease
from employers.organisations.views.doors import signed_in, user_of
from employers.organisations.views.suomi_fi import WORDS
from employers.organisations.words import TROUBLES
from employers.records import clock


@require_GET
@signed_in
def employers(request: HttpRequest) -> HttpResponse:
    """Whoever acts for one employer goes straight to it, unless they come from its pages to look for another."""
    found = list(employers_of_user(user_of(request), on=clock.today()).order_by("name"))
    words = request.session.pop(WORDS, []) if WORDS in request.session else []
    if len(found) == 1 and "all" not in request.GET:
        return redirect("employer", organisation_id=found[0].pk)
    context = {
        "found": found,
        "words": [TROUBLES[word] for word in words],
        "suomi_fi": lease.service() is not None,
        "visiting": bool(request.session.get(lease.KEY)),
    }
    return render(request, "employers/organisations/employers.html", context)
