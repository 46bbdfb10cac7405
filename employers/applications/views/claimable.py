"""Paid absences that nobody has claimed: what they are worth at least, and how long one can still apply."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, Sum, Window

from employers.applications.models_register import Finding
from employers.organisations.models import Organisation
from employers.people.models import Employment

SHOWN = 10
SOON = 14  # days before a deadline that are worth a warning


@dataclass(frozen=True, slots=True)
class Claimable:
    """`sum`: EUR, a minimum, of them all. Only this employer's own wages are known to it."""

    shown: list[Any] = field(default_factory=list)
    count: int = 0
    sum: Decimal | None = None
    soon: int = 0

    @property
    def more(self) -> int:
        return self.count - len(self.shown)


def claimable(organisation: Organisation, *, on: date) -> Claimable:
    """Those that end soonest come first."""
    ours = Finding.objects.filter(organisation=organisation, status=Finding.State.OPEN, kind="unclaimed")
    found: list[Any] = list(ours.annotate(**_of_all(on)).order_by(F("deadline").asc(), "id")[:SHOWN])
    if not found:
        return Claimable()
    names = _names(organisation, [one.person_id for one in found])
    for one in found:
        one.last_day = one.due
        one.days_left = (one.last_day - on).days
        one.soon = one.deadline <= on + timedelta(days=SOON)  # as they are counted
        one.employee = names.get(one.person_id, "")
    first = found[0]
    return Claimable(shown=found, count=first.of_all, sum=first.sum_of_all, soon=first.soon_of_all)


def _of_all(on: date) -> dict[str, Window]:
    """In the same query as the first of them."""
    soon = Q(deadline__lte=on + timedelta(days=SOON))
    return {
        "of_all": Window(Count("pk")),
        "sum_of_all": Window(Sum("estimated_amount")),
        "soon_of_all": Window(Count("pk", filter=soon)),
    }


def _names(organisation: Organisation, people: list[UUID]) -> dict[UUID, str]:
    """As this employer has told them, by person."""
    known = Employment.objects.filter(organisation=organisation, person__in=people)
    return {one.person_id: f"{one.given_name or ''} {one.family_name or ''}".strip() for one in known}
