"""Sickness allowance on account of an infectious disease: Sairausvakuutuslaki 1224/2004 8:1 a and 11:15.

Full loss of earnings by the monthly pay; no waiting period, no maximum, no minimum.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from employers.benefits.allowance import Rate
from employers.benefits.daily import DailyAllowance, Situation
from employers.benefits.income import wrong_amount
from employers.benefits.money import cents
from employers.benefits.problems import Problem, problem
from employers.benefits.spell import Terms

DIVISOR = "infectious.divisor"
MOST = Decimal(10_000_000)  # EUR a month; more is a slip of the keyboard


def rates(situation: Situation) -> Sequence[Rate]:
    monthly = situation.claim.details.get("monthly_pay")
    if monthly is None:
        return ()
    divisor = situation.law.use(DIVISOR)
    return [Rate(amount=cents(monthly / divisor.value), uses=(divisor,))]


def conditions(situation: Situation) -> Iterator[Problem]:
    """The physician's decision orders the absence; it may follow."""
    claim = situation.claim
    if code := wrong_amount(claim.details.get("monthly_pay"), most=MOST):
        yield problem("details.monthly_pay", code)
    if claim.certificate not in ("attached", "follows") and not claim.details.get("decision_follows"):
        yield problem("details.decision_follows", "decision_missing")


RULES = DailyAllowance(
    terms=Terms(group="infectious"), rates=rates, needs=(DIVISOR,), conditions=conditions, from_income=False
)
