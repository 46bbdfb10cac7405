"""What each benefit's finding says: who is paid for which days, at least how much, until when, and what is asked.

Wages of 3 000 EUR a month: 36 000 a year, 32 734.80 after the deduction of 9.07 % of 2026. By Sairausvakuutuslaki
1224/2004 11:1 and the figures of 2026: sickness (0.70 x 28 899 + 0.15 x 3 835.80) / 300 = 69.35; parents' 0.70 x
32 734.80 / 300 = 76.38; raised 0.90 x 32 734.80 / 300 = 98.20. Everybody's pay is more than that a weekday.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from employers.applications.claim_finding import claim_finding, draft_claim, needs
from employers.applications.models import Application
from employers.applications.models_register import Finding
from employers.applications.submit import Refused
from employers.benefits.deadlines import add_months
from employers.income_register.schema import EmploymentPeriod
from tests import cast
from tests.applications.reports import AINO, AT, EERO, absence, report, reviewed, year_of_wages

pytestmark = pytest.mark.usefixtures("sandbox")
SICK, PARENTS, RAISED = Decimal("69.35"), Decimal("76.38"), Decimal("98.20")
MARCH_2 = date(2026, 3, 2)
APRIL = date(2026, 4, 15)


def day(month, number, year=2026):
    return date(year, month, number)


def told(cause, start=MARCH_2, end=date(2026, 3, 31), *, code=AINO, amount="5000.00", **changes):
    """A year of wages, and one absence with pay for every weekday above any allowance."""
    part = absence(start, end, cause_code=cause, amount=amount)
    return reviewed(*year_of_wages(code=code), report("r1", part, code=code, **changes))


def rows(*fields, **about):
    found = Finding.objects.filter(kind="unclaimed", status="open", **about).order_by("absence_start", "benefit")
    return list(found.values_list(*fields))


def only(benefit):
    return Finding.objects.get(benefit=benefit, status="open")


# From 2 to 31 March there are 26 weekdays; of them 16 after the onset and nine weekdays of waiting.
BY_CAUSE = [
    (1, "sickness_allowance", 16 * SICK, day(5, 2)),
    (2, "partial_sickness_allowance", 16 * Decimal("34.68"), day(5, 2)),  # half of the rounded whole
    (4, "special_pregnancy_allowance", 26 * PARENTS, day(5, 2)),
    (5, "rehabilitation_allowance", 16 * SICK, day(9, 2)),
    (22, "partial_rehabilitation_allowance", 16 * Decimal("34.68"), day(9, 2)),
]


@pytest.mark.parametrize(("cause", "benefit", "amount", "deadline"), BY_CAUSE)
def test_a_cause_gives_a_benefit_by_the_day(cause, benefit, amount, deadline):
    told(cause)
    expected = (benefit, MARCH_2, day(3, 31), Decimal("5000.00"), amount, deadline)
    fields = ("benefit", "absence_start", "absence_end", "paid", "estimated_amount", "deadline")
    assert rows(*fields, benefit=benefit) == [expected]


@pytest.mark.parametrize("cause", [6, 7, 8, 13, 14, 18, 19, 20, 21, 99])
def test_other_causes_give_nothing(cause):
    """An insurance company pays for an accident first (20), annual leave is the employee's (21), care of a child is
    unpaid or the employer's own (6, 7)."""
    told(cause)
    assert not Finding.objects.exists()


def test_a_mans_family_leave_is_parental_leave():
    """Sixteen of the 26 weekdays are raised."""
    told(3, code=EERO)
    assert rows("benefit", "estimated_amount", "deadline", benefit="parental_allowance") == [
        ("parental_allowance", 16 * RAISED + 10 * PARENTS, day(5, 2))
    ]
    assert not Finding.objects.filter(benefit__in=("pregnancy_allowance", "family_leave_compensation")).exists()


