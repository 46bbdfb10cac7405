"""A benefit paid as a sum: what its module declares, turned into lines and problems."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from employers.benefits import absence, common
from employers.benefits.claim import Claim, Earlier, Income, Paid
from employers.benefits.deadlines import moved
from employers.benefits.estimate import Estimate, Line, ParameterUse, Sums, blank, weakest_status
from employers.benefits.income import DEDUCTION, after_deduction
from employers.benefits.law import Law, NotInForce
from employers.benefits.problems import Problem, errors, problem

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """The lines of an estimate, and the values that entered them."""

    lines: tuple[Line, ...]
    uses: tuple[ParameterUse, ...]

    @property
    def amount(self) -> Decimal:
        return sum((line.amount for line in self.lines), start=NOTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What a sum is reckoned from. `income` is after the deduction; None: not known, or not needed."""

    claim: Claim
    law: Law
    income: Decimal | None = None
    deducted: Sequence[ParameterUse] = ()
    submitted_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compensation:
    """`begins`: the day whose law applies; None while the claim does not tell. `deadlines`: places in the claim with
    the day until which each may be applied for, not moved off days off. `reckon` may raise NotInForce."""

    begins: Callable[[Claim], date | None]
    begins_at: str
    deadlines: Callable[[Claim, Law], Iterable[tuple[str, date]]]
    reckon: Callable[[Matter], Reckoning]
    conditions: Callable[[Matter], Iterable[Problem]]
    needs: tuple[str, ...]
    from_income: bool = False
    foreign: tuple[str, ...] = ()

    def law_day(self, claim: Claim, *, earlier: Earlier | None = None) -> date:
        """date.min, on which no law is in force, while the claim does not tell."""
        return self.begins(claim) or date.min

    def check(
        self,
        claim: Claim,
        *,
        law: Law,
        earlier: Earlier | None = None,
        submitted_on: date | None = None,
        paid: Sequence[Paid] = (),
    ) -> list[Problem]:
        filing = submitted_on is not None
        if "absence" in self.foreign:
            found = common.check(claim, filing=filing, foreign=self.foreign)
        else:
            found = absence.check(claim, filing=filing)
        with suppress(NotInForce):
            found.extend(self.conditions(Matter(claim=claim, law=law, submitted_on=submitted_on)))
        if self.begins(claim) and not all(law.knows(name) for name in self._needed()):
            found.append(problem(self.begins_at, "no_parameters_on_day", day=law.day))
        if submitted_on is not None:
            with suppress(NotInForce):
                found.extend(late(self.deadlines(claim, law), submitted_on=submitted_on))
        return found

    def estimate(self, claim: Claim, *, law: Law, income: Income, earlier: Earlier | None = None) -> Estimate:
        """Nothing is reckoned from a claim with errors."""
        problems = self.check(claim, law=law)
        if errors(problems):
            return blank(claim.benefit, problems=problems)
        if self.from_income and income.annual is None and income.after_deduction is None:
            problems.append(problem("", "income_unknown"))
        reckoned = self._reckoned(claim, law=law, income=income)
        return Estimate(
            benefit=claim.benefit,
            daily_allowance=None,
            payable_days=0,
            amount=reckoned.amount if reckoned else None,
            to_employer=reckoned.amount if reckoned else None,
            to_employee=NOTHING if reckoned else None,
            at_least=income.at_least and self.from_income,
            waiting_period=None,
            first_payable_day=None,
            deadline=self._deadline(claim, law=law),
            lines=reckoned.lines if reckoned else (),
            parameters=reckoned.uses if reckoned else (),
            estimate_status=weakest_status(reckoned.uses if reckoned else ()),
            problems=tuple(problems),
        )

    def sums(self, claim: Claim, *, law: Law, income: Income, earlier: Earlier | None = None) -> Sums:
        """What the estimate comes to, without the checks: all of it to the employer."""
        reckoned = self._reckoned(claim, law=law, income=income)
        if reckoned is None:
            return Sums(amount=None, to_employer=None, to_employee=None)
        return Sums(amount=reckoned.amount, to_employer=reckoned.amount, to_employee=NOTHING)

    def income_days(self, claim: Claim, *, law: Law, earlier: Earlier | None = None) -> list[date]:
        return [self.law_day(claim)]

    def inherits(self, claim: Claim, *, law: Law, earlier: Earlier) -> bool:
        return False

    def as_earlier(self, claim: Claim, *, law: Law, earlier: Earlier | None = None) -> Earlier:
        raise ValueError("a sum is not continued")

    def _needed(self) -> tuple[str, ...]:
        return (*self.needs, DEDUCTION) if self.from_income else self.needs

    def _reckoned(self, claim: Claim, *, law: Law, income: Income) -> Reckoning | None:
        """None where the income or a value of the law is not known."""
        try:
            annual, deducted = after_deduction(income, law=law) if self.from_income else (None, [])
            if annual is None and self.from_income:
                return None
            return self.reckon(Matter(claim=claim, law=law, income=annual, deducted=deducted))
        except NotInForce:
            return None

    def _deadline(self, claim: Claim, *, law: Law) -> date | None:
        """The first of them."""
        try:
            return min((day for _place, day in self.deadlines(claim, law)), default=None)
        except NotInForce:
            return None


def late(deadlines: Iterable[tuple[str, date]], *, submitted_on: date) -> Iterator[Problem]:
    for place, deadline in deadlines:
        if submitted_on > moved(deadline):
            yield problem(place, "late", deadline=deadline, last_day=moved(deadline))
