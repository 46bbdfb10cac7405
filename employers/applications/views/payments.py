"""What was paid: which application and which absence a line on the bank statement pays."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import F, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from employers.applications.models import ApplicationVersion, Payment
from employers.applications.views.answers import employee_name
from employers.applications.views.doors import saw
from employers.applications.views.guide import topics_beside
from employers.intake.words import benefit_name
from employers.organisations import rights
from employers.organisations.access import Actor, of_benefits, rights_of_user
from employers.organisations.models import Organisation
from employers.organisations.views.doors import acting_for, user_of
from employers.records import clock

A_PAGE = 25
STATES = {Payment.State.WAITING: _("waiting to be sent"), Payment.State.SENT: _("paid")}


@require_GET
@acting_for(rights.VIEW_PAYMENTS)
def payments(request: HttpRequest, organisation: Organisation, by: Actor) -> HttpResponse:
    """`reference`: as it stands on the bank statement, spaces or not; an application's own reference does too."""
    asked = "".join(request.GET.get("reference", "").split())
    held = rights_of_user(user_of(request), organisation, on=clock.today())
    page = Paginator(_payments(organisation, asked, held), A_PAGE).get_page(request.GET.get("page"))
    listed = [_row(payment) for payment in page.object_list]
    saw([row["person"] for row in listed], by=by, purpose="payment", action="list")
    context = {
        "organisation": organisation,
        "page": page,
        "payments": listed,
        "asked": asked,
        "topics": topics_beside("decision", organisation=organisation),
    }
    return render(request, "employers/applications/payments.html", context)


def _payments(organisation: Organisation, asked: str, held: list[str]) -> QuerySet[Payment]:
    """Of the benefits that one may see beside their payments; to whom payments alone are shown, all of them."""
    versions = ApplicationVersion.objects.filter(number=F("application__version"))
    current = Prefetch("decision__application__versions", queryset=versions, to_attr="current")
    own = Payment.objects.exclude(status=Payment.State.CANCELLED).filter(
        _shown(held), decision__application__organisation=organisation
    )
    found = own.filter(reference=asked) | own.filter(decision__application__reference__iexact=asked)
    rows = (found if asked else own).select_related("decision__application").prefetch_related(current)
    return rows.order_by(F("paid_on").desc(nulls_first=True), "-id")


def _shown(held: list[str]) -> Q:
    sees = {*rights.to_see(""), *rights.to_see(rights.OCCUPATIONAL_HEALTH)}
    if not rights.may(held, sees):
        return Q()
    return of_benefits(held, rights.to_see, path="decision__application__benefit")


def _row(payment: Payment) -> dict[str, Any]:
    application = payment.decision.application
    person: UUID | None = application.person_id
    return {
        "payment": payment,
        "application": application,
        "person": person,
        "employee": employee_name(application.current[0].content),  # type: ignore[attr-defined]
        "benefit": benefit_name(application.benefit),
        "state": STATES[Payment.State(payment.status)],
    }
