"""Family leave compensation: a sum once for each pregnancy or adoption.

Sairausvakuutuslaki 1224/2004 14:4; the deadline in 15:6; https://www.kela.fi/tyonantajat-perhevapaakorvaus.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from employers.benefits import absence
from employers.benefits.claim import OTHER_DAY_KINDS, Claim
from employers.benefits.compensation import Compensation, Matter, Reckoning
from employers.benefits.days import other_days
from employers.benefits.deadlines import add_months
from employers.benefits.estimate import Line
from employers.benefits.law import Law
from employers.benefits.periods import in_range
from employers.benefits.problems import Problem, problem
from employers.benefits.weekdays import days_between

CODE = "family_leave_compensation"
AMOUNT = "family_leave.amount"
ONCE = Decimal(1)


def begins(claim: Claim) -> date | None:
    return claim.absence.start if claim.absence else None


def deadlines(claim: Claim, law: Law) -> Iterator[tuple[str, date]]:
    """Two years from the start of the period that gives the right."""
    if claim.absence and in_range(claim.absence.start):
        yield "absence.start", add_months(claim.absence.start, law.count("family_leave.deadline_months"))


def reckon(matter: Matter) -> Reckoning:
    use = matter.law.use(AMOUNT)
    line = Line(code=CODE, quantity=ONCE, unit="compensation", unit_amount=use.value, amount=use.value)
    return Reckoning(lines=(line,), uses=(use,))


def conditions(matter: Matter) -> Iterator[Problem]:
    yield from contract(matter)
    yield from working_time(matter)
    if absence.is_countable(matter.claim):
        yield from employment(matter)
        yield from pay(matter)


def contract(matter: Matter) -> Iterator[Problem]:
    """Open-ended, or for a year at least."""
    said = matter.claim.details.get("contract") or {}
    if said.get("kind") != "fixed_term":
        return
    least = matter.law.count("family_leave.least_contract_months")
    if said.get("months") is None:
        yield problem("details.contract.months", "required")
    elif said["months"] < least:
        yield problem("details.contract", "contract_too_short", least=least)


def working_time(matter: Matter) -> Iterator[Problem]:
    said, least = matter.claim.details.get("working_time_percent"), matter.law.count("family_leave.least_working_time")
    if said is not None and said < least:
        yield problem("details.working_time_percent", "working_time_too_low", least=least)


def employment(matter: Matter) -> Iterator[Problem]:
    """Three months before the period starts."""
    claim, least = matter.claim, matter.law.count("family_leave.least_employment_months")
    if claim.employment is None or claim.absence is None or claim.employment.start > claim.absence.start:
        return
    if add_months(claim.employment.start, least) > claim.absence.start:
        yield problem("employment.start", "employment_too_short", least=least)


def pay(matter: Matter) -> Iterator[Problem]:
    """Days with pay for the leave come to a calendar month, counted from the first of them."""
    periods = [period for period in matter.claim.pay_periods if period.amount > 0]
    days = {day for period in periods for day in days_between(period.start, period.end)}
    days -= other_days(matter.claim, OTHER_DAY_KINDS)
    least = matter.law.count("family_leave.least_paid_months")
    first = min(days, default=None)
    if matter.claim.pay_periods and (first is None or len(days) < (add_months(first, least) - first).days):
        yield problem("pay_periods", "paid_under_a_month")


RULES = Compensation(
    begins=begins,
    begins_at="absence.start",
    deadlines=deadlines,
    reckon=reckon,
    conditions=conditions,
    needs=(AMOUNT,),
)
