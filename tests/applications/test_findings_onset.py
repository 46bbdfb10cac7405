"""When an absence began, what of it was paid, and what is left of it once it is too late for its first days."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from employers.applications.claim_finding import claim_finding, draft_claim
from employers.applications.models_register import Finding
from employers.benefits.claim import Period
from employers.income_register.schema import UnpaidAbsence
from tests import cast
from tests.applications.reports import AT, absence, pay, report, reviewed, year_of_wages

pytestmark = pytest.mark.usefixtures("sandbox")
START, END = date(2026, 3, 2), date(2026, 3, 20)
DAILY = Decimal("69.35")  # see test_findings


def unpaid(first, last, cause=1):
    return UnpaidAbsence(start=date(2026, 3, first), end=date(2026, 3, last), cause_code=cause)


def paid(first, last, amount="1800.00", **changes):
    return absence(date(2026, 3, first), date(2026, 3, last), amount=amount, **changes)


def the_finding():
    one = Finding.objects.get()
    return one.absence_start, one.absence_end, one.paid, one.estimated_amount, one.deadline


def test_the_first_days_were_unpaid():
    """The wait is over on 12 March however many of its days were paid, and the time runs from 2 March."""
    reviewed(*year_of_wages(), report("r1", paid(6, 20), unpaid_absences=(unpaid(2, 5),)))
    assert the_finding() == (START, END, Decimal("1800.00"), 7 * DAILY, date(2026, 5, 2))
    claim = draft_claim(Finding.objects.get())
    assert (claim.absence, claim.pay_periods) == (Period(start=START, end=END), (pay(date(2026, 3, 6), END),))


def test_unpaid_days_inside_are_no_pay():
    reports = report("r1", paid(2, 13), paid(18, 20, "600.00"), unpaid_absences=(unpaid(14, 17),))
    reviewed(*year_of_wages(), reports)
    assert the_finding() == (START, END, Decimal("2400.00"), 4 * DAILY, date(2026, 5, 2))


@pytest.mark.parametrize(
    "beside",
    [
        (unpaid(21, 27),),  # after it
        (unpaid(2, 5),),  # not straight before it
        (unpaid(5, 8, 17),),  # another reason
    ],
)
def test_other_unpaid_days_change_nothing(beside):
    reviewed(*year_of_wages(), report("r1", paid(9, 20), unpaid_absences=beside))
    assert the_finding()[:2] == (date(2026, 3, 9), END)


def test_unpaid_days_alone_are_no_finding():
    reviewed(*year_of_wages(), report("r1", unpaid_absences=(unpaid(2, 20),)))
    assert not Finding.objects.exists()


def test_an_absence_without_an_end_was_paid_until_the_pay_period_ended():
    goes_on = absence(START, None, until=date(2026, 5, 31))
    reviewed(*year_of_wages(), report("r1", goes_on, period_end=END))
    assert the_finding()[:3] == (START, END, Decimal("1800.00"))
    reviewed(report("r1", absence(START, None), version=2))
    assert Finding.objects.get().status == "expired"  # nobody tells which days were paid


def test_nobody_waits_anew_for_being_late():
    """Of 2 to 31 March it is too late for March's first days on 15 September: the rest is wanted from 1 April."""
    late = datetime(2026, 9, 15, 9, tzinfo=UTC)
    whole = absence(START, date(2026, 4, 10), amount="3500.00", cause_code=5)
    reviewed(*year_of_wages(), report("r1", whole), at=late)
    one = Finding.objects.get()
    assert (one.absence_start, one.absence_end, one.deadline) == (
        date(2026, 4, 1),
        date(2026, 4, 10),
        date(2026, 10, 1),
    )
    assert one.estimated_amount == 7 * DAILY  # 1, 2, 4, 7, 8, 9 and 10 April: of Easter the Saturday alone
    made = claim_finding(finding_id=one.pk, by=cast.by_web(), at=late)
    assert (made.absence_start, made.deadline, made.amount) == (START, one.deadline, one.estimated_amount)
    assert "late" not in [problem["code"] for problem in made.versions.get().estimate["problems"]]


def test_what_was_told_first_is_looked_at_again():
    reviewed(*year_of_wages(), report("r1", paid(6, 20)), at=AT)
    reviewed(report("r1", paid(6, 20), unpaid_absences=(unpaid(2, 5),), version=2), at=AT)
    assert the_finding()[0] == START
