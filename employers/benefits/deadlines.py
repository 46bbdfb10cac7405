"""Time limits counted in months: act 150/1930 3 § and 5 §."""

from calendar import monthrange
from datetime import date

from employers.benefits.weekdays import DAY, is_working_day


def add_months(day: date, months: int) -> date:
    """The day of the same number, or the last day of a month that has none."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def moved(deadline: date) -> date:
    """The last day on which the act is still in time: the next working day after a day off.

    New Year's Eve and Maundy Thursday do not move a deadline.
    """
    while not is_working_day(deadline):
        deadline += DAY
    return deadline
