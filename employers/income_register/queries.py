"""What the register's reports say today."""

from datetime import date
from decimal import Decimal

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from employers.benefits.claim import Period
from employers.organisations.models import Organisation
from employers.people.models import Person

from .models import PaidAbsence, RegisterSync, ReportVersion


def wages(organisation: Organisation, person: Person, *, window: Period) -> list[tuple[date, Decimal]]:
    """Payment date and wages subject to pension insurance, EUR, as this employer paid them; both days included.

    Where the newest version came with its amounts masked, the newest that shows them counts.
    """
    shown = ReportVersion.objects.filter(report_id=OuterRef("report_id"), wages__isnull=False).order_by("-version")
    return list(
        ReportVersion.objects.filter(
            organisation=organisation,
            person=person,
            current=True,
            payment_date__range=(window.start, window.end),
        )
        .annotate(shown=Coalesce(F("wages"), Subquery(shown.values("wages")[:1])))
        .filter(shown__isnull=False)
        .order_by("payment_date", "report_id")
        .values_list("payment_date", "shown")
    )


def paid_absences(organisation: Organisation) -> QuerySet[PaidAbsence]:
    """Those that count today, with whom and when it was paid at hand, oldest first."""
    return (
        PaidAbsence.objects.filter(current=True, report__organisation=organisation)
        .select_related("report__person")
        .order_by("start", "pk")
    )


def last_good_sync(organisation: Organisation) -> RegisterSync | None:
    return (
        RegisterSync.objects.filter(organisation=organisation, status=RegisterSync.Status.FINISHED)
        .order_by("-finished_at")
        .first()
    )
