"""Compensation for annual leave costs: leave that accrues while a parent's allowance is paid.

Sairausvakuutuslaki 1224/2004 14:1-3 (535/2019); the deadline in 15:6.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from employers.benefits import common
from employers.benefits.claim import Claim
from employers.benefits.compensation import Compensation, Matter, Reckoning
from employers.benefits.deadlines import add_months
from employers.benefits.estimate import Line
from employers.benefits.income import wrong_amount
from employers.benefits.law import Law
from employers.benefits.money import cents
from employers.benefits.periods import in_range
from employers.benefits.problems import Problem, problem

CODE = "annual_leave_month"
DAYS, DIVISOR, MULTIPLIER = "annual_leave.days_per_month", "annual_leave.divisor", "annual_leave.multiplier"
LEAST_DAYS = "annual_leave.least_days"
MOST_PAY = Decimal(1_000_000)  # EUR of holiday pay in a month; more is a slip of the keyboard
ONE = Decimal(1)

Entry = Mapping[str, Any]


def months(claim: Claim) -> list[tuple[str, Entry]]:
    """The months claimed, each with its place in the claim."""
    return [(f"details.months.{index}", entry) for index, entry in enumerate(claim.details.get("months") or ())]


def first_of(entry: Entry) -> date | None:
    """The first day of the month an entry is about; None when it does not say, or says no month."""
    said = entry.get("month")
    return date.fromisoformat(f"{said}-01") if said else None


def begins(claim: Claim) -> date | None:
    """The first day of leave; without it the first month claimed."""
    told = [first for _place, entry in months(claim) if (first := first_of(entry))]
    return claim.details.get("first_leave_day") or min(told, default=None)


def deadlines(claim: Claim, law: Law) -> Iterator[tuple[str, date]]:
    """Two years from the beginning of each month."""
    for place, entry in months(claim):
        first = first_of(entry)
        if first and in_range(first):
            yield f"{place}.month", add_months(first, law.count("annual_leave.deadline_months"))


def reckon(matter: Matter) -> Reckoning:
    """By month 2.5 days of the annual income behind the allowance, at most the holiday pay, times the multiplier.

    What entered no month's amount is not listed: where the holiday pay is less everywhere, the income is not.
    """
    assert matter.income is not None
    days, divisor, multiplier = (matter.law.use(name) for name in (DAYS, DIVISOR, MULTIPLIER))
    by_income = days.value * matter.income / divisor.value
    pays = {entry["month"]: entry["holiday_pay"] for _place, entry in months(matter.claim)}
    lines = tuple(line(month, cents(min(by_income, pay) * multiplier.value)) for month, pay in pays.items())
    counted = (days, divisor, *matter.deducted) if any(by_income < pay for pay in pays.values()) else ()
    return Reckoning(lines=lines, uses=(*counted, multiplier))


def least_holiday_pay(annual: Decimal, *, paid: Decimal, days: int, law: Law) -> Decimal:
    """Of a month, EUR, unrounded, where nobody has told it: vuosilomalaki 162/2005 5 §, two days at least.

    A day of a month's pay is a 25th of it (10 §), so a 300th of a year's wages before any deduction. Those of the past
    year can be more than the pay of today, by overtime or a bonus: then a day is what was `paid` for the `days` of the
    leave, a weekday. Raises NotInForce.
    """
    day = min(max(annual, Decimal(0)) / law.value(DIVISOR), paid / days)
    return law.value(LEAST_DAYS) * day


def line(month: str, amount: Decimal) -> Line:
    return Line(code=CODE, month=month, quantity=ONE, unit="month", unit_amount=amount, amount=amount)


def conditions(matter: Matter) -> Iterator[Problem]:
    yield from first_day(matter.claim)
    for place, entry in months(matter.claim):
        yield from month_problems(place, entry, matter.law)
    yield from twice(matter.claim)
    most = matter.law.count("annual_leave.most_weekdays")
    if sum(entry.get("paid_days") or 0 for _place, entry in months(matter.claim)) > most:
        yield problem("details.months", "over_accrual", most=most)


def first_day(claim: Claim) -> Iterator[Problem]:
    """The first day of leave lies within or before the first month, and within the employment."""
    first = claim.details.get("first_leave_day")
    if first is None:
        return
    told = [start for _place, entry in months(claim) if (start := first_of(entry)) and in_range(start)]
    if told and in_range(first) and first >= add_months(min(told), 1):
        yield problem("details.first_leave_day", "day_after_absence_start")
    if claim.employment and first < claim.employment.start:
        yield problem("employment.start", "before_employment")


def month_problems(place: str, entry: Entry, law: Law) -> Iterator[Problem]:
    first = first_of(entry)
    if first and not in_range(first):
        yield problem(f"{place}.month", "date_out_of_range")
    if code := wrong_amount(entry.get("holiday_pay"), most=MOST_PAY):
        yield problem(f"{place}.holiday_pay", code)
    least, paid = law.count("annual_leave.least_paid_days"), entry.get("paid_days")
    if paid is not None and paid < least:
        yield problem(f"{place}.paid_days", "too_few_paid_days", least=least)


def twice(claim: Claim) -> Iterator[Problem]:
    seen = set()
    for place, entry in months(claim):
        if entry.get("month") in seen:
            yield problem(f"{place}.month", "month_twice")
        seen.add(entry.get("month"))


RULES = Compensation(
    begins=begins,
    begins_at="details.first_leave_day",
    deadlines=deadlines,
    reckon=reckon,
    conditions=conditions,
    needs=(DAYS, DIVISOR, MULTIPLIER),
    from_income=True,
    foreign=common.ABOUT_AN_ABSENCE,
)
