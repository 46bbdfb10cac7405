"""Is it worth applying? What an absence would give, beside the minutes that applying was measured to take."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from employers.applications.measured import minutes_to_apply
from employers.guidance.flows.shape import Said
from employers.guidance.flows.worth import WORTH, estimated
from employers.guidance.views.flows import answered
from employers.law.queries import law_on
from employers.organisations.size import SMALL
from employers.records import clock

HOUR = 60


@require_GET
def worth(request: HttpRequest) -> HttpResponse:
    return answered(request, WORTH.slug, counted)


def counted(said: Said) -> dict[str, Any]:
    """The sum, the minutes that small employers take where they were measured, and what an hour of it earns."""
    today = clock.today()
    made = estimated(said["benefit"], days=said["days"], monthly_pay=said["monthly_pay"], on=today, law=law_on(today))
    minutes = minutes_to_apply(said["benefit"], SMALL)
    return {
        "worth": {"sum": made.to_employer, "payable_days": made.payable_days, "minutes": minutes},
        "an_hour": an_hour(made.to_employer, minutes),
        "waiting": made.waiting_period,
    }


def an_hour(amount: Decimal | None, minutes: int | None) -> Decimal | None:
    return (amount / minutes * HOUR).quantize(Decimal(1)) if amount and minutes else None
