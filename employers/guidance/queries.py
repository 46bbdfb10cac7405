"""Which topics to show, read in one query."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from employers.guidance.flow import relevant
from employers.guidance.models import GuidanceTopic


def in_force(on: date) -> QuerySet[GuidanceTopic]:
    started = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    going_on = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
    return GuidanceTopic.objects.filter(started, going_on)


def topics_for(
    *,
    benefit: str | None,
    step: str | None,
    on: date,
    field: str | None = None,
    codes: Collection[str] = (),
    size_class: str | None = None,
) -> list[GuidanceTopic]:
    """The topics in force on the day, the best fit first. A few dozen rows: they are chosen in Python."""
    return relevant(in_force(on), benefit=benefit, step=step, field=field, codes=codes, size_class=size_class)
