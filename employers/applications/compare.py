"""What an application and the register's reports do not agree about. Pure: what was said and told in, differences out.

Only days that the employer claims pay for are compared, and only where the reports say that the absences of those days
are all told. A day on which few work tells nothing: absences are often told by the working week. No difference is
better than a wrong one: what cannot be compared is not.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import Any

from employers.benefits.claim import Claim, Employment, PayPeriod, Period
from employers.benefits.deadlines import add_months
from employers.benefits.law import Law
from employers.benefits.periods import contains, overlap
from employers.benefits.weekdays import days_between, is_working_day, weekdays_between
from employers.income_register.codes import ACCIDENT, PARTIAL_REHABILITATION

PAY, PERIOD, WORKED, CAUSE = "pay", "period", "worked_days", "cause"
EMPLOYMENT_START, EMPLOYMENT_END, NOT_TOLD = "employment_start", "employment_end", "not_told"
UNPAID = "unpaid"
CODES = (PAY, PERIOD, WORKED, CAUSE, EMPLOYMENT_START, EMPLOYMENT_END, NOT_TOLD, UNPAID)
LEAST, SHARE = Decimal("1.00"), Decimal("0.01")  # EUR, and of the pay told: what rounding can make of the same pay
# The register's causes that agree with a benefit, the one that is expected first. A benefit that is not here is told
# under causes that we do not know for certain, so nothing of its days and pay is compared.
CAUSES: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        "sickness_allowance": (1,),
        "partial_sickness_allowance": (2,),
        "pregnancy_allowance": (3, 4),
        "special_pregnancy_allowance": (4, 3),
        "parental_allowance": (3,),
        "rehabilitation_allowance": (5,),
        "partial_rehabilitation_allowance": (PARTIAL_REHABILITATION,),
    }
)
MONTHS_BEFORE = {"family_leave_compensation": "family_leave.least_employment_months"}  # without them nothing is paid


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Period):
    """A paid absence as a report tells it; the amount is None where it is masked."""

    cause: int
    amount: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """What the current reports of one employer tell of one person.

    `unpaid`: absences without pay, whatever the reason. `windows`: the days of which all absences are told.
    `paid_since`: the first day of pay that we know of.
    """

    absences: Sequence[Told] = ()
    unpaid: Sequence[Period] = ()
    windows: Sequence[Period] = ()
    employment: Employment | None = None
    paid_since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """`claimed` and `register`: two days, a sum, a day or a code, as text; empty where nothing is told."""

    code: str
    claimed: Any
    register: Any
    paid: Decimal | None = None

    @property
    def facts(self) -> dict[str, Any]:
        return {"claimed": self.claimed, "register": self.register}


def differences(claim: Claim, told: Register, *, laws: Callable[[date], Law]) -> list[Difference]:
    """At most one for each code."""
    if claim.absence is None:
        return []
    found = [*_employment(claim, told, laws)]
    if claim.benefit in CAUSES:
        found += [*_pay(claim, told), *_days(claim, told)]
    return found


def paid_days(claim: Claim) -> list[date]:
    """The working days that pay is claimed for."""
    return [
        day
        for period in claim.pay_periods
        for day in days_between(period.start, period.end)
        if is_working_day(day) and not any(contains(other, day) for other in claim.other_days)
    ]


def _agreeing(claim: Claim) -> tuple[int, ...]:
    """An absence that an insurer may have to pay for can be told as an accident."""
    return (*CAUSES[claim.benefit], *((ACCIDENT,) if claim.insurer_case != "none" else ()))


def _days(claim: Claim, told: Register) -> Iterator[Difference]:
    days = sorted(set(paid_days(claim)))
    causes = {day: {one.cause for one in told.absences if contains(one, day)} for day in days}
    agreeing = set(_agreeing(claim))
    other = [day for day in days if causes[day] and not causes[day] & agreeing]
    if other:
        yield _cause(claim, causes[other[0]])
    unpaid = [day for day in days if not causes[day] and _any(told.unpaid, day)]
    if unpaid:
        yield Difference(code=UNPAID, claimed=_ends(days), register=_ends(unpaid))
    missing = [day for day in days if not causes[day] and day not in unpaid and _any(told.windows, day)]
    if not missing or missing == days[:1] != days:  # an illness can begin in the middle of a working day
        return
    there = [day for day in days if causes[day]]
    if not there:
        if missing == days:
            yield Difference(code=NOT_TOLD, claimed=_ends(days), register="")
        return
    inside = [day for day in missing if there[0] < day < there[-1]]
    if len(inside) < len(missing):
        yield Difference(code=PERIOD, claimed=_ends(days), register=_ends(there))
    if inside:
        yield Difference(code=WORKED, claimed=_ends(days), register=_ends(inside))


def _any(periods: Iterable[Period], day: date) -> bool:
    return any(contains(one, day) for one in periods)


def _cause(claim: Claim, told: Iterable[int]) -> Difference:
    return Difference(code=CAUSE, claimed=_code(CAUSES[claim.benefit][0]), register=_code(min(told)))


def _code(cause: int) -> str:
    return f"cause_{cause}"


def _ends(days: Sequence[date]) -> dict[str, str]:
    return {"start": days[0].isoformat(), "end": days[-1].isoformat()}


def _pay(claim: Claim, told: Register) -> Iterator[Difference]:
    """Sums of the same days alone: who tells of more days tells of more pay."""
    if claim.pay_basis == "difference":
        return
    agreeing = [one for one in told.absences if one.cause in _agreeing(claim)]
    said = shown = Decimal(0)
    for claimed, reported in together(claim.pay_periods, agreeing):
        amounts = [one.amount for one in reported]
        if _weekdays(claimed, without=claim.other_days) != _weekdays(reported) or None in amounts:
            continue
        said += sum(one.amount for one in claimed)
        shown += sum(amount for amount in amounts if amount is not None)
    if abs(said - shown) > max(LEAST, SHARE * shown):
        yield Difference(code=PAY, claimed=f"{said:.2f}", register=f"{shown:.2f}", paid=shown)


def together(
    claimed: Iterable[PayPeriod], reported: Sequence[Told]
) -> list[tuple[tuple[PayPeriod, ...], tuple[Told, ...]]]:
    """Pay periods and reports that share days, each such group whole: one month said may be two reports, or the other
    way round."""
    groups: list[tuple[tuple[PayPeriod, ...], tuple[Told, ...]]] = []
    for period in claimed:
        own = tuple(one for one in reported if overlap(one, period))
        joined = [group for group in groups if set(group[1]) & set(own)]
        groups = [group for group in groups if group not in joined]
        periods = (*(one for group in joined for one in group[0]), period)
        reports = dict.fromkeys((*(one for group in joined for one in group[1]), *own))
        groups.append((periods, tuple(reports)))
    return [group for group in groups if group[1]]


def _weekdays(periods: Iterable[Period], *, without: Sequence[Period] = ()) -> set[date]:
    """Saturdays may be told or not, so they do not count."""
    days = {day for one in periods for day in weekdays_between(one.start, one.end) if is_working_day(day)}
    return {day for day in days if not any(contains(one, day) for one in without)}


def _employment(claim: Claim, told: Register, laws: Callable[[date], Law]) -> Iterator[Difference]:
    said, known, absence = claim.employment, told.employment, claim.absence
    if said is None or known is None or absence is None:
        return
    if known.end and known.end < absence.end and (said.end is None or said.end > known.end):
        yield Difference(
            code=EMPLOYMENT_END, claimed=said.end.isoformat() if said.end else "", register=known.end.isoformat()
        )
    months = laws(absence.start).count(MONTHS_BEFORE[claim.benefit]) if claim.benefit in MONTHS_BEFORE else 0
    latest = partial(add_months, months=months)
    if latest(known.start) > absence.start >= latest(said.start):
        before = told.paid_since is not None and told.paid_since < known.start
        if known.start <= absence.end and not before:
            yield Difference(code=EMPLOYMENT_START, claimed=said.start.isoformat(), register=known.start.isoformat())
