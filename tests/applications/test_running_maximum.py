"""Two years of paid days: what the portal knows of them is told as a warning, and nothing is refused."""

from datetime import date
from decimal import Decimal

import pytest

from employers.applications.assess import assess
from employers.applications.decide import decide
from employers.benefits.claim import Income, PayPeriod, Period
from tests import cast

pytestmark = pytest.mark.usefixtures("sandbox")


def absent(start: date, end: date, **changes):
    pay = (PayPeriod(start=start, end=end, amount=Decimal("9000.00")),)
    return {"absence": Period(start=start, end=end), "pay_periods": pay, **changes}


def warned(**changes) -> bool:
    looked = assess(
        cast.claim(**changes), on=date(2026, 4, 15), organisation=cast.employer(), income=Income(), filing=True
    )
    return ("absence", "maximum_exceeded") in {(problem.field, problem.code) for problem in looked.problems}


# 3 February to 31 December 2025: 276 weekdays, 10 of them wait. From 2 March to 25 April 2026: 36 are paid, 302 in all.
LONG = absent(date(2025, 2, 3), date(2025, 12, 31))
NEXT = absent(date(2026, 3, 2), date(2026, 4, 25))


def test_days_before_count():
    assert not warned(**NEXT)
    cast.sent(**LONG)
    assert warned(**NEXT)
    assert not warned(**absent(date(2026, 3, 2), date(2026, 3, 31)))


def test_what_was_rejected_was_not_paid():
    application = cast.sent(**LONG)
    decide(application_id=application.pk, outcome="rejected", reason="No", by=cast.by_official(), at=cast.AT)
    assert not warned(**NEXT)


def test_another_benefit_has_a_maximum_of_its_own():
    cast.sent(**LONG)
    hours = {"weekly_hours_before": Decimal("37.5"), "weekly_hours_agreed": Decimal("18.75")}
    assert not warned(**NEXT, benefit="partial_sickness_allowance", details=hours)
