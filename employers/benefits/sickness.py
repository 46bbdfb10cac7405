"""Sickness allowance: Sairausvakuutuslaki 1224/2004, chapters 8 and 11."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from employers.benefits import absence, allowance, days, spell
from employers.benefits.allowance import Daily
from employers.benefits.claim import Claim, Earlier, Income
from employers.benefits.deadlines import moved
from employers.benefits.estimate import Estimate, ParameterUse, blank
from employers.benefits.income import after_deduction
from employers.benefits.law import Law, NotInForce
from employers.benefits.money import cents
from employers.benefits.periods import in_range
from employers.benefits.problems import Problem, problem
from employers.benefits.spell import Kind, Spell
from employers.benefits.weekdays import DAY

RATES = ("sickness.income_limit", "sickness.rate", "sickness.rate_above_limit", "sickness.divisor")
MINIMUM = "sickness.minimum"
DEDUCTION = "income.deduction"


def law_day(claim: Claim, *, earlier: Earlier | None = None) -> date:
    """The day of onset; what goes on or comes back keeps the law of its beginning: 11:2.7, 693/2024.

    A claim without an absence gets a day on which no law is in force; `check` says what is missing.
    """
    if claim.absence is None:
        return date.min
    onset = claim.absence.start
    before = spell.earlier_period(claim, earlier)
    if before is None or not in_range(onset) or not in_range(before.last_paid_day):
        return onset
    kind = spell.kind_of(onset, earlier=before, relapse_days=Law.on(onset).count("sickness.relapse_days"))
    return spell.inherited_day(before) if kind in spell.INHERITS else onset


def check(claim: Claim, *, law: Law, earlier: Earlier | None = None, submitted_on: date | None = None) -> list[Problem]:
    found = absence.check(claim)
    found.extend(problem(f"details.{name}", "unknown_field") for name in claim.details)
    if submitted_on is not None:
        found.extend(absence.missing_to_submit(claim))
    if absence.is_countable(claim):
        found.extend(against_the_law(claim, law=law, earlier=earlier, submitted_on=submitted_on))
    return found


def estimate(claim: Claim, *, law: Law, income: Income, earlier: Earlier | None = None) -> Estimate:
    problems = check(claim, law=law, earlier=earlier)
    begun = spell_of(claim, law=law, earlier=earlier)
    if begun is None:
        return blank(claim.benefit, problems=problems)
    if income.annual is None and income.after_deduction is None:
        problems.append(problem("", "income_unknown"))
    daily = daily_if_known(income, law=law)
    return allowance.estimate(claim, spell=begun, daily=daily, at_least=income.at_least, problems=problems)


def payable_days(claim: Claim, *, law: Law, income: Income, earlier: Earlier | None = None) -> list[days.PayableDay]:
    """Each payable day with its two parts; none while the daily allowance is not known."""
    begun = spell_of(claim, law=law, earlier=earlier)
    daily = daily_if_known(income, law=law)
    if begun is None or daily is None:
        return []
    return days.payable_days(claim, first=begun.first_payable_day, daily=daily.amount)


def as_earlier(claim: Claim, *, law: Law, earlier: Earlier | None = None) -> Earlier:
    """What a later claim continues or relapses from when it names this one.

    When the waiting took the whole absence, the last paid day is the one of the spell before; in a first spell there
    is none, and the day before the onset says so. Raises ValueError when the claim's days cannot be counted.
    """
    begun = spell_of(claim, law=law, earlier=earlier)
    if begun is None or claim.absence is None:
        raise ValueError("the days of the claim cannot be counted")
    before = spell.earlier_period(claim, earlier)
    dates = days.payable_dates(claim, first=begun.first_payable_day)
    unpaid = before.last_paid_day if before and begun.kind in spell.INHERITS else claim.absence.start - DAY
    return Earlier(
        last_paid_day=dates[-1] if dates else unpaid,
        period_end=claim.absence.end,
        onset=law_day(claim, earlier=earlier),
    )


def against_the_law(claim: Claim, *, law: Law, earlier: Earlier | None, submitted_on: date | None) -> Iterator[Problem]:
    begun = spell_of(claim, law=law, earlier=earlier)
    if begun is None or not all(law.knows(name) for name in (*RATES, MINIMUM, DEDUCTION)):
        yield problem("absence.start", "no_parameters_on_day", day=law.day)
    if begun is None:
        return
    if begun.kind is Kind.TOO_LONG_AGO:
        yield problem("continues_application" if claim.continues_application else "previous_paid_day", "too_long_ago")
    if not days.payable_dates(claim, first=begun.first_payable_day):
        yield problem("absence", "nothing_payable", first_payable_day=begun.first_payable_day)
    if submitted_on is not None and submitted_on > moved(begun.deadline):
        yield problem("absence.start", "late", deadline=begun.deadline, last_day=moved(begun.deadline))


def spell_of(claim: Claim, *, law: Law, earlier: Earlier | None) -> Spell | None:
    """None when the days of the claim cannot be counted or the law of the day is not known."""
    if claim.absence is None or not absence.is_countable(claim):
        return None
    try:
        return spell.begin(claim.absence.start, earlier=spell.earlier_period(claim, earlier), law=law)
    except NotInForce:
        return None


def daily_if_known(income: Income, *, law: Law) -> Daily | None:
    try:
        annual, deducted = after_deduction(income, law=law)
        return None if annual is None else daily_allowance(annual, law=law, deducted=deducted)
    except NotInForce:
        return None


def daily_allowance(annual: Decimal, *, law: Law, deducted: Sequence[ParameterUse] = ()) -> Daily:
    """EUR a weekday from annual income after the deduction: 11:1. Raises NotInForce.

    The minimum counts as used only when it lifted the amount.
    """
    limit, rate, rate_above, divisor = (law.value(name) for name in RATES)
    computed = (rate * min(annual, limit) + rate_above * max(annual - limit, Decimal(0))) / divisor
    minimum = law.use(MINIMUM)
    lifted = [minimum] if computed < minimum.value else []
    return Daily(
        amount=cents(max(computed, minimum.value)),
        uses=(*(law.use(name) for name in RATES), *lifted, *deducted),
    )
