"""Calendar months in which annual leave accrues because of family leave, as the days of the leave tell them.

Sairausvakuutuslaki 1224/2004 14:1 and 14:3: a parents' allowance for at least 14 days of the month, for at most 160
weekdays of pregnancy and parental leave, beside all of the special pregnancy leave; 15:6: within two years from the
beginning of the month.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from employers.benefits.claim import Period
from employers.benefits.covered import month_of
from employers.benefits.deadlines import add_months, moved
from employers.benefits.law import Law
from employers.benefits.weekdays import weekdays_between


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    days: Period
    paid_days: int

    @property
    def name(self) -> str:
        return f"{self.days.start:%Y-%m}"


def full_months(leaves: Iterable[Period], *, special: Iterable[Period] = (), law: Law) -> list[Month]:
    """Those with days enough, in order, the leave for one child counted from its beginning. Raises NotInForce."""
    most, least = law.count("annual_leave.most_weekdays"), law.count("annual_leave.least_paid_days")
    own = sorted(_weekdays(leaves))[:most]
    by_month = Counter(day.replace(day=1) for day in {*own, *_weekdays(special)})
    return [Month(days=month_of(first), paid_days=days) for first, days in sorted(by_month.items()) if days >= least]


def is_in_time(month: Month, *, on: date, law: Law) -> bool:
    """Raises NotInForce."""
    return moved(add_months(month.days.start, law.count("annual_leave.deadline_months"))) >= on


def _weekdays(periods: Iterable[Period]) -> set[date]:
    return {day for period in periods for day in weekdays_between(period.start, period.end)}
