"""What can be claimed for an absence of which a wage report alone tells: by its cause, with what a report leaves open.

A report tells who was away when, why, and what was paid. Sairausvakuutuslaki 1224/2004 chapters 8, 9 and 14 and act
566/2005 ask more of some benefits: `needs`. Never found: what an insurance company pays first (occupational accident),
the employee's own time (annual leave), unpaid care, and special care allowance, for which an employer cannot apply.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from employers.benefits import donor, rules
from employers.benefits.annual_leave import MOST_PAY, least_holiday_pay
from employers.benefits.claim import Claim, Employment, Period
from employers.benefits.daily import DailyAllowance
from employers.benefits.deadlines import add_months, moved
from employers.benefits.law import Law
from employers.benefits.problems import Problem, errors
from employers.benefits.spell import Wait, goes_on
from employers.benefits.weekdays import DAY

LONGEST_MOVE = timedelta(days=10)  # further no deadline is moved by days off
NO_RIGHT = ("nothing_payable", "age_outside")  # warnings that leave nothing to claim


class Cause(StrEnum):
    """Why somebody was away, as far as a benefit can follow from it."""

    ILLNESS = "illness"
    PARTIAL_ILLNESS = "partial_illness"
    FAMILY_LEAVE = "family_leave"
    SPECIAL_PREGNANCY = "special_pregnancy"
    REHABILITATION = "rehabilitation"
    PARTIAL_REHABILITATION = "partial_rehabilitation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Findable:
    """`needs`: details that no report tells and an application cannot do without; `asks`: those that would change the
    sum, taken for what gives less until somebody says. `assumed`: answers to `needs` of a claim that is good, to try
    with them whether all the rest is: they are never sent.

    `from_onset`: the time to apply runs from the onset of all of it (15:4.1), not from the day it is wanted from, so
    that of what began too long ago nothing is left. `told`: whether reports tell all that the sum follows from; where
    they do not, the least is taken for the rest.
    """

    causes: tuple[Cause, ...]
    needs: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    assumed: Mapping[str, Any] = field(default_factory=dict)
    from_onset: bool = False
    told: bool = True


HOURS = MappingProxyType({"weekly_hours_before": Decimal("37.5"), "weekly_hours_agreed": Decimal("18.75")})
SHORTER_DAYS = MappingProxyType({"daily_hours_before": Decimal("7.5"), "daily_hours_agreed": Decimal("3.75")})
CONTRACT = MappingProxyType({"basis": "pregnancy", "contract": {"kind": "open_ended"}, "working_time_percent": 100})

FINDABLE: Mapping[str, Findable] = MappingProxyType({
    "sickness_allowance": Findable(causes=(Cause.ILLNESS,), from_onset=True),
    # 8:11: from 40 to 60 per cent of full time, by agreement; a report tells neither.
    "partial_sickness_allowance": Findable(
        causes=(Cause.PARTIAL_ILLNESS,),
        needs=("details.weekly_hours_before", "details.weekly_hours_agreed"),
        assumed=HOURS,
    ),
    # 9:1 and 9:5 under one cause: see `family_time`.
    "pregnancy_allowance": Findable(causes=(Cause.FAMILY_LEAVE,), asks=("details.due_date",)),
    "parental_allowance": Findable(causes=(Cause.FAMILY_LEAVE,), asks=("details.child_born",)),
    # 9:3: the notice of the hazard.
    "special_pregnancy_allowance": Findable(
        causes=(Cause.SPECIAL_PREGNANCY,),
        asks=("details.hazards", "details.other_work_offered", "details.daily_hours"),
    ),
    # 566/2005 25-27 §: how long is waited depends on the form of rehabilitation; the whole waiting gives least.
    "rehabilitation_allowance": Findable(
        causes=(Cause.REHABILITATION,), asks=("details.kind", "details.waiting")
    ),
    "partial_rehabilitation_allowance": Findable(
        causes=(Cause.PARTIAL_REHABILITATION,),
        needs=("details.daily_hours_before", "details.daily_hours_agreed"),
        asks=("details.kind", "details.waiting"),
        assumed=SHORTER_DAYS,
    ),
    # 14:4: the contract and the working time are told to the register, but not to us.
    "family_leave_compensation": Findable(
        causes=(Cause.FAMILY_LEAVE,),
        needs=("details.basis", "details.contract", "details.working_time_percent"),
        assumed=CONTRACT,
    ),
    # 14:3: at most the holiday pay of the month, which no report tells: see `with_the_least`.
    "annual_leave_compensation": Findable(
        causes=(Cause.FAMILY_LEAVE, Cause.SPECIAL_PREGNANCY), needs=("details.months",), told=False
    ),
})  # fmt: skip

# One day gives one of these to an employer, whichever it was applied for.
DAILY = tuple(name for name, one in rules.BENEFITS.items() if isinstance(one, DailyAllowance | donor.Donor))
# By cause what its days themselves give; family leave gives either of two, see `family_time`.
BY_DAY: Mapping[Cause, str] = MappingProxyType({
    cause: next(name for name, one in FINDABLE.items() if name in DAILY and cause in one.causes) for cause in Cause
})  # fmt: skip
# Families of benefits that go on from each other without a new waiting period.
GOES_ON = (("sickness", "sickness"), ("rehabilitation", "sickness"), ("sickness", "rehabilitation"))


def group_of(benefit: str) -> str:
    """Of a benefit paid by the weekday: the family in which one application goes on from another."""
    found = rules.BENEFITS[benefit]
    assert isinstance(found, DailyAllowance)
    return found.terms.group


def in_group(benefit: str) -> tuple[str, ...]:
    return tuple(name for name in FINDABLE if name in DAILY and group_of(name) == group_of(benefit))


def months_to_apply(benefit: str, *, law: Law) -> int:
    """Raises NotInForce."""
    return law.count(f"{group_of(benefit)}.deadline_months")


def earliest(benefit: str, *, on: date, law: Law) -> date:
    """What began before is too late on the day; what began later may be. Raises NotInForce."""
    return add_months(on, -months_to_apply(benefit, law=law)) - LONGEST_MOVE


def waited(benefit: str, *, law: Law) -> int:
    """Weekdays after the onset for which nothing is paid in a first spell; -1 where nobody waits. Raises NotInForce."""
    found = rules.BENEFITS[benefit]
    assert isinstance(found, DailyAllowance)
    full = found.terms.wait(Claim(benefit=benefit)) is Wait.FULL
    return law.count(f"{found.terms.group}.waiting_weekdays") if full else -1


def in_time(absence: Period, *, benefit: str, on: date, law: Law) -> Period | None:
    """What of the absence can still be applied for, whole months left out from its beginning; None when nothing can.

    The allowance may be wanted from a later day than the first (15:4.1), but not where the time runs from the onset.
    Raises NotInForce.
    """
    months = months_to_apply(benefit, law=law)
    day = absence.start
    while moved(add_months(day, months)) < on:
        day = add_months(day.replace(day=1), 1)
        if FINDABLE[benefit].from_onset or day > absence.end:
            return None
    return Period(start=day, end=absence.end)


def paid_before(benefit: str, *, onset: date, after: str, end: date, after_onset: int, law: Law) -> date | None:
    """The last day of an absence for which `after` could be paid, when one for `benefit` goes on from it.

    `after_onset`: its weekdays after the day of its onset; not all of them were waited. Raises NotInForce.
    """
    group = (group_of(benefit), group_of(after))
    if group not in GOES_ON or not goes_on(onset, end) or after_onset <= waited(after, law=law):
        return None
    return end


def good(claim: Claim) -> Mapping[str, Any]:
    """The details of the claim, with an answer to each thing the register does not tell, as a good claim has it."""
    details = {**FINDABLE[claim.benefit].assumed, **claim.details}
    if "months" in details:
        details["months"] = tuple({"holiday_pay": MOST_PAY, **entry} for entry in details["months"])
    if "contract" in details:
        details["contract"] = contract_told(claim.employment) or details["contract"]
    return details


def with_the_least(claim: Claim, *, paid: Decimal, annual: Decimal | None, law: Law) -> Claim:
    """The claim with the least that each month's holiday pay can be, so that no sum is promised that is not there.

    `paid`: for the leave of its months; `annual`: own wages, EUR a year, None where they are not known. Raises
    NotInForce.
    """
    months = claim.details.get("months") or ()
    days = sum(entry["paid_days"] for entry in months)
    if annual is None or not days:
        return claim
    least = least_holiday_pay(annual, paid=paid, days=days, law=law)
    told = tuple({**entry, "holiday_pay": least} for entry in months)
    return replace(claim, details={**claim.details, "months": told})


def contract_told(employment: Employment | None) -> Mapping[str, Any] | None:
    """An employment with an end is taken for one for a fixed term, of as many whole months as it lasts."""
    if employment is None or employment.end is None or employment.end < employment.start:
        return None
    after = employment.end + DAY
    months = (after.year - employment.start.year) * 12 + after.month - employment.start.month
    return {"kind": "fixed_term", "months": months - (add_months(employment.start, months) > after)}


def is_worth_claiming(problems: Iterable[Problem]) -> bool:
    found = list(problems)
    return not errors(found) and not any(problem.code in NO_RIGHT for problem in found)


def needed(claim: Claim) -> list[str]:
    """What the employer has to add: paths into the claim."""
    wanted = FINDABLE[claim.benefit].needs
    open_ones = [path for path in wanted if claim.details.get(path.removeprefix("details.")) is None]
    return open_ones + [
        f"details.months.{index}.holiday_pay"
        for index, entry in enumerate(claim.details.get("months") or ())
        if entry.get("holiday_pay") is None
    ]
