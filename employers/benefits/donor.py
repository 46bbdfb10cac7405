"""Donor allowance: Sairausvakuutuslaki 1224/2004, chapters 8 and 11; act 101/2001 18 §.

Until 2025 by the sickness formula as it stood in 2024 (693/2024, transitional clause); from 2026 the earnings lost.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from employers.benefits import days, scale, spell
from employers.benefits.allowance import Rate
from employers.benefits.claim import Claim, Earlier, Income
from employers.benefits.daily import DailyAllowance, Situation
from employers.benefits.estimate import Estimate, Line, ParameterUse, Sums, blank, weakest_status
from employers.benefits.income import wrong_amount
from employers.benefits.law import Law
from employers.benefits.money import cents
from employers.benefits.problems import Problem, problem
from employers.benefits.scale import Scale
from employers.benefits.spell import Terms

FULL_LOSS_FROM = date(2026, 1, 1)
SHARE = "donor.share_of_loss"
TERMS = Terms(group="donor")
SCALE = Scale(
    limits=("donor.income_limit",),
    shares=("donor.rate", "donor.rate_above_limit"),
    divisor="sickness.divisor",
    minimum="sickness.minimum",
)
MOST = Decimal(100_000_000)  # EUR; more is a slip of the keyboard
NOTHING = Decimal("0.00")


def rates_before_2026(situation: Situation) -> Sequence[Rate]:
    assert situation.income is not None
    return [scale.rate(situation.income, scale=SCALE, law=situation.law, deducted=situation.deducted)]


def conditions_from_2026(situation: Situation) -> Iterator[Problem]:
    lost = situation.claim.details.get("earnings_lost")
    if lost is None:
        yield problem("details.earnings_lost", "required")
    elif code := wrong_amount(lost, most=MOST):
        yield problem("details.earnings_lost", code)


class FullLoss(DailyAllowance):
    """No daily allowance: the earnings lost over the payable days, to the employer what it paid for them."""

    def estimate(self, claim: Claim, *, law: Law, income: Income, earlier: Earlier | None = None) -> Estimate:
        problems = self.check(claim, law=law, earlier=earlier)
        begun = self._spell(claim, law=law, earlier=earlier)
        if begun is None or not law.knows(SHARE):
            return blank(claim.benefit, problems=problems)
        sums = self.sums(claim, law=law, income=income, earlier=earlier)
        uses = (law.use(SHARE),) if sums.amount else ()
        return Estimate(
            benefit=claim.benefit,
            daily_allowance=None,
            payable_days=len(days.payable_dates(claim, first=begun.first_payable_day)),
            amount=sums.amount,
            to_employer=sums.to_employer,
            to_employee=sums.to_employee,
            at_least=False,
            waiting_period=None,
            first_payable_day=begun.first_payable_day,
            deadline=begun.deadline,
            lines=lines(sums.amount, uses),
            parameters=uses,
            estimate_status=weakest_status(uses),
            problems=tuple(problems),
        )

    def sums(self, claim: Claim, *, law: Law, income: Income, earlier: Earlier | None = None) -> Sums:
        begun, lost = self._spell(claim, law=law, earlier=earlier), claim.details.get("earnings_lost")
        if begun is None or lost is None:
            return Sums(amount=None, to_employer=None, to_employee=None)
        dates = days.payable_dates(claim, first=begun.first_payable_day)
        amount = lost if dates else NOTHING
        to_employer = min(amount, paid_for(claim, dates))
        return Sums(amount=amount, to_employer=to_employer, to_employee=amount - to_employer)


def paid_for(claim: Claim, dates: Sequence[date]) -> Decimal:
    pay = days.pay_by_day(claim)
    return cents(sum((pay.get(day, Fraction(0)) for day in dates), start=Fraction(0)))


def lines(amount: Decimal | None, uses: Sequence[ParameterUse]) -> tuple[Line, ...]:
    if not amount or not uses:
        return ()
    return (Line(code="earnings_lost", quantity=Decimal(1), unit="compensation", unit_amount=amount, amount=amount),)


UNTIL_2025 = DailyAllowance(terms=TERMS, rates=rates_before_2026, needs=SCALE.needs)
FROM_2026 = FullLoss(
    terms=TERMS, rates=lambda _situation: (), needs=(SHARE,), conditions=conditions_from_2026, from_income=False
)


@dataclass(frozen=True, slots=True)
class Donor:
    """The one or the other, by the day of entitlement."""

    def law_day(self, claim: Claim, *, earlier: Earlier | None = None) -> date:
        return spell.law_day(claim, terms=TERMS, earlier=earlier)

    def check(self, claim: Claim, *, law: Law, earlier: Earlier | None = None, **filed: Any) -> list[Problem]:
        return self._of(law).check(claim, law=law, earlier=earlier, **filed)

    def estimate(self, claim: Claim, *, law: Law, income: Income, earlier: Earlier | None = None) -> Estimate:
        return self._of(law).estimate(claim, law=law, income=income, earlier=earlier)

    def sums(self, claim: Claim, *, law: Law, income: Income, earlier: Earlier | None = None) -> Sums:
        return self._of(law).sums(claim, law=law, income=income, earlier=earlier)

    def income_days(self, claim: Claim, *, law: Law, earlier: Earlier | None = None) -> list[date]:
        return UNTIL_2025.income_days(claim, law=law, earlier=earlier)

    def inherits(self, claim: Claim, *, law: Law, earlier: Earlier) -> bool:
        return UNTIL_2025.inherits(claim, law=law, earlier=earlier)

    def as_earlier(self, claim: Claim, *, law: Law, earlier: Earlier | None = None) -> Earlier:
        return self._of(law).as_earlier(claim, law=law, earlier=earlier)

    def _of(self, law: Law) -> DailyAllowance:
        return FROM_2026 if law.day >= FULL_LOSS_FROM else UNTIL_2025


RULES = Donor()
