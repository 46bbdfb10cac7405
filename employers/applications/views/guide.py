"""The guidance that stands beside a question: the best fits, no more than one reads."""

from collections.abc import Collection

from employers.guidance.models import GuidanceTopic
from employers.guidance.queries import topics_for
from employers.organisations.models import Organisation
from employers.records import clock

MOST = 5


def topics_beside(
    step: str, *, benefit: str | None = None, organisation: Organisation | None = None, codes: Collection[str] = ()
) -> list[GuidanceTopic]:
    size_class = organisation.size_class if organisation else None
    return topics_for(benefit=benefit, step=step, on=clock.today(), codes=codes, size_class=size_class)[:MOST]
