"""Look whether what we know of the register is fresh and its certificates last: alarms come and go by themselves."""

from datetime import date, datetime
from pathlib import Path

from django.db.models import Exists, OuterRef

from .alarm import Kind, clear_alarms, raise_alarm, raise_alarms
from .certificates import expiring, unreadable
from .freshness import late
from .models import QuarantinedReport
from .models_subscriptions import RegisterAlarm


def watch_freshness(*, at: datetime) -> None:
    """Who is late, and who is not any more: read since, or nobody may read it now."""
    found = list(late(at=at))
    raise_alarms(
        RegisterAlarm(
            kind=Kind.LATE,
            about=one.business_id,
            organisation=one,
            facts={"since": one.waits_since.isoformat()},
            raised_at=at,
        )
        for one in found
    )
    _clear_all_but(Kind.LATE, [one.business_id for one in found], at=at)


def watch_quarantine(*, at: datetime) -> None:
    """Cleared when a later run could read them all."""
    unread = QuarantinedReport.objects.filter(resolved_at=None)
    alarms = RegisterAlarm.objects.filter(kind=Kind.QUARANTINE, cleared_at=None)
    read = alarms.exclude(
        Exists(unread.filter(organisation=OuterRef("organisation")))
        | Exists(unread.filter(sync__subscription=OuterRef("subscription")))
    )
    clear_alarms(Kind.QUARANTINE, about=list(read.values_list("about", flat=True)), at=at)


def watch_certificates(folder: Path, *, on: date, at: datetime) -> None:
    """60 days ahead; and at once what cannot be read, which is as bad as expired."""
    told: dict[str, dict[str, str]] = {name: {"error": "unreadable"} for name in unreadable(folder)}
    for one in expiring(folder, on=on):
        told.setdefault(one.name, {"until": one.until.isoformat(), "subject": one.subject})
    for name, facts in told.items():
        raise_alarm(Kind.CERTIFICATE, about=name, at=at, facts=facts)
    _clear_all_but(Kind.CERTIFICATE, list(told), at=at)


def _clear_all_but(kind: str, still: list[str], *, at: datetime) -> None:
    alarms = RegisterAlarm.objects.filter(kind=kind, cleared_at=None).exclude(about__in=still)
    clear_alarms(kind, about=list(alarms.values_list("about", flat=True)), at=at)
