"""What the register's reports say today."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Least

from employers.benefits.claim import Period
from employers.organisations.models import Organisation
from employers.people.models import Person

from .freshness import readable
from .models import PaidAbsence, RegisterCursor, RegisterSync, ReportVersion
from .models_subscriptions import COVERING, RegisterSubscription

# Of an absence that goes on a report may tell until when, and no end. What was paid is told for the days of the pay
# period. Without either nobody knows which days were paid.
GOING_ON = Case(When(until__isnull=False, then=Least("until", "report__period_end")))
LAST_DAY = Coalesce("end", GOING_ON)


def wages(organisation: Organisation, person: Person, *, window: Period) -> list[tuple[date, Decimal]]:
    """Payment date and wages subject to pension insurance, EUR, as this employer paid them; both days included.

    Where the newest version came with its amounts masked, the newest that shows them counts.
    """
    paid = _shown(ReportVersion.objects.filter(organisation=organisation, person=person))
    within = paid.filter(payment_date__range=(window.start, window.end))
    return list(within.values_list("payment_date", "shown"))


def wages_of_all(
    organisations: Iterable[UUID], persons: Iterable[UUID]
) -> dict[tuple[UUID, UUID | None], list[tuple[date, Decimal]]]:
    """The same of many employers and people, whenever it was paid, by employer and person. One query."""
    paid = _shown(ReportVersion.objects.filter(organisation__in=organisations, person__in=persons))
    found: dict[tuple[UUID, UUID | None], list[tuple[date, Decimal]]] = {}
    for organisation, person, day, wage in paid.values_list("organisation_id", "person_id", "payment_date", "shown"):
        found.setdefault((organisation, person), []).append((day, wage))
    return found


def _shown(versions: QuerySet[ReportVersion]) -> QuerySet[Any]:
    newest = ReportVersion.objects.filter(report_id=OuterRef("report_id"), wages__isnull=False).order_by("-version")
    shown = Coalesce(F("wages"), Subquery(newest.values("wages")[:1]))
    return (
        versions.filter(current=True)
        .annotate(shown=shown)
        .filter(shown__isnull=False)
        .order_by("payment_date", "report_id")
    )


def paid_absences(organisation: Organisation) -> QuerySet[PaidAbsence]:
    """Those with pay that count today, with whom and when it was paid at hand, oldest first."""
    return (
        PaidAbsence.objects.filter(current=True, unpaid=False, report__organisation=organisation)
        .select_related("report__person")
        .order_by("start", "pk")
    )


def is_read(organisation: Organisation) -> bool:
    """By a sync of its own, or of a subscription that covers it."""
    kept = RegisterCursor.objects.filter(organisation=organisation).values("last_sync")
    good = RegisterSync.objects.filter(status=RegisterSync.Status.FINISHED, dry_run=False)
    return good.filter(Q(organisation=organisation) | Q(pk__in=kept)).exists()


def read_already(organisations: Iterable[UUID]) -> set[UUID]:
    """Those of many employers that have a last good sync. Two queries."""
    wanted = list(organisations)
    good = RegisterSync.objects.filter(status=RegisterSync.Status.FINISHED, dry_run=False)
    own = good.filter(organisation__in=wanted).values_list("organisation", flat=True)
    kept = RegisterCursor.objects.filter(organisation__in=wanted, last_sync__in=good)
    return {*own.distinct(), *kept.values_list("organisation", flat=True)} - {None}


def covered_by(subscription: RegisterSubscription) -> QuerySet[Organisation]:
    """Whom it tells of, as far as they let their data be read. Without a list it tells of everyone."""
    listed = subscription.organisations.filter(register_access=True)
    return listed if subscription.organisations.exists() else readable()


def read_by_themselves() -> QuerySet[Organisation]:
    """Employers that no standing subscription tells all of."""
    standing = RegisterSubscription.objects.filter(
        status=RegisterSubscription.Status.ACTIVE, recurring=True, kind__in=COVERING
    )
    if standing.filter(organisations=None).exists():
        return Organisation.objects.none()
    return readable().exclude(register_subscriptions__in=standing)