def test_a_womans_first_family_leave_is_pregnancy_leave_for_forty_weekdays():
    """2 March to 18 April, raised on every day; the rest is parental leave, of which 16 days are raised too."""
    told(3, end=day(5, 30), amount="12000.00", paid=APRIL)
    assert rows("benefit", "absence_start", "absence_end", "estimated_amount", "deadline")[1:] == [
        ("family_leave_compensation", MARCH_2, day(4, 18), Decimal("2500.00"), day(3, 2, 2028)),
        ("pregnancy_allowance", MARCH_2, day(4, 18), 40 * RAISED, day(5, 2)),
        ("parental_allowance", day(4, 20), day(5, 30), 16 * RAISED + 18 * PARENTS, day(6, 20)),
    ]


def test_what_follows_within_two_years_is_parental_leave_with_its_raised_days_used():
    """By the law and the wages of June 2025: 0.70 x 36 000 less 8.58 % / 300."""
    earlier = [report(f"w{month}", paid=add_months(day(5, 28, 2024), month)) for month in range(9)]
    reviewed(*earlier, report("r0", absence(day(6, 1, 2025), day(9, 30, 2025), cause_code=3)))
    told(3, paid=APRIL)
    found = only("parental_allowance")
    assert found.estimated_amount == 26 * Decimal("76.79")
    claim = draft_claim(found)
    assert claim.details["first_benefit_day"] == day(6, 1, 2025)
    assert claim.details["raised_days_used"] >= 16


def test_the_compensation_waits_for_a_months_pay():
    told(3, end=day(3, 27))
    assert not Finding.objects.filter(benefit="family_leave_compensation").exists()
    reviewed(report("r2", absence(day(3, 28), day(4, 10), cause_code=3), paid=APRIL))
    found = only("family_leave_compensation")
    assert (found.absence_start, found.absence_end, found.deadline) == (MARCH_2, day(4, 10), day(3, 2, 2028))
    assert found.estimated_amount == Decimal("2500.00")


def test_the_compensation_can_be_claimed_for_two_years():
    """The daily allowance of those days cannot any more."""
    told(3, start=day(6, 3, 2024), end=day(7, 20, 2024))
    assert rows("benefit", "deadline", benefit="family_leave_compensation") == [
        ("family_leave_compensation", day(6, 3))
    ]
    assert not Finding.objects.filter(benefit__in=("pregnancy_allowance", "parental_allowance")).exists()


def test_a_short_employment_gives_no_compensation():
    """Three months before the leave: 14:4."""
    since = (EmploymentPeriod(start=day(12, 2, 2025)),)
    reviewed(report("r1", absence(MARCH_2, day(4, 10), cause_code=3), paid=APRIL, employment_periods=since))
    assert Finding.objects.filter(benefit="family_leave_compensation").exists()
    later = (EmploymentPeriod(start=day(12, 3, 2025)),)
    reviewed(report("r2", paid=day(4, 16), employment_periods=later))
    assert not Finding.objects.filter(benefit="family_leave_compensation", status="open").exists()


def test_leave_costs_are_found_by_the_month_with_the_least_holiday_pay():
    """March has 26 paid weekdays, April nine: too few. Two days at a 25th of a month's pay, and 21 per cent."""
    told(3, end=day(4, 13), code=EERO, paid=APRIL)
    found = only("annual_leave_compensation")
    assert (found.absence_start, found.absence_end) == (day(3, 1), day(3, 31))
    assert (found.estimated_amount, found.deadline) == (2 * 120 * Decimal("1.21"), day(3, 1, 2028))
    claim = draft_claim(found)
    assert claim.details == {"first_leave_day": MARCH_2, "months": ({"month": "2026-03", "paid_days": 26},)}
    assert (claim.absence, claim.pay_periods) == (None, ())


