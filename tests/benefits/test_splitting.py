"""One absence in one claim or in several linked ones: the same money."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from employers.benefits import rules
from employers.benefits.claim import Claim, Earlier, Income, Period
from employers.benefits.estimate import Estimate
from employers.benefits.law import Law
from tests.benefits.strategies import BY_THE_WEEKDAY, MONEY, cut, sound_claims, unhurried

CENT = Decimal("0.01")
SAID_ONCE = ("days_used", "raised_days_used", "first_benefit_day")  # what later claims inherit


def part(claim: Claim, start: date, end: date) -> Claim:
    """What of the claim lies between the days; pay periods do not cross them."""
    assert claim.absence
    first = start == claim.absence.start
    inside = {
        name: tuple(period for period in getattr(claim, name) if start <= period.start <= end)
        for name in ("pay_periods", "other_days")
    }
    details = {name: said for name, said in claim.details.items() if first or name not in SAID_ONCE}
    return replace(claim, absence=Period(start=start, end=end), details=details, **inside)


def marks_of(claim: Claim) -> list[date]:
    """Where it can be cut without cutting a pay period."""
    assert claim.absence
    return [period.start for period in claim.pay_periods if period.start > claim.absence.start]


def estimates(parts: list[Claim], income: Income) -> list[Estimate]:
    made: list[Estimate] = []
    earlier: Earlier | None = None
    for one in parts:
        law = Law.on(rules.law_day(one, earlier=earlier))
        made.append(rules.estimate(one, law=law, income=income, earlier=earlier))
        earlier = rules.as_earlier(one, law=law, earlier=earlier)
    return made


@unhurried
@given(sound_claims(most_days=60), MONEY, st.data())
def test_splitting_changes_no_amount_and_the_employers_part_by_a_cent_a_part_at_most(claim, after_deduction, data):
    assume(claim.benefit != "donor_allowance" or claim.absence.start.year < 2026)  # a sum from then on
    cuts = data.draw(st.sets(st.sampled_from(marks_of(claim)))) if marks_of(claim) else set()
    days = [(day - claim.absence.start).days for day in cuts]
    parts = [part(claim, *stretch) for stretch in cut(claim.absence.start, claim.absence.end, days)]
    income = Income(after_deduction=after_deduction)
    whole = estimates([claim], income)[0]
    made = estimates(parts, income)
    assert sum(one.payable_days for one in made) == whole.payable_days
    assert sum(one.amount for one in made) == whole.amount
    assert abs(sum(one.to_employer for one in made) - whole.to_employer) <= CENT * len(parts)


@unhurried
@given(sound_claims(most_days=60), MONEY, st.integers(1, 12))
def test_split_every_few_days(claim, after_deduction, every):
    """Pay the same each day, so that every cut is possible."""
    assume(claim.benefit != "donor_allowance" or claim.absence.start.year < 2026)
    unpaid = replace(claim, pay_periods=())
    length = (claim.absence.end - claim.absence.start).days
    stretches = cut(claim.absence.start, claim.absence.end, list(range(0, length + 1, every)))
    income = Income(after_deduction=after_deduction)
    made = estimates([part(unpaid, *stretch) for stretch in stretches], income)
    whole = estimates([unpaid], income)[0]
    assert sum(one.payable_days for one in made) == whole.payable_days
    assert sum(one.amount for one in made) == whole.amount


@unhurried
@given(sound_claims(("parental_allowance",)), MONEY)
def test_raised_days_run_out_once(claim, after_deduction):
    """Whatever the cuts: of sixteen, what was used before and what is used now."""
    unpaid = replace(claim, pay_periods=())
    parts = [part(unpaid, *stretch) for stretch in cut(claim.absence.start, claim.absence.end, [3, 9, 20])]
    made = estimates(parts, Income(after_deduction=after_deduction))
    raised = sum(int(line.quantity) for one in made for line in one.lines if line.code == "daily_allowance_raised")
    days = sum(one.payable_days for one in made)
    assert raised == min(days, max(0, 16 - claim.details.get("raised_days_used", 0)))


def test_every_benefit_by_the_weekday_is_split():
    assert len(BY_THE_WEEKDAY) == 10
    assert not any("compensation" in name or "reimbursement" in name for name in BY_THE_WEEKDAY)
