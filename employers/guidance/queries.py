"""Which topics to show, read in one query."""

from collections.abc import Collection
from datetime import date

from employers.guidance.flow import relevant
from employers.guidance.models import GuidanceTopic


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
    topics = GuidanceTopic.objects.in_force(on)
    return relevant(topics, benefit=benefit, step=step, field=field, codes=codes, size_class=size_class)
