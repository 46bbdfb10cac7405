"""Take a sync that waits, hold it while it runs, and let go of it: finished, put off or given up.

The row in the table is the queue entry and the lease. Leases run by the database's clock; every claim gets a higher
fence number, and a worker that lost its lease is refused at its next write.
"""

import time
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest, Now

from employers.records import events
from employers.records.record import record

from .alarm import Kind, raise_alarm
from .models import RegisterCursor, RegisterSync

FIRST_SYNC = timedelta(days=731)  # two years back
LEASE = timedelta(seconds=60)
RENEW_EVERY = 10  # seconds
ATTEMPTS = 3
FIRST_PAUSE, LONGEST_PAUSE = 10, 600  # seconds between two tries at a register that does not answer
Status = RegisterSync.Status
log = structlog.get_logger()


class Superseded(Exception):
    """Another worker holds the lease now."""


class Unusable(Exception):
    """What came is not to be believed: nothing of it is kept. `code` stands on the sync, alarms are raised at once."""

    def __init__(self, code: str, *, alarms: tuple[str, ...] = (), facts: Mapping[str, object] | None = None) -> None:
        super().__init__(code)
        self.code, self.alarms, self.facts = code, alarms, facts or {}


def ask_for(organisations: Collection[UUID], *, at: datetime) -> int:
    """A sync for each of these employers, unless one waits already; how many were asked for."""
    waiting = RegisterSync.objects.filter(
        organisation__in=organisations, status=Status.WAITING, dry_run=False, again=False
    )
    asked = set(waiting.values_list("organisation", flat=True))
    rows = [RegisterSync(organisation_id=pk, requested_at=at) for pk in organisations if pk not in asked]
    return len(RegisterSync.objects.bulk_create(rows))


def claim_next(*, at: datetime) -> RegisterSync | None:
    """The oldest that waits, or one whose worker was lost. Nobody else holds it until the lease runs out."""
    try:
        with transaction.atomic():
            _give_up(at=at)
            return _claim(at=at)
    except IntegrityError:  # another worker took another sync of the same employer in this moment
        return None


def due() -> QuerySet[RegisterSync]:
    """Waiting and allowed to run, or running with nobody behind it.

    One at a time for an employer or a subscription, and the files of a subscription in the order of their windows.
    """
    waits = Q(status=Status.WAITING) & (Q(run_after=None) | Q(run_after__lte=Now()))
    lost = Q(status=Status.RUNNING, lease_until__lt=Now())
    running = RegisterSync.objects.filter(status=Status.RUNNING)
    busy = Exists(running.filter(organisation=OuterRef("organisation"))) | Exists(
        running.filter(subscription=OuterRef("subscription"))
    )
    earlier = RegisterSync.objects.filter(
        status=Status.WAITING, subscription=OuterRef("subscription"), window_from__lt=OuterRef("window_from")
    )
    return RegisterSync.objects.filter(lost | (waits & ~busy & ~Exists(earlier)))


def _give_up(*, at: datetime) -> None:
    """What took a worker with it three times without getting anywhere will do it again."""
    lost = RegisterSync.objects.filter(status=Status.RUNNING, lease_until__lt=Now(), attempts__gte=ATTEMPTS)
    for sync in lost.select_for_update(skip_locked=True):
        end(sync, status=Status.FAILED, error="worker_lost", at=at)


def _claim(*, at: datetime) -> RegisterSync | None:
    sync = due().order_by("requested_at", "window_from", "pk").select_for_update(skip_locked=True).first()
    if sync is None:
        return None
    own = {} if sync.organisation_id is None else {
        "window_from": sync.window_from or synced_until(sync, at=at),
        "window_until": sync.window_until or at,
    }  # fmt: skip
    RegisterSync.objects.filter(pk=sync.pk).update(
        status=Status.RUNNING,
        fence=F("fence") + 1,
        attempts=F("attempts") + 1,
        lease_until=Now() + LEASE,
        started_at=sync.started_at or at,
        **own,
    )
    return RegisterSync.objects.select_related("organisation", "subscription").get(pk=sync.pk)


