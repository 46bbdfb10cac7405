"""Copy what applications tell of their persons, once they have moved."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from customers.segments.models import Fact
from employers.applications import lifecycle
from employers.applications.models import Application
from employers.applications.queries import payable_days
from employers.records import clock

COPIED = ("person", "kind", "start", "end", "paid_days", "submitted_on", "status", "outcome")


def gather(applications: Iterable[UUID]) -> list[UUID]:
    """Facts as these applications stand now, however often they are told; the persons they concern."""
    facts = [_fact(application) for application in _moved(applications)]
    Fact.objects.bulk_create(facts, update_conflicts=True, unique_fields=["application"], update_fields=COPIED)
    return list(dict.fromkeys(fact.person_id for fact in facts))


def _moved(applications: Iterable[UUID]) -> Iterable[Mapping[str, Any]]:
    """Applications about a person's absence, in one query with the days they are estimated or decided to pay."""
    return (
        Application.objects.filter(pk__in=set(applications), person__isnull=False, absence_start__isnull=False)
        .annotate(days=payable_days())
        .order_by("person_id", "pk")
        .values(
            "pk", "person_id", "benefit", "absence_start", "absence_end", "submitted_at", "status", "outcome", "days",
        )
    )  # fmt: skip


def _fact(application: Mapping[str, Any]) -> Fact:
    return Fact(
        person_id=application["person_id"],
        application_id=application["pk"],
        kind=application["benefit"],
        start=application["absence_start"],
        end=application["absence_end"],
        paid_days=_paid_days(application),
        submitted_on=clock.day_of(application["submitted_at"]),
        status=application["status"],
        outcome=application["outcome"],
    )


def _paid_days(application: Mapping[str, Any]) -> int:
    """Weekdays the allowance is paid for: as decided, else as estimated; none once nothing is to be paid."""
    if not lifecycle.is_live(status=application["status"], outcome=application["outcome"]):
        return 0
    return int(application["days"] or 0)
