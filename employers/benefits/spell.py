"""A spell of days: does it begin, go on or come back, and what follows for the waiting and for filing.

Sairausvakuutuslaki 1224/2004 8:7 and 15:4; act 566/2005 25-27 § and 41 §.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from employers.benefits.claim import Claim, Earlier, Period
from employers.benefits.deadlines import add_months
from employers.benefits.law import Law
from employers.benefits.periods import in_range
from employers.benefits.weekdays import DAY, add_weekdays, days_between, first_weekday, is_weekday, next_weekday


class Kind(StrEnum):
    FIRST = "first"
    CONTINUATION = "continuation"  # at most days off lie between
    RELAPSE = "relapse"  # a day was paid within the last 30 days
    TOO_LONG_AGO = "too_long_ago"  # an earlier period was named, and nothing is inherited from it


class Wait(StrEnum):
    """How a spell that neither goes on nor comes back waits."""

    NONE = "none"
    ONSET = "onset"  # the first day alone
    FULL = "full"  # the first day and the weekdays that follow
    THIRTY = "thirty"  # calendar days


INHERITS = (Kind.CONTINUATION, Kind.RELAPSE)


def never(_claim: Claim) -> Wait:
    return Wait.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """`group`: the parameters' folder, and the family of benefits in which a later claim keeps the law of the first.

    `first_day`: the day whose law applies, where it is not the first of the absence. `once`: it applies however long
    ago that was. `relapses`: a spell can come back. `spared_after`: other groups right after which nobody waits.
    """

    group: str
    wait: Callable[[Claim], Wait] = never
    first_day: Callable[[Claim], date | None] = lambda _claim: None
    once: bool = False
    relapses: bool = False
    spared_after: tuple[str, ...] = ()
    from_wanted: bool = False

    @property
    def deadline(self) -> str:
        return f"{self.group}.deadline_months"

    @property
    def relapse_days(self) -> str:
        return f"{self.group}.relapse_days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    kind: Kind
    waiting_period: Period | None
    first_payable_day: date
    deadline: date  # not moved off days off


def law_day(claim: Claim, *, terms: Terms, earlier: Earlier | None) -> date:
    """The day of onset; what goes on or comes back keeps the law of its beginning: 11:2.7, 693/2024.

    A claim without an absence gets a day on which no law is in force; the checks say what is missing.
    """
    if claim.absence is None:
        return date.min
    onset = claim.absence.start
    before = earlier_period(claim, earlier)
    said = terms.first_day(claim)
    if said is not None or before is None or not in_range(onset) or not in_range(before.last_paid_day):
        return said or onset
    return inherited_day(before) if inherits(onset, terms=terms, earlier=before, law=Law.on(onset)) else onset


def inherits(onset: date, *, terms: Terms, earlier: Earlier, law: Law) -> bool:
    if not same_group(terms, earlier):
        return False
    return terms.once or kind_of(onset, terms=terms, earlier=earlier, law=law) in INHERITS


def begin(claim: Claim, *, absence: Period, terms: Terms, earlier: Earlier | None, law: Law) -> Spell:
    """Raises NotInForce when the law has no waiting period or deadline on its day."""
    onset, before = absence.start, earlier_period(claim, earlier)
    kind = kind_of(onset, terms=terms, earlier=before, law=law)
    waiting = waiting_period(claim, onset, kind=kind, terms=terms, earlier=before, law=law)
    return Spell(
        kind=kind,
        waiting_period=waiting,
        first_payable_day=next_weekday(waiting.end) if waiting else first_weekday(onset),
        deadline=add_months(
            counted_from(claim, onset, kind=kind, terms=terms, earlier=before), law.count(terms.deadline)
        ),
    )


def counted_from(claim: Claim, onset: date, *, kind: Kind, terms: Terms, earlier: Earlier | None) -> date:
    """Whoever claims pay from a later day than the onset alone wants it from that day: 15:4.1, 566/2005 41 §."""
    first_paid = min((period.start for period in claim.pay_periods), default=onset)
    if terms.from_wanted and first_paid > onset:
        return first_paid
    same = earlier is not None and kind is Kind.CONTINUATION and same_group(terms, earlier)
    return period_end(earlier) if earlier and same else onset


def earlier_period(claim: Claim, earlier: Earlier | None) -> Earlier | None:
    """What the portal knows goes before the paid day that the employer names."""
    if earlier is not None or claim.previous_paid_day is None:
        return earlier
    return Earlier(last_paid_day=claim.previous_paid_day)


def kind_of(onset: date, *, terms: Terms, earlier: Earlier | None, law: Law) -> Kind:
    if earlier is None or not (same_group(terms, earlier) or spares(terms, earlier)):
        return Kind.FIRST
    if goes_on(onset, period_end(earlier)):
        return Kind.CONTINUATION
    if not terms.relapses or not same_group(terms, earlier):
        return Kind.FIRST
    near = was_paid(earlier) and (onset - earlier.last_paid_day).days <= law.count(terms.relapse_days)
    return Kind.RELAPSE if near else Kind.TOO_LONG_AGO


def same_group(terms: Terms, earlier: Earlier) -> bool:
    """A paid day that is merely named is one of the same family of benefits."""
    return earlier.group in (None, terms.group)


def spares(terms: Terms, earlier: Earlier) -> bool:
    """Right after another allowance that was paid nobody waits; it is a first application all the same."""
    return earlier.group in terms.spared_after and was_paid(earlier)


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


def waiting_period(
    claim: Claim, onset: date, *, kind: Kind, terms: Terms, earlier: Earlier | None, law: Law
) -> Period | None:
    """No new waiting period where it goes on, but one that had not run out when the earlier period ended runs on."""
    wait = terms.wait(claim)
    if kind is Kind.CONTINUATION:
        if earlier is None or earlier.onset is None or was_paid(earlier):
            return None
        left = whole_wait(earlier.onset, wait=Wait(earlier.wait or wait), group=terms.group, law=law)
        return left if left and onset <= left.end else None
    if kind is Kind.RELAPSE and wait is not Wait.NONE:
        return Period(start=onset, end=onset)
    return whole_wait(onset, wait=wait, group=terms.group, law=law)


def whole_wait(onset: date, *, wait: Wait, group: str, law: Law) -> Period | None:
    """The day of onset, which need not be a weekday, and what follows it."""
    match wait:
        case Wait.NONE:
            return None
        case Wait.ONSET:
            return Period(start=onset, end=onset)
        case Wait.FULL:
            return Period(start=onset, end=add_weekdays(onset, law.count(f"{group}.waiting_weekdays")))
        case Wait.THIRTY:
            days = law.count(f"{group}.waiting_days")
            return Period(start=onset, end=onset + timedelta(days=days - 1))