def synced_until(sync: RegisterSync, *, at: datetime) -> datetime:
    """Where the next window of an employer begins."""
    cursor = RegisterCursor.objects.filter(organisation=sync.organisation_id).first()
    return cursor.synced_until if cursor else at - FIRST_SYNC


def held(sync: RegisterSync) -> QuerySet[RegisterSync]:
    return RegisterSync.objects.filter(pk=sync.pk, fence=sync.fence, status=Status.RUNNING)


def hold(sync: RegisterSync, **changes: object) -> None:
    """Renew the lease and tell how far it is; raises Superseded."""
    if not held(sync).update(lease_until=Now() + LEASE, **changes):
        raise Superseded


def renewing(sync: RegisterSync) -> Callable[[], None]:
    """Called with every chunk that comes; keeps the lease, or says that it is lost."""
    renewed = time.monotonic()

    def renew() -> None:
        nonlocal renewed
        if time.monotonic() - renewed >= RENEW_EVERY:
            hold(sync)
            renewed = time.monotonic()

    return renew


def end(sync: RegisterSync, *, status: str, error: str, at: datetime) -> None:
    """For good. An employer's systems hear of its own syncs; a file of a subscription is about many."""
    RegisterSync.objects.filter(pk=sync.pk).update(status=status, error=error, finished_at=at, lease_until=None)
    if status == Status.FAILED:
        raise_for(sync, Kind.FAILED, facts={"error": error}, at=at)
    if sync.organisation_id is not None:
        record(events.SYNC_FINISHED, organisation=sync.organisation_id, subject=sync.pk, status=status, at=at)


def subject_of(sync: RegisterSync) -> str:
    """What an alarm of this sync is about."""
    return sync.source or (sync.organisation.business_id if sync.organisation else "")


def raise_for(sync: RegisterSync, kind: str, *, facts: Mapping[str, object], at: datetime) -> None:
    """A dry run was to keep nothing: its own row tells what was wrong."""
    if sync.dry_run:
        return
    raise_alarm(
        kind,
        about=subject_of(sync),
        at=at,
        organisation_id=sync.organisation_id,
        subscription_id=sync.subscription_id,
        sync_id=sync.pk,
        facts=facts,
    )


def postpone(sync: RegisterSync, error: Exception) -> None:
    """The register is down. Everyone waits, longer each time, and the oldest asks first when the time has come.

    Answers and files come by different ways: one may be down while the other is not.
    """
    log.warning("register unavailable", sync=str(sync.pk), reason=str(error))
    pause = Now() + timedelta(seconds=min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(sync.outages, 10)))
    held(sync).update(
        status=Status.WAITING,
        error="unavailable",
        run_after=pause,
        lease_until=None,
        attempts=F("attempts") - 1,
        outages=F("outages") + 1,
    )
    beside = RegisterSync.objects.filter(status=Status.WAITING, subscription__isnull=sync.subscription_id is None)
    beside.update(run_after=Greatest("run_after", pause))


@transaction.atomic
def try_again_or_fail(sync: RegisterSync, error: Exception, *, code: str, at: datetime) -> None:
    log.error("register answer not usable", sync=str(sync.pk), error=code, reason=str(error))
    if not held(sync).select_for_update().exists():
        return
    if isinstance(error, Unusable):
        for kind in error.alarms:
            raise_for(sync, kind, facts=error.facts, at=at)
    if sync.attempts < ATTEMPTS:
        pause = Now() + timedelta(seconds=FIRST_PAUSE * sync.attempts)
        held(sync).update(status=Status.WAITING, error=code, run_after=pause, lease_until=None)
    else:
        end(sync, status=Status.FAILED, error=code, at=at)
