"""Day by day: on which days the allowance is paid, and how much of it to whom."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from employers.benefits.claim import OTHER_DAY_KINDS, Claim, PayPeriod
from employers.benefits.weekdays import days_between, weekdays_between


def payable_dates(claim: Claim, *, first: date) -> list[date]:
    """Weekdays of the absence from the first payable day on, without days worked."""
    if claim.absence is None:
        return []
    worked = other_days(claim, ("worked",))
    days = weekdays_between(max(first, claim.absence.start), claim.absence.end)
    return [day for day in days if day not in worked]


def to_employer(claim: Claim, *, dates: Sequence[date], amounts: Sequence[Decimal]) -> Fraction:
    """The employer's parts of all the days together: 7:4. Days alike in a row are counted once, with how many there
    are."""
    pay = pay_by_day(claim)
    alike = groupby(zip(amounts, (pay.get(day) for day in dates), strict=True))
    counted = [(daily, share, sum(1 for _ in days)) for (daily, share), days in alike if share is not None]
    return sum((min(Fraction(daily), share) * count for daily, share, count in counted), start=Fraction(0))


def pay_by_day(claim: Claim) -> dict[date, Fraction]:
    """Pay that gives the employer a right to the allowance: none for leave, unpaid or worked days, none when only the
    difference between pay and allowance is paid."""
    if claim.pay_basis == "difference":
        return {}
    other = other_days(claim, OTHER_DAY_KINDS)
    return {day: pay for period in claim.pay_periods for day, pay in spread(period, without=other).items()}


def spread(period: PayPeriod, *, without: set[date]) -> dict[date, Fraction]:
    """The amount in equal parts over the weekdays of the period."""
    days = [day for day in weekdays_between(period.start, period.end) if day not in without]
    return dict.fromkeys(days, Fraction(period.amount) / len(days)) if days else {}


def other_days(claim: Claim, kinds: Iterable[str]) -> set[date]:
    return {day for days in claim.other_days if days.kind in kinds for day in days_between(days.start, days.end)}
