"""A spell of incapacity: does it begin, go on or come back, and what follows for the waiting and for filing.

Sairausvakuutuslaki 1224/2004 8:7 and 15:4.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from employers.benefits.claim import Claim, Earlier, Period
from employers.benefits.deadlines import add_months
from employers.benefits.law import Law
from employers.benefits.weekdays import DAY, add_weekdays, days_between, first_weekday, is_weekday, next_weekday


class Kind(StrEnum):
    FIRST = "first"
    CONTINUATION = "continuation"  # at most days off lie between
    RELAPSE = "relapse"  # a day was paid within the last 30 days
    TOO_LONG_AGO = "too_long_ago"  # an earlier period was named, and nothing is inherited from it


INHERITS = (Kind.CONTINUATION, Kind.RELAPSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    kind: Kind
    waiting_period: Period | None
    first_payable_day: date
    deadline: date  # not moved off days off


def begin(onset: date, *, earlier: Earlier | None, law: Law) -> Spell:
    """Raises NotInForce when the law has no waiting period or deadline on its day."""
    kind = kind_of(onset, earlier=earlier, relapse_days=law.count("sickness.relapse_days"))
    waiting = waiting_period(onset, kind=kind, earlier=earlier, weekdays=law.count("sickness.waiting_weekdays"))
    counted_from = period_end(earlier) if earlier and kind is Kind.CONTINUATION else onset
    return Spell(
        kind=kind,
        waiting_period=waiting,
        first_payable_day=next_weekday(waiting.end) if waiting else first_weekday(onset),
        deadline=add_months(counted_from, law.count("sickness.deadline_months")),
    )


def earlier_period(claim: Claim, earlier: Earlier | None) -> Earlier | None:
    """What the portal knows goes before the paid day that the employer names."""
    if earlier is not None or claim.previous_paid_day is None:
        return earlier
    return Earlier(last_paid_day=claim.previous_paid_day)


def kind_of(onset: date, *, earlier: Earlier | None, relapse_days: int) -> Kind:
    if earlier is None:
        return Kind.FIRST
    if goes_on(onset, period_end(earlier)):
        return Kind.CONTINUATION
    if was_paid(earlier) and (onset - earlier.last_paid_day).days <= relapse_days:
        return Kind.RELAPSE
    return Kind.TOO_LONG_AGO


def goes_on(onset: date, end: date) -> bool:
    """No weekday lies between the end of the earlier period and the onset."""
    return onset <= end or not any(is_weekday(day) for day in days_between(end + DAY, onset - DAY))


def period_end(earlier: Earlier) -> date:
    return earlier.period_end or earlier.last_paid_day


def was_paid(earlier: Earlier) -> bool:
    """A last paid day before the onset says that the waiting took the whole earlier period: see `as_earlier`."""
    return earlier.onset is None or earlier.onset <= earlier.last_paid_day


def inherited_day(earlier: Earlier) -> date:
    """The day whose law the earlier period followed; of a mere paid day, that day, as it began no later."""
    return earlier.onset or earlier.last_paid_day


def waiting_period(onset: date, *, kind: Kind, earlier: Earlier | None, weekdays: int) -> Period | None:
    if kind is Kind.RELAPSE:
        return Period(start=onset, end=onset)
    if kind is Kind.CONTINUATION:
        return waiting_left(onset, earlier=earlier, weekdays=weekdays)
    return full_waiting(onset, weekdays)


def waiting_left(onset: date, *, earlier: Earlier | None, weekdays: int) -> Period | None:
    """No new waiting period, but one that had not run out when the earlier period ended runs on."""
    if earlier is None or earlier.onset is None or was_paid(earlier):
        return None
    waiting = full_waiting(earlier.onset, weekdays)
    return waiting if onset <= waiting.end else None


def full_waiting(onset: date, weekdays: int) -> Period:
    """The day of onset, which need not be a weekday, and the weekdays that follow."""
    return Period(start=onset, end=add_weekdays(onset, weekdays))