def test_leave_costs_promise_no_more_than_what_was_paid_for_the_leave():
    """Wages of 36 000 a year, now 60 a weekday."""
    told(3, code=EERO, amount="1560.00")
    assert only("annual_leave_compensation").estimated_amount == 2 * 60 * Decimal("1.21")


def test_months_of_leave_costs_expire_one_by_one():
    told(3, start=day(3, 1, 2024), end=day(6, 30, 2024), code=EERO)
    found = only("annual_leave_compensation")
    assert (found.absence_start, found.absence_end, found.deadline) == (
        day(5, 1, 2024),
        day(6, 30, 2024),
        day(5, 1),
    )
    reviewed(report("r9", paid=day(4, 14)), at=datetime(2026, 5, 5, 9, tzinfo=UTC))
    found.refresh_from_db()  # the same finding, of the month that is left
    assert (found.status, found.absence_start, found.deadline) == ("open", day(6, 1, 2024), day(6, 1))


ASKED = [
    (2, "partial_sickness_allowance", ["details.weekly_hours_before", "details.weekly_hours_agreed"]),
    (22, "partial_rehabilitation_allowance", ["details.daily_hours_before", "details.daily_hours_agreed"]),
    (3, "annual_leave_compensation", ["details.months.0.holiday_pay"]),
    (1, "sickness_allowance", []),
    (4, "special_pregnancy_allowance", []),
    (5, "rehabilitation_allowance", []),
]


@pytest.mark.parametrize(("cause", "benefit", "asked"), ASKED)
def test_what_the_register_does_not_tell_is_asked(cause, benefit, asked):
    told(cause, code=EERO)
    assert needs(only(benefit)) == asked


def test_the_compensation_asks_for_the_contract_and_the_hours():
    told(3, end=day(4, 10), paid=APRIL)
    found = only("family_leave_compensation")
    assert needs(found) == ["details.contract", "details.working_time_percent"]
    assert draft_claim(found).details == {"basis": "pregnancy"}
    with pytest.raises(Refused):
        claim_finding(finding_id=found.pk, by=cast.by_web(), at=AT)
    said = {"details": {"contract": {"kind": "open_ended"}, "working_time_percent": 100}}
    application = claim_finding(finding_id=found.pk, by=cast.by_web(), at=AT, claim_changes=said)
    assert (application.benefit, application.amount) == ("family_leave_compensation", Decimal("2500.00"))


ADDED = [
    (2, "partial_sickness_allowance", {"weekly_hours_before": Decimal(38), "weekly_hours_agreed": Decimal(19)}),
    (22, "partial_rehabilitation_allowance", {"daily_hours_before": Decimal(8), "daily_hours_agreed": Decimal(4)}),
    (4, "special_pregnancy_allowance", {}),
    (5, "rehabilitation_allowance", {}),
    (3, "parental_allowance", {}),
]


@pytest.mark.parametrize(("cause", "benefit", "details"), ADDED)
def test_the_application_is_worth_what_was_found(cause, benefit, details):
    told(cause, code=EERO)
    found = only(benefit)
    application = claim_finding(finding_id=found.pk, by=cast.by_web(), at=AT, claim_changes={"details": details})
    assert application.amount == found.estimated_amount > 0
    found.refresh_from_db()
    assert (found.status, Application.objects.get()) == ("covered", application)


def test_pregnancy_leave_that_was_applied_for_leaves_parental_leave():
    told(3, end=day(5, 30), amount="12000.00", paid=APRIL)
    claim_finding(finding_id=only("pregnancy_allowance").pk, by=cast.by_web(), at=AT)
    reviewed(report("r9", paid=day(4, 14)))
    found = only("parental_allowance")
    assert (found.absence_start, found.deadline) == (day(4, 20), day(6, 18))  # it goes on: from the end of the first
    application = claim_finding(finding_id=found.pk, by=cast.by_web(), at=AT)
    assert application.continues is not None
    assert application.amount == found.estimated_amount == 16 * RAISED + 18 * PARENTS
