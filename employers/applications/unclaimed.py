"""Paid sick leave that nobody has claimed, put together from the reports that count today. Reads only.

A report tells of one month, so an absence that goes on is told in parts. Parts belong together when no weekday lies
between them. Whatever an application or a report's own claim touches is claimed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import F

from employers.applications import lifecycle
from employers.applications.models import Application
from employers.applications.queries import inherited
from employers.benefits.claim import Claim, PayPeriod, Period
from employers.benefits.periods import overlap
from employers.benefits.spell import goes_on
from employers.income_register.codes import CLAIMS_DAILY_ALLOWANCE, ILLNESS
from employers.income_register.queries import paid_absences
from employers.law.queries import LawOn
from employers.organisations.models import Organisation

BENEFIT = "sickness_allowance"  # what an absence for illness can be claimed as
LOOK_BACK = timedelta(days=366)  # what began before is past its deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Period):
    """A paid absence as one report tells it. The amount is None where it is masked."""

    amount: Decimal | None
    claimed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclaimed:
    """`last` is the live application of the latest absence before this one."""

    person: UUID
    absence: Period
    pay_periods: tuple[PayPeriod, ...]
    last: Application | None

    @property
    def paid(self) -> Decimal:
        return sum((period.amount for period in self.pay_periods), start=Decimal(0))

    def claim(self, *, organisation: Organisation, law_on: LawOn) -> Claim:
        """All of the claim but who it is about."""
        continues = inherited(self.absence.start, benefit=BENEFIT, last=self.last, law_on=law_on)
        return Claim(
            benefit=BENEFIT,
            employer=organisation.business_id,
            absence=self.absence,
            pay_periods=self.pay_periods,
            certificate="electronic",
            continues_application=str(continues.pk) if continues else None,
        )


def unclaimed(organisation: Organisation, *, on: date, person: UUID | None = None) -> Iterator[Unclaimed]:
    """Of everybody, or of one person. Two queries, however many people."""
    applications = defaultdict(list)
    for application in _applications(organisation, on=on, person=person):
        applications[application.person_id].append(application)
    for who, parts in _parts(organisation, on=on, person=person).items():
        yield from _of_person(who, parts, applications[who])


def _parts(organisation: Organisation, *, on: date, person: UUID | None) -> dict[UUID, list[Part]]:
    told = paid_absences(organisation).filter(
        cause_code=ILLNESS, start__lte=F("end"), end__gte=on - LOOK_BACK, report__person__isnull=False
    )
    if person:
        told = told.filter(report__person=person)
    found: dict[UUID, list[Part]] = defaultdict(list)
    rows = told.order_by("start", "end", "pk").values_list(
        "report__person", "start", "end", "amount", "reimbursement_type"
    )
    for who, start, end, amount, reimbursement in rows:
        assert start
        assert end
        claimed = reimbursement == CLAIMS_DAILY_ALLOWANCE
        found[who].append(Part(start=start, end=end, amount=amount, claimed=claimed))
    return found


def _applications(organisation: Organisation, *, on: date, person: UUID | None) -> Iterable[Application]:
    """By their last day. One that was rejected is a claim all the same; one that was withdrawn is none."""
    made = Application.objects.filter(
        organisation=organisation, benefit=BENEFIT, person__isnull=False, absence_end__gte=on - 2 * LOOK_BACK
    ).exclude(status=lifecycle.WITHDRAWN)
    if person:
        made = made.filter(person=person)
    return made.order_by("absence_end", "pk")


def _of_person(who: UUID, parts: Sequence[Part], applications: Sequence[Application]) -> Iterator[Unclaimed]:
    taken = [part for part in parts if part.claimed] + [period_of(application) for application in applications]
    free = [part for part in parts if not any(overlap(part, one) for one in taken)]
    live = [one for one in applications if lifecycle.is_live(status=one.status, outcome=one.outcome)]
    for together in runs(free):
        absence = Period(start=together[0].start, end=max(part.end for part in together))
        before = [one for one in live if period_of(one).end < absence.start]
        yield Unclaimed(
            person=who,
            absence=absence,
            pay_periods=tuple(pay_periods(together)),
            last=before[-1] if before else None,
        )


def period_of(application: Application) -> Period:
    assert application.absence_start
    assert application.absence_end
    return Period(start=application.absence_start, end=application.absence_end)


def runs(parts: Iterable[Part]) -> list[list[Part]]:
    """Parts in the order of their days, those together that no weekday lies between."""
    found: list[list[Part]] = []
    end = date.min
    for part in parts:
        if found and goes_on(part.start, end):
            found[-1].append(part)
            end = max(end, part.end)
        else:
            found.append([part])
            end = part.end
    return found


def pay_periods(parts: Iterable[Part]) -> list[PayPeriod]:
    """What was paid for which days. Of the same days told twice the pay is added up: it was paid in two goes."""
    found: list[PayPeriod] = []
    for part in parts:
        if part.amount is None:
            continue
        start, end, amount = part.start, part.end, part.amount
        if found and start <= found[-1].end:
            before = found.pop()
            start, end, amount = before.start, max(before.end, end), before.amount + amount
        found.append(PayPeriod(start=start, end=end, amount=amount))
    return found
