"""What an application for occupational health care costs has to meet: Sairausvakuutuslaki 1224/2004, chapter 13."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from employers.benefits.claim import Claim, Period
from employers.benefits.compensation import Matter
from employers.benefits.deadlines import add_months
from employers.benefits.income import wrong_amount
from employers.benefits.periods import in_range, is_reversed
from employers.benefits.problems import Problem, problem

CEILING = "occupational_health.ceiling"
CONFIRMED = ("official", "derived")
PERIOD, COSTS = "details.accounting_period", "details.costs"
BASE_FEE = "base_fee"
MOST = Decimal(10_000_000_000)  # EUR; more is a slip of the keyboard
NOTHING = Decimal(0)


def conditions(matter: Matter) -> Iterator[Problem]:
    claim = matter.claim
    yield from cost_problems(claim)
    yield from income_problems(claim)
    if claim.details.get("employees") == 0:
        yield problem("details.employees", "no_employees")
    if matter.submitted_on is not None:
        yield from arranged(claim)
    period = accounting_period(claim)
    if period:
        yield from period_problems(period, matter)


def accounting_period(claim: Claim) -> Period | None:
    said: Mapping[str, Any] = claim.details.get("accounting_period") or {}
    start, end = said.get("start"), said.get("end")
    return Period(start=start, end=end) if isinstance(start, date) and isinstance(end, date) else None


def gross_costs(claim: Claim, name: str) -> Decimal:
    return sum((cost["amount"] for cost in said_costs(claim) if cost.get("class") == name), start=NOTHING)


def said_costs(claim: Claim) -> list[Mapping[str, Any]]:
    """Those with an amount."""
    return [cost for cost in claim.details.get("costs") or () if cost.get("amount") is not None]


def period_problems(period: Period, matter: Matter) -> Iterator[Problem]:
    out = [name for name, day in (("start", period.start), ("end", period.end)) if not in_range(day)]
    yield from (problem(f"{PERIOD}.{name}", "date_out_of_range") for name in out)
    if is_reversed(period):
        yield problem(f"{PERIOD}.end", "before_start")
    if out or is_reversed(period):
        return
    most = matter.law.count("occupational_health.longest_period_months")
    if period.end >= add_months(period.start, most):
        yield problem(PERIOD, "accounting_period_too_long", most=most)
    if matter.submitted_on is not None and matter.submitted_on <= period.end and matter.submitted_on != date.min:
        yield problem(f"{PERIOD}.end", "period_not_ended")
    yield from ceiling(matter)


def ceiling(matter: Matter) -> Iterator[Problem]:
    """The ceiling is confirmed after the year: until then no amount is final."""
    law = matter.law
    if not law.knows(CEILING) or law.use(CEILING).status not in CONFIRMED:
        yield problem(PERIOD, "ceiling_not_confirmed", year=str(law.day.year))


def cost_problems(claim: Claim) -> Iterator[Problem]:
    """Base fees alone are no care: there have to be visits, hours or examinations."""
    for index, cost in enumerate(claim.details.get("costs") or ()):
        if code := wrong_amount(cost.get("amount"), most=MOST):
            yield problem(f"{COSTS}.{index}.amount", code)
    kinds = {cost.get("kind") for cost in said_costs(claim) if cost["amount"] > 0}
    if kinds == {BASE_FEE}:
        yield problem(COSTS, "base_fees_alone")


def income_problems(claim: Claim) -> Iterator[Problem]:
    income: Mapping[str, Any] = claim.details.get("deductible_income") or {}
    for name, amount in income.items():
        if code := wrong_amount(amount, most=MOST):
            yield problem(f"details.deductible_income.{name}", code)
        elif amount > max(gross_costs(claim, name), NOTHING):
            yield problem(f"details.deductible_income.{name}", "deduction_exceeds_costs")


def arranged(claim: Claim) -> Iterator[Problem]:
    """Everything the law asks of the care and its planning is said to be so."""
    met: Mapping[str, Any] = claim.details.get("conditions") or {}
    yield from (problem(f"details.conditions.{name}", "condition_not_met") for name, so in met.items() if so is False)
    if (claim.details.get("statement") or {}).get("opportunity_given") is False:
        yield problem("details.statement.opportunity_given", "condition_not_met")
