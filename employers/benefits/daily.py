"""A benefit paid by the weekday: what its module declares, turned into days, amounts and problems."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from employers.benefits import absence, allowance, common, days, spell
from employers.benefits.allowance import Rate
from employers.benefits.claim import Claim, Earlier, Income, Paid
from employers.benefits.deadlines import moved
from employers.benefits.estimate import Estimate, ParameterUse, Sums, blank
from employers.benefits.income import DEDUCTION, after_deduction
from employers.benefits.law import Law, NotInForce
from employers.benefits.problems import Problem, problem
from employers.benefits.spell import Kind, Spell, Terms
from employers.benefits.weekdays import DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What the rates and conditions of a benefit look at. `income` is after the deduction; None: not known."""

    claim: Claim
    law: Law
    earlier: Earlier | None = None
    income: Decimal | None = None
    deducted: Sequence[ParameterUse] = ()
    dates: Sequence[date] = ()  # payable
    paid: Sequence[Paid] = ()  # what was paid in the two years before, as far as it is known


def nothing(_situation: Situation) -> Iterable[Problem]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyAllowance:
    """`rates` may raise NotInForce; `needs` are the parameters without which no amount can be told."""

    terms: Terms
    rates: Callable[[Situation], Sequence[Rate]]
    needs: tuple[str, ...]
    conditions: Callable[[Situation], Iterable[Problem]] = nothing
    counts: Callable[[Claim, Earlier | None, int], dict[str, int]] = lambda _claim, _earlier, _days: {}
    from_income: bool = True
    full_pay_only: bool = False

    def law_day(self, claim: Claim, *, earlier: Earlier | None = None) -> date:
        return spell.law_day(claim, terms=self.terms, earlier=earlier)

    def check(
        self,
        claim: Claim,
        *,
        law: Law,
        earlier: Earlier | None = None,
        submitted_on: date | None = None,
        paid: Sequence[Paid] = (),
    ) -> list[Problem]:
        found = absence.check(claim, filing=submitted_on is not None)
        if self.full_pay_only and claim.pay_basis in ("part", "difference"):
            found.append(problem("pay_basis", "full_pay_needed"))
        elif claim.pay_basis == "difference":
            found.append(problem("pay_basis", "difference_only"))
        if absence.is_countable(claim):
            begun = self._spell(claim, law=law, earlier=earlier)
            found.extend(self._against_the_law(claim, begun=begun, law=law, submitted_on=submitted_on))
            dates = days.payable_dates(claim, first=begun.first_payable_day) if begun else []
            found.extend(self._met(Situation(claim=claim, law=law, earlier=earlier, dates=dates, paid=paid)))
        return found

    def estimate(self, claim: Claim, *, law: Law, income: Income, earlier: Earlier | None = None) -> Estimate:
        problems = self.check(claim, law=law, earlier=earlier)
        begun = self._spell(claim, law=law, earlier=earlier)
        if begun is None:
            return blank(claim.benefit, problems=problems)
        if self.from_income and income.annual is None and income.after_deduction is None:
            problems.append(problem("", "income_unknown"))
        dates = days.payable_dates(claim, first=begun.first_payable_day)
        rates = self._rates(claim, law=law, income=income, earlier=earlier)
        return allowance.estimate(
            claim, spell=begun, dates=dates, rates=rates, at_least=income.at_least, problems=problems
        )

    def sums(self, claim: Claim, *, law: Law, income: Income, earlier: Earlier | None = None) -> Sums:
        """What the estimate comes to, without the checks."""
        begun = self._spell(claim, law=law, earlier=earlier)
        dates = days.payable_dates(claim, first=begun.first_payable_day) if begun else []
        rates = self._rates(claim, law=law, income=income, earlier=earlier) if begun else ()
        return allowance.summed(claim, dates=dates, rates=rates)

    def income_days(self, claim: Claim, *, law: Law, earlier: Earlier | None = None) -> list[date]:
        """The days before which income counts; of several the greatest. A relapse keeps at least the earlier income:
        11:2.7. Raises NotInForce."""
        first = self.law_day(claim, earlier=earlier)
        if claim.absence is None:
            return [first]
        onset, before = claim.absence.start, spell.earlier_period(claim, earlier)
        kind = spell.kind_of(onset, terms=self.terms, earlier=before, law=law)
        return [first, onset] if kind is Kind.RELAPSE else [first]

    def inherits(self, claim: Claim, *, law: Law, earlier: Earlier) -> bool:
        """Whether the claim goes on or comes back from the earlier period. Raises NotInForce."""
        return claim.absence is not None and spell.inherits(
            claim.absence.start, terms=self.terms, earlier=earlier, law=law
        )

    def as_earlier(self, claim: Claim, *, law: Law, earlier: Earlier | None = None) -> Earlier:
        """What a later claim continues or relapses from when it names this one.

        When the waiting took the whole absence, the last paid day is the one of the spell before; in a first spell
        there is none, and the day before the onset says so. Raises ValueError when the days cannot be counted.
        """
        begun = self._spell(claim, law=law, earlier=earlier)
        if begun is None or claim.absence is None:
            raise ValueError("the days of the claim cannot be counted")
        before = spell.earlier_period(claim, earlier)
        dates = days.payable_dates(claim, first=begun.first_payable_day)
        unpaid = before.last_paid_day if before and begun.kind in spell.INHERITS else claim.absence.start - DAY
        return Earlier(
            last_paid_day=dates[-1] if dates else unpaid,
            period_end=claim.absence.end,
            onset=self.law_day(claim, earlier=earlier),
            group=self.terms.group,
            wait=before.wait if before and begun.kind is Kind.CONTINUATION else self.terms.wait(claim).value,
            **self.counts(claim, earlier, len(dates)),
        )

    def _against_the_law(
        self, claim: Claim, *, begun: Spell | None, law: Law, submitted_on: date | None
    ) -> Iterator[Problem]:
        if begun is None or not all(law.knows(name) for name in self._needed()):
            yield problem("absence.start", "no_parameters_on_day", day=law.day)
        if begun is None:
            return
        if begun.kind is Kind.TOO_LONG_AGO:
            field = "continues_application" if claim.continues_application else "previous_paid_day"
            yield problem(field, "too_long_ago")
        if not days.payable_dates(claim, first=begun.first_payable_day):
            yield problem("absence", "nothing_payable", first_payable_day=begun.first_payable_day)
        if submitted_on is not None and submitted_on > moved(begun.deadline):
            yield problem("absence.start", "late", deadline=begun.deadline, last_day=moved(begun.deadline))

    def _met(self, situation: Situation) -> Iterator[Problem]:
        """A condition that the law of the day does not set yet is none: `no_parameters_on_day` says so."""
        if any(common.days_out_of_range(situation.claim)):
            return
        with suppress(NotInForce):
            yield from self.conditions(situation)

    def _needed(self) -> tuple[str, ...]:
        return (*self.needs, DEDUCTION) if self.from_income else self.needs

    def _spell(self, claim: Claim, *, law: Law, earlier: Earlier | None) -> Spell | None:
        """None when the days of the claim cannot be counted or the law of the day is not known."""
        if claim.absence is None or not absence.is_countable(claim):
            return None
        try:
            return spell.begin(claim, absence=claim.absence, terms=self.terms, earlier=earlier, law=law)
        except NotInForce:
            return None

    def _rates(self, claim: Claim, *, law: Law, income: Income, earlier: Earlier | None) -> Sequence[Rate]:
        """Empty where the income or the law of the day is not known."""
        try:
            annual, deducted = after_deduction(income, law=law) if self.from_income else (None, [])
            if annual is None and self.from_income:
                return ()
            return self.rates(Situation(claim=claim, law=law, earlier=earlier, income=annual, deducted=deducted))
        except NotInForce:
            return ()
