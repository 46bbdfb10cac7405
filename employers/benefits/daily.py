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
from employers.benefits.problems import Problem, errors, problem
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A claim's days, counted once for all that ask. `periods`: what is wrong with them; `begun`: None where they
    cannot be counted or the law of the day is not known; `dates`: payable."""

    periods: Sequence[Problem]
    is_sound: bool
    begun: Spell | None
    dates: Sequence[date]


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
        counted = self._counted(claim, law=law, earlier=earlier)
        situation = Situation(claim=claim, law=law, earlier=earlier, dates=counted.dates, paid=paid)
        return self._found(situation, counted, submitted_on=submitted_on)

    def estimate(self, claim: Claim, *, law: Law, income: Income, earlier: Earlier | None = None) -> Estimate:
        counted = self._counted(claim, law=law, earlier=earlier)
        situation = Situation(claim=claim, law=law, earlier=earlier, dates=counted.dates)
        problems = self._found(situation, counted, submitted_on=None)
        if counted.begun is None:
            return blank(claim.benefit, problems=problems)
        if self.from_income and income.annual is None and income.after_deduction is None:
            problems.append(problem("", "income_unknown"))
        rates = self._rates(claim, law=law, income=income, earlier=earlier)
        return allowance.estimate(
            claim, spell=counted.begun, dates=counted.dates, rates=rates, at_least=income.at_least, problems=problems
        )

    def sums(self, claim: Claim, *, law: Law, income: Income, earlier: Earlier | None = None) -> Sums:
        """What the estimate comes to, without the checks."""
        counted = self._counted(claim, law=law, earlier=earlier)
        rates = self._rates(claim, law=law, income=income, earlier=earlier) if counted.begun else ()
        return allowance.summed(claim, dates=counted.dates, rates=rates)

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
        counted = self._counted(claim, law=law, earlier=earlier)
        begun, dates = counted.begun, counted.dates
        if begun is None or claim.absence is None:
            raise ValueError("the days of the claim cannot be counted")
        before = spell.earlier_period(claim, earlier)
        unpaid = before.last_paid_day if before and begun.kind in spell.INHERITS else claim.absence.start - DAY
        return Earlier(
            last_paid_day=dates[-1] if dates else unpaid,
            period_end=claim.absence.end,
            onset=self.law_day(claim, earlier=earlier),
            group=self.terms.group,
            wait=before.wait if before and begun.kind is Kind.CONTINUATION else self.terms.wait(claim).value,
            **self.counts(claim, earlier, len(dates)),
        )

    def _found(self, situation: Situation, counted: Counted, *, submitted_on: date | None) -> list[Problem]:
        claim = situation.claim
        found = absence.check(claim, filing=submitted_on is not None, periods=counted.periods)
        if self.full_pay_only and claim.pay_basis in ("part", "difference"):
            found.append(problem("pay_basis", "full_pay_needed"))
        elif claim.pay_basis == "difference":
            found.append(problem("pay_basis", "difference_only"))
        if counted.is_sound:
            found.extend(self._against_the_law(claim, counted, law=situation.law, submitted_on=submitted_on))
            found.extend(self._met(situation))
        return found

    def _against_the_law(
        self, claim: Claim, counted: Counted, *, law: Law, submitted_on: date | None
    ) -> Iterator[Problem]:
        begun = counted.begun
        if begun is None or not all(map(law.knows, self._needed())):
            yield problem("absence.start", "no_parameters_on_day", day=law.day)
        if begun is None:
            return
        if begun.kind is Kind.TOO_LONG_AGO:
            field = "continues_application" if claim.continues_application else "previous_paid_day"
            yield problem(field, "too_long_ago")
        if not counted.dates:
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
        return self._counted(claim, law=law, earlier=earlier).begun

    def _counted(self, claim: Claim, *, law: Law, earlier: Earlier | None) -> Counted:
        periods, begun = absence.period_problems(claim), None
        is_sound = claim.absence is not None and not errors(periods)
        if claim.absence is not None and is_sound:
            with suppress(NotInForce):
                begun = spell.begin(claim, absence=claim.absence, terms=self.terms, earlier=earlier, law=law)
        dates = days.payable_dates(claim, first=begun.first_payable_day) if begun else []
        return Counted(periods=periods, is_sound=is_sound, begun=begun, dates=dates)

    def _rates(self, claim: Claim, *, law: Law, income: Income, earlier: Earlier | None) -> Sequence[Rate]:
        """Empty where the income or the law of the day is not known."""
        try:
            annual, deducted = after_deduction(income, law=law) if self.from_income else (None, [])
            if annual is None and self.from_income:
                return ()
            return self.rates(Situation(claim=claim, law=law, earlier=earlier, income=annual, deducted=deducted))
        except NotInForce:
            return ()
