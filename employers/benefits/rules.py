"""Every benefit's rules behind one door: benefit -> module. A new benefit is a module and a line here."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from employers.benefits import sickness
from employers.benefits.claim import Claim, Earlier, Income
from employers.benefits.days import PayableDay
from employers.benefits.estimate import Estimate, blank
from employers.benefits.law import Law
from employers.benefits.problems import Problem, problem


class Benefit(Protocol):
    """What the module of a benefit holds. `law` is that of `law_day`, with figures confirmed later laid over it."""

    def law_day(self, claim: Claim, *, earlier: Earlier | None = None) -> date: ...

    def check(
        self, claim: Claim, *, law: Law, earlier: Earlier | None = None, submitted_on: date | None = None
    ) -> list[Problem]: ...

    def estimate(self, claim: Claim, *, law: Law, income: Income, earlier: Earlier | None = None) -> Estimate: ...

    def payable_days(
        self, claim: Claim, *, law: Law, income: Income, earlier: Earlier | None = None
    ) -> list[PayableDay]: ...

    def as_earlier(self, claim: Claim, *, law: Law, earlier: Earlier | None = None) -> Earlier: ...


BENEFITS: Mapping[str, Benefit] = {
    "sickness_allowance": sickness,
}


def law_day(claim: Claim, *, earlier: Earlier | None = None) -> date:
    """The day whose law the claim follows. Never raises; date.min, on which no law is in force, when there is none."""
    rules = BENEFITS.get(claim.benefit)
    return rules.law_day(claim, earlier=earlier) if rules else date.min


def check(claim: Claim, *, law: Law, earlier: Earlier | None = None, submitted_on: date | None = None) -> list[Problem]:
    """All problems at once; never raises. With a day of filing also what only an application needs, and lateness."""
    rules = BENEFITS.get(claim.benefit)
    if rules is None:
        return [not_supported()]
    return rules.check(claim, law=law, earlier=earlier, submitted_on=submitted_on)


def estimate(claim: Claim, *, law: Law, income: Income, earlier: Earlier | None = None) -> Estimate:
    """What the claim would give. Its problems are those of `check` without a day of filing, and an unknown income.

    The income is taken as it is: `income.check` says what is wrong with one that somebody typed.
    """
    rules = BENEFITS.get(claim.benefit)
    if rules is None:
        return blank(claim.benefit, problems=[not_supported()])
    return rules.estimate(claim, law=law, income=income, earlier=earlier)


def payable_days(claim: Claim, *, law: Law, income: Income, earlier: Earlier | None = None) -> list[PayableDay]:
    """Day by day what the estimate sums up."""
    rules = BENEFITS.get(claim.benefit)
    return rules.payable_days(claim, law=law, income=income, earlier=earlier) if rules else []


def as_earlier(claim: Claim, *, law: Law, earlier: Earlier | None = None) -> Earlier:
    """A claim as a later one sees it that continues or relapses from it. Raises LookupError without rules for it."""
    return BENEFITS[claim.benefit].as_earlier(claim, law=law, earlier=earlier)


def not_supported() -> Problem:
    return problem("benefit", "benefit_not_supported")
