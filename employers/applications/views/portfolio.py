"""How many applications of a large employer are where, and how fresh the wages are that we know of."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from employers.applications import lifecycle
from employers.applications.models import Application
from employers.income_register.models import RegisterSync
from employers.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Portfolio:
    handled: int
    asked: int
    to_be_paid: int
    read_at: datetime | None


def portfolio(organisation: Organisation) -> Portfolio:
    """For whoever sees applications. Numbers only: nobody is told of."""
    handled = (lifecycle.SUBMITTED, lifecycle.IN_HANDLING)
    to_be_paid = Q(status=lifecycle.DECIDED, outcome__in=lifecycle.PAYABLE_OUTCOMES)
    counted = Application.objects.filter(organisation=organisation).aggregate(
        handled=Count("pk", filter=Q(status__in=handled)),
        asked=Count("pk", filter=Q(status=lifecycle.INFORMATION_REQUESTED)),
        to_be_paid=Count("pk", filter=to_be_paid),
    )
    finished = RegisterSync.objects.filter(organisation=organisation, status=RegisterSync.Status.FINISHED)
    return Portfolio(**counted, read_at=finished.order_by("-id").values_list("finished_at", flat=True).first())
