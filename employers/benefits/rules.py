"""Every benefit's rules behind one door: benefit -> what its module declares. A new benefit is a line here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Protocol

from employers.benefits import (
    annual_leave,
    donor,
    family_leave,
    infectious_disease,
    occupational_health,
    parental,
    partial_sickness,
    pregnancy,
    rehabilitation,
    sickness,
    special_pregnancy,
)
from employers.benefits.claim import Claim, Earlier, Income, Paid
from employers.benefits.estimate import Bounds, Estimate, ParameterUse, Range, Sums, blank
from employers.benefits.law import Law, NotInForce
from employers.benefits.problems import Problem, problem


class Benefit(Protocol):
    """What the module of a benefit declares. `law` is that of `law_day`, with figures confirmed later laid over it."""

    def law_day(self, claim: Claim, *, earlier: Earlier | None = None) -> date: ...

    def check(
        self,
        claim: Claim,
        *,
        law: Law,
        earlier: Earlier | None = None,
        submitted_on: date | None = None,
        paid: Sequence[Paid] = (),
    ) -> list[Problem]: ...

    def estimate(self, claim: Claim, *, law: Law, income: Income, earlier: Earlier | None = None) -> Estimate: ...

    def sums(self, claim: Claim, *, law: Law, income: Income, earlier: Earlier | None = None) -> Sums: ...

    def income_days(self, claim: Claim, *, law: Law, earlier: Earlier | None = None) -> list[date]: ...

    def inherits(self, claim: Claim, *, law: Law, earlier: Earlier) -> bool: ...

    def as_earlier(self, claim: Claim, *, law: Law, earlier: Earlier | None = None) -> Earlier: ...


BENEFITS: Mapping[str, Benefit] = {
    "sickness_allowance": sickness.RULES,
    "partial_sickness_allowance": partial_sickness.RULES,
    "pregnancy_allowance": pregnancy.RULES,
    "special_pregnancy_allowance": special_pregnancy.RULES,
    "parental_allowance": parental.RULES,
    "partial_parental_allowance": parental.PARTIAL,
    "rehabilitation_allowance": rehabilitation.RULES,
    "partial_rehabilitation_allowance": rehabilitation.PARTIAL,
    "infectious_disease_allowance": infectious_disease.RULES,
    "donor_allowance": donor.RULES,
    "family_leave_compensation": family_leave.RULES,
    "annual_leave_compensation": annual_leave.RULES,
    "occupational_health_reimbursement": occupational_health.RULES,
}

# Those whose days of two years count towards a maximum.
WITH_MAXIMUM = (sickness.BENEFIT, partial_sickness.BENEFIT)


def law_day(claim: Claim, *, earlier: Earlier | None = None) -> date:
    """The day whose law the claim follows. Never raises; date.min, on which no law is in force, when there is none."""
    rules = BENEFITS.get(claim.benefit)
    return rules.law_day(claim, earlier=earlier) if rules else date.min


def check(
    claim: Claim,
    *,
    law: Law,
    earlier: Earlier | None = None,
    submitted_on: date | None = None,
    paid: Sequence[Paid] = (),
) -> list[Problem]:
    """All problems at once; never raises. With a day of filing also what only an application needs, and lateness.

    `paid`: what the portal knows was paid to the employer for the person in the two years before.
    """
    rules = BENEFITS.get(claim.benefit)
    if rules is None:
        return [not_supported()]
    return rules.check(claim, law=law, earlier=earlier, submitted_on=submitted_on, paid=paid)


def estimate(claim: Claim, *, law: Law, income: Income, earlier: Earlier | None = None) -> Estimate:
    """What the claim would give. Its problems are those of `check` without a day of filing, and an unknown income.

    The income is taken as it is: `income.check` says what is wrong with one that somebody typed. Where a value is not
    official, `range` says between what the amounts could fall.
    """
    rules = BENEFITS.get(claim.benefit)
    if rules is None:
        return blank(claim.benefit, problems=[not_supported()])
    made = rules.estimate(claim, law=law, income=income, earlier=earlier)
    within = [rules.sums(claim, law=one, income=income, earlier=earlier) for one in laws_within(law, made.parameters)]
    return replace(made, range=range_of([made, *within])) if within and made.amount is not None else made


def worth(claim: Claim, *, law: Law, income: Income, earlier: Earlier | None = None) -> Estimate:
    """The same without a range, for whoever reckons thousands and shows a sum alone. Raises LookupError without rules
    for the claim."""
    return BENEFITS[claim.benefit].estimate(claim, law=law, income=income, earlier=earlier)


def income_days(claim: Claim, *, law: Law, earlier: Earlier | None = None) -> list[date]:
    """The days before which income counts; of several the greatest. Never raises."""
    rules = BENEFITS.get(claim.benefit)
    try:
        return rules.income_days(claim, law=law, earlier=earlier) if rules else []
    except NotInForce:
        return [law_day(claim, earlier=earlier)]


def inherits(claim: Claim, *, law: Law, earlier: Earlier) -> bool:
    """Whether the claim goes on or comes back from an earlier one. Never raises."""
    rules = BENEFITS.get(claim.benefit)
    try:
        return rules is not None and rules.inherits(claim, law=law, earlier=earlier)
    except NotInForce:
        return False


def as_earlier(claim: Claim, *, law: Law, earlier: Earlier | None = None) -> Earlier:
    """A claim as a later one sees it that continues or relapses from it.

    Raises LookupError without rules for it, ValueError when there are no days that could go on.
    """
    return BENEFITS[claim.benefit].as_earlier(claim, law=law, earlier=earlier)


def not_supported() -> Problem:
    return problem("benefit", "benefit_not_supported")


def laws_within(law: Law, uses: Iterable[ParameterUse]) -> list[Law]:
    """The law with each value that is not official at either end of where it could fall."""
    unsure = [use for use in uses if use.low is not None and use.high is not None]
    ends = [[replace(use, value=end) for end in (use.low, use.high) if end is not None] for use in unsure]
    return [law.instead({use.name: use for use in chosen}) for chosen in product(*ends)] if unsure else []


def range_of(estimates: Sequence[Estimate | Sums]) -> Range:
    amounts = [made.amount for made in estimates if made.amount is not None]
    shares = [made.to_employer for made in estimates if made.to_employer is not None]
    return Range(
        amount=Bounds(low=min(amounts), high=max(amounts)), to_employer=Bounds(low=min(shares), high=max(shares))
    )
