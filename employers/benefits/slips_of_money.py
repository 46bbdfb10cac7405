"""Sums that are hardly meant: a comma lost, a nought too much, the pay of another time, the same cost twice.

The bounds are ours, and wide. What the employer's own reports show of the employee's wages narrows them. No problem
tells a wage, as problems are kept unsealed.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from employers.benefits import annual_leave, days, occupational_health
from employers.benefits import occupational_health_conditions as demands
from employers.benefits.absence import is_countable
from employers.benefits.claim import OTHER_DAY_KINDS, Claim, Income, PayPeriod
from employers.benefits.covered import month_of
from employers.benefits.income import MONTHS, income_window
from employers.benefits.law import Law
from employers.benefits.periods import in_range
from employers.benefits.problems import Problem
from employers.benefits.weekdays import weekdays_between

LEAST_A_DAY, MOST_A_DAY = Decimal(2), Decimal(1000)  # EUR a weekday
LEAST_A_MONTH = Decimal(250)  # EUR, of a monthly pay
MOST_COSTS = Decimal(5000)  # EUR of occupational health care for each person in a year
WEEKDAYS_A_MONTH = 25  # as the agency counts
MORE, LESS = Fraction(14, 10), Fraction(4, 10)  # of the usual pay: supplements stay below, a holiday bonus above
HOURS_ALONE = ("partial_rehabilitation_allowance", "partial_parental_allowance")  # pay of the hours missed
LEAVE_DAYS = Fraction(5, 2)  # accrued in a month
PREVENTIVE = ("first_aid", "workplace_survey")  # class I whoever does them


def check(claim: Claim, *, law: Law, income: Income) -> Iterator[Problem]:
    usual = usual_pay(claim, income)
    if claim.absence is not None and is_countable(claim):
        yield from monthly_pay(claim)
        yield from earnings_lost(claim)
        yield from pay(claim, usual=pay_of_the_month(claim) or usual)
    yield from leave_months(claim, usual=usual)
    yield from costs(claim, law=law)


def unlikely(field: str) -> Problem:
    return Problem(field, "pay_unlikely", "warning")


def usual_pay(claim: Claim, income: Income) -> Fraction | None:
    """EUR a weekday. The register knows no more months than the employment had in the year it looks at."""
    begun = claim.absence.start if claim.absence else annual_leave.begins(claim)
    if not income.annual or income.annual < 0 or begun is None or not in_range(begun):
        return None
    months = months_employed(claim, begun) if income.at_least else MONTHS
    return Fraction(income.annual) / (months * WEEKDAYS_A_MONTH)


def months_employed(claim: Claim, begun: date) -> int:
    window = income_window(begun)
    first = max(window.start, claim.employment.start) if claim.employment else window.start
    months = (window.end.year - first.year) * MONTHS + window.end.month - first.month + 1
    return max(1, min(MONTHS, months))


def pay_of_the_month(claim: Claim) -> Fraction | None:
    """Of those who are asked for their monthly pay, what a weekday of it is."""
    monthly = claim.details.get("monthly_pay")
    return Fraction(monthly) / WEEKDAYS_A_MONTH if monthly is not None and not is_unlikely_month(monthly) else None


def is_unlikely_month(monthly: Decimal) -> bool:
    return not LEAST_A_MONTH <= monthly <= MOST_A_DAY * WEEKDAYS_A_MONTH


def monthly_pay(claim: Claim) -> Iterator[Problem]:
    monthly = claim.details.get("monthly_pay")
    if monthly is not None and is_unlikely_month(monthly):
        yield unlikely("details.monthly_pay")


def pay(claim: Claim, *, usual: Fraction | None) -> Iterator[Problem]:
    for index, period in enumerate(claim.pay_periods):
        daily = daily_pay(claim, period)
        if daily is not None and is_unlikely(daily, claim, usual=usual):
            yield unlikely(f"pay_periods.{index}.amount")


def daily_pay(claim: Claim, period: PayPeriod) -> Fraction | None:
    """None where the period has no weekday of its own."""
    shares = days.spread(period, without=days.other_days(claim, OTHER_DAY_KINDS))
    return next(iter(shares.values()), None)


def is_unlikely(daily: Fraction, claim: Claim, *, usual: Fraction | None) -> bool:
    whole = claim.pay_basis == "full" and claim.benefit not in HOURS_ALONE
    if daily > MOST_A_DAY or (whole and daily < LEAST_A_DAY):
        return True
    return usual is not None and (daily > usual * MORE or (whole and daily < usual * LESS))


def earnings_lost(claim: Claim) -> Iterator[Problem]:
    """Full pay is what would have been earned."""
    lost, paid = claim.details.get("earnings_lost"), sum(days.pay_by_day(claim).values(), start=Fraction(0))
    if lost is not None and claim.pay_basis == "full" and not paid * LESS <= lost <= paid * MORE:
        yield unlikely("details.earnings_lost")


def leave_months(claim: Claim, *, usual: Fraction | None) -> Iterator[Problem]:
    """Holiday pay is that of two days and a half; a month has no more weekdays than the calendar shows."""
    most = LEAVE_DAYS * (usual * 2 if usual else Fraction(MOST_A_DAY))
    for place, entry in annual_leave.months(claim):
        holiday_pay, paid_days, first = entry.get("holiday_pay"), entry.get("paid_days"), annual_leave.first_of(entry)
        if holiday_pay is not None and holiday_pay > most:
            yield unlikely(f"{place}.holiday_pay")
        if paid_days is None or first is None or not in_range(first):
            continue
        weekdays = len(weekdays_between(first, month_of(first).end))
        if paid_days > weekdays:
            yield Problem(f"{place}.paid_days", "days_over_month", "warning", {"most": weekdays})


def costs(claim: Claim, *, law: Law) -> Iterator[Problem]:
    said = claim.details.get("costs") or ()
    seen: Counter[tuple[object, ...]] = Counter()
    for index, cost in enumerate(said):
        what = (cost.get("class"), cost.get("kind"), cost.get("amount"))
        if seen[what] and cost.get("amount"):
            yield Problem(f"details.costs.{index}", "cost_twice", "warning")
        seen[what] += 1
        if cost.get("class") == "II" and cost.get("kind") in PREVENTIVE:
            yield Problem(f"details.costs.{index}.class", "class_mistaken", "warning")
    yield from total(claim, law=law)


def total(claim: Claim, *, law: Law) -> Iterator[Problem]:
    people = occupational_health.headcount(claim)
    spent = sum((occupational_health.net_costs(claim, name) for name in occupational_health.RATES), start=Decimal(0))
    if people <= 0:
        return
    if spent > people * MOST_COSTS:
        yield Problem("details.costs", "costs_unlikely", "warning")
    elif law.knows(demands.CEILING) and law.use(demands.CEILING).status in demands.CONFIRMED:
        ceiling = law.use(demands.CEILING).value * people
        if spent > ceiling:
            yield Problem("details.costs", "over_ceiling", "warning", {"most": ceiling})
