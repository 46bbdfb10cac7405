"""From a daily allowance to an estimate: the part that benefits paid by the weekday share."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from employers.benefits.claim import Claim
from employers.benefits.days import payable_dates, payable_days
from employers.benefits.estimate import Estimate, Line, ParameterUse, weakest_status
from employers.benefits.money import cents
from employers.benefits.problems import Problem
from employers.benefits.spell import Spell

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Daily:
    """A daily allowance, EUR, rounded to a cent, and the values that entered it."""

    amount: Decimal
    uses: tuple[ParameterUse, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    amount: Decimal | None
    to_employer: Decimal | None
    to_employee: Decimal | None


def estimate(claim: Claim, *, spell: Spell, daily: Daily | None, at_least: bool, problems: list[Problem]) -> Estimate:
    """`daily` is None when the income or the law is not known; without a payable day the amounts are 0.00 even then."""
    days = len(payable_dates(claim, first=spell.first_payable_day))
    sums = summed(claim, spell=spell, daily=daily, days=days)
    uses = daily.uses if daily else ()
    return Estimate(
        benefit=claim.benefit,
        daily_allowance=daily.amount if daily else None,
        payable_days=days,
        amount=sums.amount,
        to_employer=sums.to_employer,
        to_employee=sums.to_employee,
        at_least=at_least,
        waiting_period=spell.waiting_period,
        first_payable_day=spell.first_payable_day,
        deadline=spell.deadline,
        lines=lines(daily, days),
        parameters=uses,
        estimate_status=weakest_status(uses),
        problems=tuple(problems),
    )


def summed(claim: Claim, *, spell: Spell, daily: Daily | None, days: int) -> Sums:
    """The employer's part is rounded once; the employee's is the rest, so that nothing is lost between them."""
    if days == 0:
        return Sums(amount=NOTHING, to_employer=NOTHING, to_employee=NOTHING)
    if daily is None:
        return Sums(amount=None, to_employer=None, to_employee=None)
    amount = daily.amount * days
    parts = payable_days(claim, first=spell.first_payable_day, daily=daily.amount)
    to_employer = cents(sum((part.to_employer for part in parts), start=Fraction(0)))
    return Sums(amount=amount, to_employer=to_employer, to_employee=amount - to_employer)


def lines(daily: Daily | None, days: int) -> tuple[Line, ...]:
    if daily is None or days == 0:
        return ()
    quantity = Decimal(days)
    return (Line(code="daily_allowance", quantity=quantity, unit_amount=daily.amount, amount=quantity * daily.amount),)
