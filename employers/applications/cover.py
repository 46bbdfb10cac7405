"""Which applications cover what was found. Reads only."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from employers.applications import lifecycle
from employers.applications.models import Application, ApplicationVersion
from employers.applications.models_register import Finding
from employers.benefits import findable
from employers.benefits.claim import Period, from_json
from employers.benefits.covered import covered
from employers.benefits.family_time import same_child
from employers.benefits.periods import overlap

ONCE_A_CHILD = "family_leave_compensation"
BY_MONTH = "annual_leave_compensation"


def by_day() -> dict[str, Any]:
    """For `filter` and `update`: an application for any benefit paid by the weekday covers its days for them all."""
    claims = Application.objects.filter(
        organisation=OuterRef("organisation"),
        person=OuterRef("person"),
        benefit__in=findable.DAILY,
        absence_start__lte=OuterRef("absence_end"),
        absence_end__gte=OuterRef("absence_start"),
    ).exclude(status=lifecycle.WITHDRAWN)
    return {"there": Exists(claims), "first": Subquery(claims.order_by("pk").values("pk")[:1])}


def covering(findings: QuerySet[Finding]) -> dict[UUID, UUID]:
    """Keys of findings with those of the applications that cover them. Three queries at most."""
    claims = by_day()
    daily = findings.filter(claims["there"], benefit__in=findable.DAILY).annotate(by=claims["first"])
    return {**dict(daily.values_list("pk", "by")), **dict(_once_or_by_month(findings))}


def _once_or_by_month(findings: QuerySet[Finding]) -> Iterator[tuple[UUID, UUID]]:
    same = Application.objects.filter(
        organisation=OuterRef("organisation"), person=OuterRef("person"), benefit=OuterRef("benefit")
    ).exclude(status=lifecycle.WITHDRAWN)
    found = list(findings.filter(Exists(same), benefit__in=(ONCE_A_CHILD, BY_MONTH)))
    if not found:
        return
    claims = _claims(found)
    for one in found:
        for said in claims[one.organisation_id, one.person_id, one.benefit]:
            if _covers(said, one):
                yield one.pk, said.application_id
                break


def _claims(found: list[Finding]) -> dict[tuple[UUID, UUID, str], list[ApplicationVersion]]:
    about = Q(application__organisation__in={one.organisation_id for one in found})
    about &= Q(application__person__in={one.person_id for one in found})
    said = ApplicationVersion.objects.filter(
        about, application__benefit__in=(ONCE_A_CHILD, BY_MONTH), number=F("application__version")
    ).exclude(application__status=lifecycle.WITHDRAWN)
    claims = defaultdict(list)
    for one in said.select_related("application").order_by("application"):
        made = one.application
        assert made.person_id
        claims[made.organisation_id, made.person_id, made.benefit].append(one)
    return claims


def _covers(said: ApplicationVersion, finding: Finding) -> bool:
    if finding.benefit == ONCE_A_CHILD:
        start = said.application.absence_start
        return start is not None and same_child(start, finding.absence_start)
    days = Period(start=finding.absence_start, end=finding.absence_end)
    return any(overlap(days, period) for period in covered(from_json(said.content)))
