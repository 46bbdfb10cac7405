"""Of family leave: the compensation paid once a child, and the costs of annual leave that accrues. No queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from employers.applications.candidates import Leave
from employers.applications.chains import period_of
from employers.applications.dossier import Dossier, Unclaimed
from employers.benefits import leave_months
from employers.benefits.claim import Claim, PayPeriod, Period
from employers.benefits.covered import covered
from employers.benefits.family_time import FamilyTime, same_child
from employers.benefits.findable import Cause
from employers.benefits.parts import together, within
from employers.benefits.periods import overlap

LUMP_SUM, LEAVE_COSTS = "family_leave_compensation", "annual_leave_compensation"
ZERO = Decimal(0)


def lump_sums(known: Dossier) -> Iterator[Unclaimed]:
    """Of each time whose first days are a mother's, if there is pay for them and nobody has asked."""
    for time in known.times:
        if time.mothers is None or _is_asked(known, time):
            continue
        pays = together(within(_pays(known.leaves), time.mothers))
        if not pays:
            continue
        absence = Period(start=time.mothers.start, end=max(pay.end for pay in pays))
        details = {"basis": "pregnancy"} if time.pregnancy else {}
        claim = replace(known.claim(LUMP_SUM), absence=absence, pay_periods=pays, details=details)
        yield Unclaimed(person=known.person, absence=absence, paid=sum_of(pays), claim=claim)


def _is_asked(known: Dossier, time: FamilyTime) -> bool:
    assert time.mothers
    applied = [one for one in known.applications if one.benefit == LUMP_SUM]
    if any(same_child(period_of(one).start, time.mothers.start) for one in applied):
        return True
    return any(one.lump_sum_claimed and time.first_day <= one.start < time.until for one in known.leaves)


def leave_costs(known: Dossier, claims: Iterable[Claim], *, on: date) -> Iterator[Unclaimed]:
    """Of each time the months that are full, still in time, and not asked for. `claims`: what was applied for."""
    asked = [period for claim in claims for period in covered(claim)]
    asked += [Period(start=one.start, end=one.end) for one in known.leaves if one.cause is None]
    by_time: dict[date, list[Leave]] = defaultdict(list)
    for leave in known.leaves:
        time = known.time_of(leave.start) if leave.cause and leave.is_paid else None
        if time:
            by_time[time.first_day].append(leave)
    for first_day, leaves in by_time.items():
        yield from _months_of(known, first_day, leaves, asked, on=on)


def _months_of(
    known: Dossier, first_day: date, leaves: list[Leave], asked: list[Period], *, on: date
) -> Iterator[Unclaimed]:
    special = [one for one in leaves if one.cause is Cause.SPECIAL_PREGNANCY]
    own = [one for one in leaves if one.cause is not Cause.SPECIAL_PREGNANCY]
    full = leave_months.full_months(own, special=special, law=known.law)
    free = [
        one
        for one in full
        if not any(overlap(one.days, period) for period in asked) and leave_months.is_in_time(one, on=on, law=known.law)
    ]
    if not free:
        return
    absence = Period(start=free[0].days.start, end=free[-1].days.end)
    details = {
        "first_leave_day": first_day,
        "months": tuple({"month": one.name, "paid_days": one.paid_days} for one in free),
    }
    pays = together(_pays(leaves))
    paid = sum((sum_of(within(pays, one.days)) for one in free), start=ZERO)
    claim = replace(known.claim(LEAVE_COSTS), details=details)
    yield Unclaimed(person=known.person, absence=absence, paid=paid, claim=claim)


def _pays(leaves: Iterable[Leave]) -> list[PayPeriod]:
    return [
        PayPeriod(start=one.start, end=one.end, amount=one.amount)
        for one in leaves
        if one.cause and one.is_paid and one.amount is not None
    ]


def sum_of(pays: Iterable[PayPeriod]) -> Decimal:
    return sum((pay.amount for pay in pays), start=ZERO)
