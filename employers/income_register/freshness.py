"""How fresh what we know from the register is: the last good run of each employer, and whether that is too long ago."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import DateTimeField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from employers.organisations.models import Organisation

from .models import RegisterCursor, RegisterSync

LATE = timedelta(hours=36)  # every employer is read each night


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    last_good_at: datetime | None  # when a run last brought all there was
    synced_until: datetime | None  # up to when the register's reports are here
    waits_since: datetime | None  # the last good run, or else when the first reading was asked for

    def is_late(self, at: datetime) -> bool:
        return self.waits_since is not None and self.waits_since < at - LATE


def of(organisation: Organisation) -> Freshness:
    [found] = with_freshness(Organisation.objects.filter(pk=organisation.pk)).values(
        "last_good_at", "synced_until", "waits_since"
    )
    return Freshness(**found)


def with_freshness(organisations: QuerySet[Organisation]) -> QuerySet[Any]:
    """Each with `last_good_at`, `synced_until` and `waits_since`."""
    cursors = RegisterCursor.objects.filter(organisation=OuterRef("pk"))
    asked = RegisterSync.objects.filter(organisation=OuterRef("pk"), dry_run=False).order_by("requested_at")
    return organisations.annotate(
        last_good_at=Subquery(cursors.values("last_good_at")),
        synced_until=Subquery(cursors.values("synced_until")),
        waits_since=Coalesce(
            F("last_good_at"), Subquery(asked.values("requested_at")[:1]), output_field=DateTimeField()
        ),
    )


def late(*, at: datetime) -> QuerySet[Any]:
    """Employers that let their data be read and of whom no run was good for too long."""
    return with_freshness(readable()).filter(waits_since__lt=at - LATE).order_by("pk")


def readable() -> QuerySet[Organisation]:
    return Organisation.objects.filter(kind=Organisation.Kind.EMPLOYER, register_access=True)


def last_good_at() -> datetime | None:
    """Of all employers."""
    return (
        RegisterCursor.objects.order_by("-last_good_at")
        .exclude(last_good_at=None)
        .values_list("last_good_at", flat=True)
        .first()
    )
