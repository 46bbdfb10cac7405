"""Answers in full where little can be said, and the limits of what is asked."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from employers.benefits import rules
from employers.benefits.claim import Claim, Earlier, Employment, Income, OtherDays, PayPeriod
from employers.benefits.law import Law
from employers.benefits.problems import problem
from tests.benefits.claims import absent

MONDAY, FRIDAY = date(2026, 3, 2), date(2026, 4, 10)
BLANK = {
    "daily_allowance": None,
    "payable_days": 0,
    "amount": None,
    "to_employer": None,
    "to_employee": None,
    "at_least": False,
    "waiting_period": None,
    "first_payable_day": None,
    "deadline": None,
    "lines": [],
    "parameters": [],
    "estimate_status": "official",
}


@pytest.mark.parametrize(
    "benefit", ["sickness_allowance", "donor_allowance", "family_leave_compensation", "no_such_benefit"]
)
def test_an_estimate_of_nothing(benefit):
    made = rules.estimate(Claim(benefit=benefit), law=Law.on(MONDAY), income=Income(at_least=True))
    assert made.as_dict() == {"benefit": benefit, **BLANK, "problems": [one.as_dict() for one in made.problems]}


def test_a_problem_as_it_is_written():
    written = {"pointer": "/absence/start", "code": "late", "severity": "warning"}
    assert problem("absence.start", "late", deadline=MONDAY).as_dict() == written
    assert problem("", "income_unknown").pointer == ""


def test_an_income_that_is_not_known_belongs_to_no_member():
    made = rules.estimate(absent(MONDAY, FRIDAY), law=Law.on(MONDAY), income=Income())
    assert [(one.field, one.code) for one in made.problems] == [("", "income_unknown")]


def codes(claim: Claim) -> list[str]:
    return [one.code for one in rules.check(claim, law=Law.on(rules.law_day(claim)))]


def test_as_many_entries_as_there_may_be():
    days = [MONDAY + timedelta(days=number) for number in range(366)]
    pay = tuple(PayPeriod(start=day, end=day, amount=Decimal(1)) for day in days[:60])
    others = tuple(OtherDays(start=day, end=day, kind="unpaid") for day in days)
    assert "too_many_periods" not in codes(absent(days[0], days[-1], pay_periods=pay, other_days=others))


@pytest.mark.parametrize(
    ("start", "end", "problems"),
    [
        (date(1930, 1, 1), None, []),
        (date(1929, 12, 31), None, ["date_out_of_range"]),
        (MONDAY, MONDAY, ["ends_after_employment"]),
        (date(2019, 5, 2), date(2019, 5, 1), ["before_start"]),
    ],
)
def test_the_employment(start, end, problems):
    assert codes(absent(MONDAY, FRIDAY, employment=Employment(start=start, end=end))) == problems


@pytest.mark.parametrize(("basis", "needed"), [("full", False), ("part", True), ("difference", True)])
def test_partial_benefits_need_full_pay(basis, needed):
    claim = absent(MONDAY, FRIDAY, benefit="partial_parental_allowance", pay_basis=basis)
    assert ("full_pay_needed" in codes(claim)) is needed


def test_the_last_day_kept():
    last = date(2099, 12, 31)
    assert "date_out_of_range" not in codes(absent(last, last))


def test_a_range_looks_at_the_period_before_too():
    """Without it the waiting would come back, and the least amount with it."""
    earlier = Earlier(last_paid_day=date(2026, 2, 28), onset=date(2026, 2, 2), group="sickness")
    known = {"law": Law.on(date(2026, 2, 2)), "earlier": earlier}
    made = rules.estimate(absent(MONDAY, FRIDAY), income=Income(annual=Decimal(30000)), **known)
    assert made.payable_days == 33
    shares = [made.range.amount.low / 33, made.amount / 33, made.range.amount.high / 33]
    assert [str(share) for share in shares] == ["62.99", "63.65", "63.99"]


@pytest.mark.parametrize("day", [date(2025, 3, 3), date(2026, 3, 2)])
def test_a_donor_who_goes_on_keeps_the_law_and_the_deadline(day):
    earlier = Earlier(last_paid_day=day - timedelta(days=2), onset=date(2025, 2, 3), group="donor")
    claim = absent(day, day + timedelta(days=4), benefit="donor_allowance")
    assert rules.law_day(claim, earlier=earlier) == date(2025, 2, 3)
    made = rules.estimate(claim, law=Law.on(date(2025, 2, 3)), income=Income(annual=Decimal(30000)), earlier=earlier)
    paid_until = earlier.last_paid_day
    assert (made.deadline.day, made.payable_days) == (paid_until.day, 5)
