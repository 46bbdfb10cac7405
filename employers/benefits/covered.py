"""What a claim covers: the days, months or accounting period that no other claim may cover again."""

from datetime import date

from employers.benefits import annual_leave
from employers.benefits.claim import Claim, Period
from employers.benefits.deadlines import add_months
from employers.benefits.occupational_health_conditions import accounting_period
from employers.benefits.periods import is_reversed, overlap
from employers.benefits.weekdays import DAY


def covered(claim: Claim) -> list[Period]:
    """Of an absence its days, of leave costs each month, of occupational health care the accounting period."""
    if claim.absence:
        return [claim.absence]
    period = accounting_period(claim)
    if period and not is_reversed(period):
        return [period]
    firsts = (annual_leave.first_of(entry) for _place, entry in annual_leave.months(claim))
    return [month_of(first) for first in firsts if first]


def month_of(first: date) -> Period:
    return Period(start=first, end=add_months(first, 1) - DAY)


def overlaps(one: Claim, other: Claim) -> bool:
    return any(overlap(mine, theirs) for mine in covered(one) for theirs in covered(other))
