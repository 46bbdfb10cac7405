"""The door: what the service is for, what one can get back, and who has to go another way."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from employers.applications.measured import minutes_to_apply
from employers.applications.views.choice import slug_of
from employers.guidance.flows.examples import Example, examples
from employers.intake.words import benefit_name
from employers.law.queries import law_on
from employers.organisations.size import SMALL
from employers.records import clock

MEASURED = "sickness_allowance"  # what a small employer applies for first


@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """The language of the front page is remembered for the address without a language."""
    today = clock.today()
    context = {
        "examples": [_shown(example) for example in examples(today, law=law_on(today))],
        "minutes": minutes_to_apply(MEASURED, SMALL),
    }
    response = render(request, "employers/organisations/front.html", context)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        get_language() or settings.LANGUAGE_CODE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


@require_GET
def elsewhere(request: HttpRequest) -> HttpResponse:
    """For those whom the service cannot take: the way that works."""
    return render(request, "employers/organisations/elsewhere.html")


def _shown(example: Example) -> dict[str, Any]:
    return {"example": example, "name": benefit_name(example.benefit), "slug": slug_of(example.benefit)}
