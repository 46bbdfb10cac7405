"""What an absence that a report tells of can be claimed as, and what of it is still in time."""

from datetime import date
from decimal import Decimal

import pytest

from employers.benefits import findable, rules
from employers.benefits.claim import BENEFITS, Claim, Employment, PayPeriod, Period
from employers.benefits.details import DETAILS
from employers.benefits.findable import BY_DAY, DAILY, FINDABLE, Cause
from employers.benefits.law import Law
from employers.benefits.parts import clipped, together, within


def day(month, number, year=2026):
    return date(year, month, number)


def period(start, end):
    return Period(start=start, end=end)


def test_every_findable_benefit_and_detail_is_one():
    assert set(FINDABLE) <= set(BENEFITS)
    for benefit, one in FINDABLE.items():
        named = {path.removeprefix("details.") for path in (*one.needs, *one.asks)}
        assert named | set(one.assumed) <= set(DETAILS[benefit])
    assert set(BY_DAY) == set(Cause)


def test_the_assumed_answers_leave_nothing_to_be_asked():
    for benefit, one in FINDABLE.items():
        needed = {name for name, detail in DETAILS[benefit].items() if detail.needed == "always"}
        assert needed <= set(one.assumed) | {"months"}


def test_what_is_paid_once_or_by_the_month_covers_no_day():
    assert "donor_allowance" in DAILY
    assert not {"family_leave_compensation", "annual_leave_compensation"} & set(DAILY)


IN_TIME = [
    # Two months from the onset (15:4.1): all of it or nothing. 2 May 2026 is a Saturday, the 4th a Monday.
    ("sickness_allowance", day(3, 2), day(5, 30), day(5, 4), day(3, 2)),
    ("sickness_allowance", day(3, 2), day(5, 30), day(5, 5), None),
    # From the day it is wanted: the first month that is in time. 1 May moves to the 4th.
    ("parental_allowance", day(1, 5), day(6, 30), day(3, 5), day(1, 5)),
    ("parental_allowance", day(1, 5), day(6, 30), day(3, 6), day(2, 1)),
    ("parental_allowance", day(1, 5), day(6, 30), day(5, 4), day(3, 1)),
    ("parental_allowance", day(1, 5), day(6, 30), day(5, 5), day(4, 1)),
    ("parental_allowance", day(1, 5), day(2, 28), day(5, 4), None),
    ("partial_sickness_allowance", day(1, 5), day(2, 28), day(4, 1), day(2, 1)),
    # Six months (566/2005 41.4). 2 September 2026 is a Wednesday.
    ("rehabilitation_allowance", day(3, 2), day(3, 20), day(9, 2), day(3, 2)),
    ("rehabilitation_allowance", day(3, 2), day(3, 20), day(9, 3), None),
]


@pytest.mark.parametrize(("benefit", "start", "end", "on", "first"), IN_TIME)
def test_what_is_still_in_time(benefit, start, end, on, first):
    left = findable.in_time(period(start, end), benefit=benefit, on=on, law=Law.on(start))
    assert left == (first and period(first, end))
    if first:  # nothing that is in time is left out before the law is asked
        assert (start if FINDABLE[benefit].from_onset else end) >= findable.earliest(benefit, on=on, law=Law.on(on))


WAITED = {
    "sickness_allowance": 9,
    "partial_sickness_allowance": 9,
    "rehabilitation_allowance": 9,
    "parental_allowance": -1,
    "special_pregnancy_allowance": -1,
}


@pytest.mark.parametrize(("benefit", "weekdays"), WAITED.items())
def test_what_is_waited(benefit, weekdays):
    assert findable.waited(benefit, law=Law.on(day(3, 2))) == weekdays


CONTRACTS = [
    (day(1, 1, 2025), None, None),
    (day(1, 1, 2025), day(12, 31, 2025), 12),
    (day(1, 1, 2025), day(12, 30, 2025), 11),
    (day(1, 15, 2025), day(1, 14, 2026), 12),
    (day(1, 31, 2025), day(2, 26, 2026), 12),
]


@pytest.mark.parametrize(("start", "end", "months"), CONTRACTS)
def test_an_employment_with_an_end_is_a_fixed_term(start, end, months):
    told = findable.contract_told(Employment(start=start, end=end))
    assert (told and told["months"]) == months


def test_an_employment_of_under_a_year_gives_no_compensation():
    """14:4: a contract of a year at least."""
    absence = period(day(3, 2), day(4, 18))
    pays = (PayPeriod(start=absence.start, end=absence.end, amount=Decimal(4000)),)
    for end, found in ((day(9, 30), True), (day(9, 29), False)):
        claim = Claim(
            benefit="family_leave_compensation",
            employment=Employment(start=day(10, 1, 2025), end=end),
            absence=absence,
            pay_periods=pays,
        )
        tried = Claim(**{name: getattr(claim, name) for name in Claim.__slots__} | {"details": findable.good(claim)})
        assert findable.is_worth_claiming(rules.check(tried, law=Law.on(day(3, 2)))) is found


def test_the_pay_of_a_part_is_its_share_by_the_weekday():
    """2 to 31 March has 26 weekdays, of which 14 after the 14th; a cent is never gained."""
    pay = PayPeriod(start=day(3, 2), end=day(3, 31), amount=Decimal("1000.00"))
    assert clipped(pay, period(day(3, 2), day(4, 30))) == pay
    assert clipped(pay, period(day(3, 15), day(4, 30))).amount == Decimal("538.46")
    assert clipped(pay, period(day(4, 1), day(4, 30))) is None
    parts = within([pay], period(day(3, 2), day(3, 14))) + within([pay], period(day(3, 15), day(3, 31)))
    assert pay.amount - Decimal("0.01") <= sum(one.amount for one in parts) <= pay.amount


def test_pay_of_the_same_days_is_added_up():
    first = PayPeriod(start=day(3, 2), end=day(3, 13), amount=Decimal(100))
    second = PayPeriod(start=day(3, 10), end=day(3, 20), amount=Decimal(50))
    assert together([second, first]) == (PayPeriod(start=day(3, 2), end=day(3, 20), amount=Decimal(150)),)
