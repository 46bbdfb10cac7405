"""What an employer has applied for, for many people at once, and the applications before each of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F

from employers.applications import lifecycle
from employers.applications.models import Application, ApplicationVersion
from employers.applications.queries import earlier_of
from employers.benefits.claim import Earlier, Period
from employers.law.queries import LawOn
from employers.organisations.models import Organisation

CHAIN = """
WITH RECURSIVE chain AS (
    SELECT id, continues_id FROM employers_application WHERE id = ANY(%s)
    UNION SELECT one.id, one.continues_id FROM employers_application one JOIN chain ON one.id = chain.continues_id
)
SELECT id FROM chain
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chains:
    """Applications with all that they continue, and what each of them says."""

    applications: Mapping[UUID, Application] = field(default_factory=dict)
    said: Mapping[UUID, Any] = field(default_factory=dict)

    def earlier(self, application: Application | None, *, law_on: LawOn) -> Earlier | None:
        """As a later claim sees it. Of those that were looked up."""
        known = self.applications.get(application.pk) if application else None
        return earlier_of(known, law_on=law_on, said=self.said)


def applied_for(
    organisation: Organisation, people: Collection[UUID], *, benefits: Sequence[str], since: date
) -> dict[UUID, list[Application]]:
    """By person, in the order of their last days. One that was rejected is a claim all the same; one that was withdrawn
    is none. One query."""
    made = Application.objects.filter(
        organisation=organisation, person__in=people, benefit__in=benefits, absence_end__gte=since
    ).exclude(status=lifecycle.WITHDRAWN)
    found: dict[UUID, list[Application]] = {}
    for one in made.order_by("absence_end", "pk"):
        assert one.person_id
        found.setdefault(one.person_id, []).append(one)
    return found


def chains(last: Collection[UUID]) -> Chains:
    """Two queries, none where there is nothing to look up."""
    if not last:
        return Chains()
    with connection.cursor() as cursor:
        cursor.execute(CHAIN, [list(last)])
        keys = [key for (key,) in cursor.fetchall()]
    said = ApplicationVersion.objects.filter(application__in=keys, number=F("application__version"))
    versions = list(said.select_related("application"))
    applications = {one.application_id: one.application for one in versions}
    for one in applications.values():
        one.continues = applications.get(one.continues_id) if one.continues_id else None
    return Chains(applications=applications, said={one.application_id: one.content for one in versions})


def contents(organisation: Organisation, people: Collection[UUID], *, benefit: str) -> dict[UUID, list[Any]]:
    """What was said in each application for a benefit, as stored, by person. One query."""
    said = ApplicationVersion.objects.filter(
        application__organisation=organisation,
        application__person__in=people,
        application__benefit=benefit,
        number=F("application__version"),
    ).exclude(application__status=lifecycle.WITHDRAWN)
    found: dict[UUID, list[Any]] = {}
    for one in said.select_related("application"):
        assert one.application.person_id
        found.setdefault(one.application.person_id, []).append(one.content)
    return found


def period_of(application: Application) -> Period:
    assert application.absence_start
    assert application.absence_end
    return Period(start=application.absence_start, end=application.absence_end)


def is_live(application: Application) -> bool:
    return lifecycle.is_live(status=application.status, outcome=application.outcome)
