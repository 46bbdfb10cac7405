"""Keep what a window brought: the reports, the cursors, the counters, the alarms and the event, all of it or none."""

import time
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest, Now

from .alarm import Kind, clear_alarm, clear_alarms, raise_alarm, raise_alarms
from .lease import FIRST_SYNC, LEASE, Superseded, ask_for, end, held, subject_of
from .merge import Counts, settle
from .models import RegisterCursor, RegisterSync
from .models_subscriptions import COVERING, RegisterAlarm, RegisterSubscription

Status = RegisterSync.Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A window whose reports stand in this session's temporary tables; half-open."""

    start: datetime
    end: datetime
    query_id: str = ""
    digest: str = ""
    is_last: bool = True
    timings: dict[str, float] = field(default_factory=dict)  # seconds by phase


@transaction.atomic
def keep_window(sync: RegisterSync, brought: Brought, *, at: datetime) -> None:
    """Of one employer. Raises Superseded."""
    _lock(sync)
    _count(sync, brought, at=at)
    if not sync.dry_run:
        _move_cursor(sync, brought, at=at)
        clear_alarm(Kind.WRONG_WINDOW, Kind.COUNT, about=subject_of(sync), at=at)
    if brought.is_last:
        end(sync, status=Status.FINISHED, error="", at=at)


@transaction.atomic
def keep_file(sync: RegisterSync, brought: Brought, *, covered: Collection[UUID], at: datetime) -> None:
    """Of a subscription: `covered` are the employers that it tells of. Raises Superseded."""
    _lock(sync)
    assert sync.subscription is not None
    subscription = RegisterSubscription.objects.select_for_update().get(pk=sync.subscription.pk)
    _count(sync, brought, at=at)
    _chain(subscription, sync, brought, at=at)
    if subscription.kind in COVERING:
        _move_cursors(sync, brought, covered=covered, at=at)
    else:
        RegisterCursor.objects.filter(organisation__in=covered).update(last_sync=sync)
    clear_alarm(Kind.FAILED, Kind.COUNT, about=subject_of(sync), at=at)
    end(sync, status=Status.FINISHED, error="", at=at)


@transaction.atomic
def keep_nothing(sync: RegisterSync, *, digest: str = "", at: datetime) -> None:
    """There was nothing to ask for, or a finished run brought these very octets: what they say is here already."""
    _lock(sync)
    RegisterSync.objects.filter(pk=sync.pk).update(digest=digest)
    if not sync.dry_run:
        clear_alarm(Kind.FAILED, about=subject_of(sync), at=at)
    end(sync, status=Status.FINISHED, error="", at=at)


def _lock(sync: RegisterSync) -> None:
    if not held(sync).select_for_update().exists():
        raise Superseded


def _count(sync: RegisterSync, brought: Brought, *, at: datetime) -> None:
    began = time.monotonic()
    with transaction.atomic():
        counts = settle(sync=sync, at=at)
        transaction.set_rollback(sync.dry_run)
    spent = brought.timings | {"merge": time.monotonic() - began}
    before = RegisterSync.objects.values_list("timings", flat=True).get(pk=sync.pk)
    RegisterSync.objects.filter(pk=sync.pk).update(
        attempts=1,
        outages=0,
        lease_until=Now() + LEASE,
        reached=brought.end,
        query_id=brought.query_id,
        digest=brought.digest,
        timings={phase: round(before.get(phase, 0) + seconds, 3) for phase, seconds in spent.items()},
        **{name: F(name) + number for name, number in counts.columns.items()},
    )
    _tell_quarantined(sync, counts, at=at)


def _tell_quarantined(sync: RegisterSync, counts: Counts, *, at: datetime) -> None:
    if not counts.quarantined or sync.dry_run:
        return
    raise_alarm(
        Kind.QUARANTINE,
        about=sync.subscription.reference if sync.subscription else subject_of(sync),
        at=at,
        organisation_id=sync.organisation_id,
        subscription_id=sync.subscription_id,
        sync_id=sync.pk,
        facts={"reports": counts.quarantined},
    )


def _move_cursor(sync: RegisterSync, brought: Brought, *, at: datetime) -> None:
    """Forwards only, and never over what was not read. Whoever reads a window once more shows nothing fresh."""
    assert sync.organisation is not None
    begins = {"synced_until": min(brought.start, at - FIRST_SYNC)}  # a window of now says nothing of the years before
    RegisterCursor.objects.get_or_create(organisation=sync.organisation, defaults=begins)
    mine = RegisterCursor.objects.filter(organisation=sync.organisation)
    mine.filter(synced_until__gte=brought.start).update(synced_until=Greatest("synced_until", brought.end))
    if brought.is_last:
        mine.update(last_sync=sync)
        clear_alarm(Kind.FAILED, about=subject_of(sync), at=at)
    if brought.is_last and not sync.again:
        mine.update(last_good_at=at)
        clear_alarm(Kind.LATE, Kind.GAP, about=subject_of(sync), at=at)


def _chain(subscription: RegisterSubscription, sync: RegisterSync, brought: Brought, *, at: datetime) -> None:
    """Each window begins where the last one ended. A gap is read employer by employer, an overlap does no harm."""
    expected = subscription.synced_until or subscription.modified_from
    kind = Kind.GAP if brought.start > expected else Kind.OVERLAP if brought.start < expected else None
    if kind is None:
        clear_alarm(Kind.GAP, Kind.OVERLAP, about=subscription.reference, at=at)
    else:
        facts = {"expected": expected.isoformat(), "begins": brought.start.isoformat(), "file": sync.source}
        raise_alarm(
            kind, about=subscription.reference, at=at, subscription_id=subscription.pk, sync_id=sync.pk, facts=facts
        )
    subscription.synced_until = max(expected, brought.end)
    if not subscription.recurring:  # it has told what it was ordered for
        subscription.status, subscription.ended_at = RegisterSubscription.Status.ENDED, at
    subscription.save(update_fields=["synced_until", "status", "ended_at"])


def _move_cursors(sync: RegisterSync, brought: Brought, *, covered: Collection[UUID], at: datetime) -> None:
    """Whose own cursor lies before the window keeps it, and is read by itself."""
    cursors = RegisterCursor.objects.filter(organisation__in=covered)
    known = set(cursors.values_list("organisation", flat=True))
    RegisterCursor.objects.bulk_create(
        [RegisterCursor(organisation_id=pk, synced_until=at - FIRST_SYNC) for pk in covered if pk not in known],
        ignore_conflicts=True,
    )
    behind = list(cursors.filter(synced_until__lt=brought.start).select_related("organisation").order_by("pk"))
    cursors.update(last_sync=sync)
    joined = cursors.exclude(pk__in=[one.pk for one in behind])
    joined.update(synced_until=Greatest("synced_until", brought.end), last_good_at=at)
    clear_alarms(Kind.LATE, about=joined.values_list("organisation__business_id", flat=True), at=at)
    ask_for([one.organisation_id for one in behind], at=at)
    raise_alarms(_gap(one, sync, brought, at=at) for one in behind if one.organisation_id in known)


def _gap(cursor: RegisterCursor, sync: RegisterSync, brought: Brought, *, at: datetime) -> RegisterAlarm:
    return RegisterAlarm(
        kind=Kind.GAP,
        about=cursor.organisation.business_id,
        organisation_id=cursor.organisation_id,
        subscription_id=sync.subscription_id,
        sync_id=sync.pk,
        facts={"expected": cursor.synced_until.isoformat(), "begins": brought.start.isoformat()},
        raised_at=at,
    )
