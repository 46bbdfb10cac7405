"""Tell that an employer's pay has ended while the absence goes on: once for an application and day."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet

from employers.applications.models import LIVE, Application
from employers.records import clock, events
from employers.records.record import record

AT_ONCE = 200  # applications in one transaction


def end_pay(*, at: datetime) -> int:
    """Every live application whose last day of pay has come; how many. Any number of workers may try."""
    told = 0
    while some := _tell_some(at=at):
        told += some
    return told


def due(*, on: date) -> QuerySet[Application]:
    """A day that was told and has moved since is told again."""
    untold = Q(pay_end_told__isnull=True) | ~Q(pay_end_told=F("pay_ends"))
    return Application.objects.filter(LIVE, untold, pay_ends__lte=on)


@transaction.atomic
def _tell_some(*, at: datetime) -> int:
    waiting = due(on=clock.day_of(at)).select_for_update(of=("self",), skip_locked=True).order_by("id")
    applications = list(waiting[:AT_ONCE])
    for application in applications:
        record(
            events.PAY_ENDED,
            organisation=application.organisation_id,
            application=application.pk,
            status=application.status,
            at=at,
        )
        application.pay_end_told = application.pay_ends
    Application.objects.bulk_update(applications, ["pay_end_told"])
    return len(applications)
