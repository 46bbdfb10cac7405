"""What the law gives, reckoned once more from the published figures, never from the portal's own rules.

Sources: the acts and Kela's pages. Limits of a year, the percentages, the minimum and the insurance deduction are the
published ones; the calendar is `tests.benefits.oracle`. Sums are exact fractions until the cent they are rounded to.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache

from tests.benefits import oracle

DAY = timedelta(days=1)
MINIMUM = Decimal("31.99")  # a weekday, at least through 2027
LUMP_SUM = Decimal("2500.00")
RAISED_DAYS, PREGNANCY_DAYS = 16, 40
LEAST_PAID_DAYS = 14  # of a calendar month, for the costs of annual leave


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    deduction: Decimal
    sick: int
    above: Decimal
    lower: int  # parents: 70 % up to it
    upper: int  # parents: 40 % up to it, 25 % above; raised: 90 % up to it, 32.5 % above


def _table(deduction: str, sick: int, above: str, lower: int, upper: int) -> Table:
    return Table(deduction=Decimal(deduction), sick=sick, above=Decimal(above), lower=lower, upper=upper)


TABLES = {
    2024: _table("0.0895", 35769, "0.20", 43740, 67296),
    2025: _table("0.0858", 28241, "0.15", 44702, 68776),
    2026: _table("0.0907", 28899, "0.15", 45744, 70379),
}


@dataclass(frozen=True, slots=True)
class Part:
    """What a report tells of an absence: the days, the pay for them, and the payday it is told on."""

    start: date
    end: date
    amount: Decimal
    told: date


@cache
def is_weekday(day: date) -> bool:
    return oracle.is_weekday(day)


@cache
def weekdays(start: date, end: date) -> tuple[date, ...]:
    return tuple(day for day in oracle.every_day(start, end) if is_weekday(day))


@cache
def first_payable(onset: date) -> date:
    """After the day of onset and nine weekdays."""
    return oracle.weekday_after(oracle.last_waiting_day(onset))


@cache
def income_window(onset: date) -> tuple[date, date]:
    return oracle.income_window(onset)


@cache
def months_later(day: date, months: int) -> date:
    return oracle.months_later(day, months)


@cache
def last_day_to_ask(deadline: date) -> date:
    """150/1930 5 §, with May Day, Independence Day and church holidays among the holidays."""
    return oracle.in_time_until(deadline)


def cents(amount: Decimal | Fraction) -> Decimal:
    if isinstance(amount, Fraction):
        whole, rest = divmod(amount.numerator * 100, amount.denominator)
        return Decimal(whole + (2 * rest >= amount.denominator)).scaleb(-2)
    return amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def net(wages: Decimal, year: int) -> Decimal:
    return wages * (1 - TABLES[year].deduction)


def ordinary(income: Decimal, year: int) -> Decimal:
    """Sickness and rehabilitation."""
    table = TABLES[year]
    return _daily(income, ((table.sick, Decimal("0.70")),), table.above)


def half(income: Decimal, year: int) -> Decimal:
    return cents(ordinary(income, year) / 2)


def parental(income: Decimal, year: int) -> Decimal:
    table = TABLES[year]
    steps = ((table.lower, Decimal("0.70")), (table.upper, Decimal("0.40")))
    return _daily(income, steps, Decimal("0.25"))


def raised(income: Decimal, year: int) -> Decimal:
    return _daily(income, ((TABLES[year].upper, Decimal("0.90")),), Decimal("0.325"))


def annual_leave(income: Decimal, months: int) -> Decimal:
    """2.5 days a month, 21 % on top. The cap by the month's own holiday pay is not in the register."""
    return months * cents(Fraction(income) / 300 * Fraction(5, 2) * Fraction(121, 100))


def annual_leave_at_least(wages: Decimal, parts: Sequence[Part], months: Sequence[date]) -> Decimal:
    """Vuosilomalaki 162/2005 5 §: whoever earns a month of leave earns two days, each a 25th of a month's pay (10 §).

    Of the month's pay the less of two: a twelfth of the year's wages, or what is paid now.
    """
    by_day = [
        Fraction(part.amount) / len(days)
        for part in parts
        for days in [weekdays(part.start, part.end)]
        for day in days
        if day.replace(day=1) in months
    ]
    day = min(Fraction(wages) / 300, sum(by_day, Fraction(0)) / len(by_day))
    return len(months) * cents(2 * day * Fraction(121, 100))


def to_employer(parts: Iterable[Part], rates: Callable[[date], Decimal | None]) -> Decimal:
    """Day by day the lesser of the allowance and the pay of the day; rounded once. No rate: nothing is payable."""
    total = Fraction(0)
    for part in parts:
        days = weekdays(part.start, part.end)
        for day in days:
            rate = rates(day)
            if rate is not None:
                total += min(Fraction(rate), Fraction(part.amount) / len(days))
    return cents(total)


def from_day(first: date, rate: Decimal) -> Callable[[date], Decimal | None]:
    return lambda day: rate if day >= first else None


def first_days(parts: Sequence[Part], *, count: int, then: Decimal, rate: Decimal) -> Callable[[date], Decimal]:
    """The first so many weekdays of the parts at one rate, the rest at another."""
    days = [day for part in parts for day in weekdays(part.start, part.end)]
    high = set(days[:count])
    return lambda day: rate if day in high else then


def only(rates: Callable[[date], Decimal], since: date) -> Callable[[date], Decimal | None]:
    return lambda day: rates(day) if day >= since else None


def full_months(parts: Sequence[Part]) -> list[date]:
    """The calendar months with at least 14 paid weekdays, by their first days."""
    counts: dict[date, int] = {}
    for day in {day for part in parts for day in weekdays(part.start, part.end)}:
        counts[day.replace(day=1)] = counts.get(day.replace(day=1), 0) + 1
    return sorted(month for month, days in counts.items() if days >= LEAST_PAID_DAYS)


def _daily(income: Decimal, steps: tuple[tuple[int, Decimal], ...], beyond: Decimal) -> Decimal:
    yearly, floor = Decimal(0), Decimal(0)
    for limit, rate in steps:
        yearly += rate * max(min(income, limit) - floor, 0)
        floor = Decimal(limit)
    return max(cents(Fraction(yearly + beyond * max(income - floor, 0)) / 300), MINIMUM)
