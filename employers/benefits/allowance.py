"""From what is paid a weekday to an estimate: the part that benefits paid by the weekday share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from employers.benefits import days
from employers.benefits.claim import Claim
from employers.benefits.estimate import Estimate, Line, ParameterUse, Sums, weakest_status
from employers.benefits.money import cents
from employers.benefits.problems import Problem
from employers.benefits.spell import Spell

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A daily allowance, EUR, rounded to a cent, with the values that entered it; for `days` days, then the next."""

    amount: Decimal
    uses: tuple[ParameterUse, ...]
    code: str = "daily_allowance"
    days: int | None = None


def estimate(
    claim: Claim,
    *,
    spell: Spell,
    dates: Sequence[date],
    rates: Sequence[Rate],
    at_least: bool,
    problems: Sequence[Problem],
) -> Estimate:
    """No `rates`: the income or the law is not known; without a payable day the amounts are 0.00 even then."""
    used = shares(rates, len(dates)) or [(rate, 0) for rate in rates[:1]]
    sums = summed(claim, dates=dates, rates=rates)
    uses = tuple({use.name: use for rate, _taken in used for use in rate.uses}.values())
    return Estimate(
        benefit=claim.benefit,
        daily_allowance=used[0][0].amount if used else None,
        payable_days=len(dates),
        amount=sums.amount,
        to_employer=sums.to_employer,
        to_employee=sums.to_employee,
        at_least=at_least,
        waiting_period=spell.waiting_period,
        first_payable_day=spell.first_payable_day,
        deadline=spell.deadline,
        lines=tuple(line(rate, Decimal(taken)) for rate, taken in used if taken),
        parameters=uses,
        estimate_status=weakest_status(uses),
        problems=tuple(problems),
    )


def shares(rates: Sequence[Rate], left: int) -> list[tuple[Rate, int]]:
    """How many of the days each rate has: the first as many as it may, the next from there on."""
    found = []
    for rate in rates:
        taken = left if rate.days is None else min(left, rate.days)
        if taken > 0:
            found.append((rate, taken))
        left -= taken
    return found


def by_day(rates: Sequence[Rate], count: int) -> list[Decimal]:
    return [rate.amount for rate, taken in shares(rates, count) for _ in range(taken)]


def summed(claim: Claim, *, dates: Sequence[date], rates: Sequence[Rate]) -> Sums:
    """The employer's part is rounded once; the employee's is the rest, so that nothing is lost between them."""
    if not dates:
        return Sums(amount=NOTHING, to_employer=NOTHING, to_employee=NOTHING)
    if not rates:
        return Sums(amount=None, to_employer=None, to_employee=None)
    amounts = by_day(rates, len(dates))
    amount = sum(amounts, start=NOTHING)
    to_employer = cents(days.to_employer(claim, dates=dates, amounts=amounts))
    return Sums(amount=amount, to_employer=to_employer, to_employee=amount - to_employer)


def line(rate: Rate, count: Decimal) -> Line:
    return Line(code=rate.code, quantity=count, unit="weekday", unit_amount=rate.amount, amount=count * rate.amount)
