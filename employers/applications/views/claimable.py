"""Paid absences that nobody has claimed: what they are worth at least, and how long one can still apply."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, Sum, Window

from employers.applications.models_register import Finding
from employers.applications.views.found import SOON, with_words
from employers.organisations.models import Organisation

SHOWN = 10


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
    with_words(organisation, found, on=on)
    first = found[0]
    return Claimable(shown=found, count=first.of_all, sum=first.sum_of_all, soon=first.soon_of_all)


def _of_all(on: date) -> dict[str, Window]:
    """In the same query as the first of them."""
    soon = Q(deadline__lte=on + SOON)
    return {
        "of_all": Window(Count("pk")),
        "sum_of_all": Window(Sum("estimated_amount")),
        "soon_of_all": Window(Count("pk", filter=soon)),
    }
