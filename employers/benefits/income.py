"""Annual income: which months count, and what is left after the insurance deduction."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from employers.benefits.claim import Income, Period
from employers.benefits.deadlines import add_months
from employers.benefits.estimate import ParameterUse
from employers.benefits.law import Law
from employers.benefits.periods import contains
from employers.benefits.problems import Problem, problem
from employers.benefits.weekdays import DAY

MONTHS, THREE = 12, 3
DEDUCTION = "income.deduction"
MOST = Decimal(1_000_000_000)  # EUR a year; more is a slip of the keyboard


def income_window(onset: date) -> Period:
    """The twelve calendar months before the calendar month that precedes the month of onset."""
    end_of_window = add_months(onset.replace(day=1), -1)
    return Period(start=add_months(end_of_window, -MONTHS), end=end_of_window - DAY)


def annual_income(wages: Iterable[tuple[date, Decimal]], onset: date) -> Decimal | None:
    """Wages by the day they were paid, EUR; None when none was paid in the window: the income is not known."""
    window = income_window(onset)
    counted = [amount for paid_on, amount in wages if contains(window, paid_on)]
    return sum(counted, start=Decimal(0)) if counted else None


def three_month_income(wages: Iterable[tuple[date, Decimal]], onset: date, *, law: Law) -> Decimal | None:
    """The wages of the last three months of the window times four, EUR a year: 11:2.3.

    None unless they come to at least a fifth more than the twelve months. It applies only when an official finds one of
    the situations that the act lists. Raises NotInForce.
    """
    told = list(wages)
    window = income_window(onset)
    last = Period(start=add_months(window.end + DAY, -THREE), end=window.end)
    counted = sum((amount for paid_on, amount in told if contains(last, paid_on)), start=Decimal(0))
    yearly, whole = counted * MONTHS / THREE, annual_income(told, onset) or Decimal(0)
    least = whole * (1 + law.value("income.three_month_rise"))
    return yearly if counted and yearly >= least else None


def after_deduction(income: Income, *, law: Law) -> tuple[Decimal | None, list[ParameterUse]]:
    """Annual income as the formulas take it, unrounded and never below zero, and the deduction when it applied.

    Corrections in the register can outweigh the wages of a window; such an income counts as none.
    """
    if income.after_deduction is not None:
        return max(income.after_deduction, Decimal(0)), []
    if income.annual is None:
        return None, []
    deduction = law.use(DEDUCTION)
    return max(income.annual, Decimal(0)) * (1 - deduction.value), [deduction]


def check(income: Income) -> list[Problem]:
    """Problems at `annual_income` and `income_after_deduction`, as the two are named where an estimate is asked for."""
    given = {"annual_income": income.annual, "income_after_deduction": income.after_deduction}
    found = [problem(field, code) for field, amount in given.items() if (code := wrong_amount(amount, most=MOST))]
    if None not in given.values():
        found.append(problem("income_after_deduction", "income_twice"))
    return found


def wrong_amount(amount: Decimal | None, *, most: Decimal) -> str | None:
    """The code of what is wrong with an amount of money, if anything is."""
    if amount is None:
        return None
    if not amount.is_finite() or amount > most:
        return "amount_invalid"
    return "amount_negative" if amount < 0 else None
