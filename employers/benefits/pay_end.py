"""The day an employer's pay ends while the absence goes on: from the next day on the allowance is the employee's."""

from datetime import date

from employers.benefits import rules
from employers.benefits.claim import Claim
from employers.benefits.daily import DailyAllowance
from employers.benefits.deadlines import add_months
from employers.benefits.law import Law
from employers.benefits.weekdays import DAY, days_between, is_weekday


def pay_ends(claim: Claim) -> date | None:
    """The last day of pay where weekdays of the absence follow it and pay does not go on.

    None for a claim whose allowance the employee gets anyway, and for benefits that are not paid by the day.
    """
    if claim.absence is None or claim.pay_continues_from or claim.pay_basis == "difference":
        return None
    last = last_paid(claim)
    if last is None or not isinstance(rules.BENEFITS.get(claim.benefit), DailyAllowance):
        return None
    return last if any(is_weekday(day) for day in days_between(last + DAY, claim.absence.end)) else None


def last_paid(claim: Claim) -> date | None:
    return max((period.end for period in claim.pay_periods), default=None)


def may_report(claim: Claim) -> bool:
    """Further pay belongs to this claim while it says that pay goes on, or while the absence outlasts the pay."""
    if claim.absence is None or not isinstance(rules.BENEFITS.get(claim.benefit), DailyAllowance):
        return False
    last = last_paid(claim)
    return claim.pay_continues_from is not None or last is None or last < claim.absence.end


def apply_by(benefit: str, *, after: date, law: Law) -> date | None:
    """The last day on which the employee applies in time for the days after `after`: counted from the end of the
    period that was paid. Raises NotInForce."""
    declared = rules.BENEFITS.get(benefit)
    if not isinstance(declared, DailyAllowance):
        return None
    return add_months(after, law.count(declared.terms.deadline))
