"""What came of the claims in the register, as tests look at it, and the reports that they tell it by."""

from datetime import date

from employers.applications import lifecycle
from employers.applications.correct import in_force
from employers.applications.models import Application
from employers.applications.models_register import RegisterClaim
from tests.applications.reports import absence, claimed, report

START, MIDDLE, END = date(2026, 3, 2), date(2026, 3, 13), date(2026, 3, 20)
CLAIM = report("r1", claimed(START, END))
SHORTER = claimed(START, MIDDLE, amount="1200.00")
GONE = report("r1", absence(START, END), version=2)
SICK = ("sickness_allowance", START, END, "1800.00")
SHORT = ("sickness_allowance", START, MIDDLE, "1200.00")


def live() -> list[tuple[str, date, date, str]]:
    """What is claimed, and is neither withdrawn nor dead: benefit, days, pay."""
    found = Application.objects.exclude(status="withdrawn").exclude(outcome__in=lifecycle.DEAD_OUTCOMES)
    return sorted(
        (one.benefit, one.absence_start, one.absence_end, str(sum(paid.amount for paid in in_force(one).pay_periods)))
        for one in found
    )


def states() -> list[str]:
    return list(RegisterClaim.objects.order_by("pk").values_list("status", flat=True))
