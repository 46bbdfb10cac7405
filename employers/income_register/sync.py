"""Bring an employer's wage reports here: ask for a sync, take one that waits, run it window by window.

The row in the table is the queue entry and the lease. Leases run by the database's clock; every claim gets a higher
fence number, and a worker that lost its lease is refused at its next write. Each window is fetched outside any
transaction and kept, with the cursor, in one.
"""

import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest, Now

from employers.organisations.access import Actor
from employers.organisations.models import Organisation
from employers.records import events
from employers.records.record import record

from .client import Register, RegisterRefused, RegisterUnavailable, payer_reports
from .merge import merge
from .models import RegisterCursor, RegisterSync
from .parser import MalformedExtract, reports_in
from .schema import Poison, Report
from .signing import BadSignature

FIRST_SYNC = timedelta(days=731)  # two years back
WINDOW = timedelta(days=31)
LEASE = timedelta(seconds=60)
RENEW_EVERY = 10  # seconds
ATTEMPTS = 3
FIRST_PAUSE, LONGEST_PAUSE = 10, 600  # seconds between two tries at a register that does not answer
CODES = {RegisterRefused: "refused", BadSignature: "bad_signature"}
Status = RegisterSync.Status
log = structlog.get_logger()


class AccessMissing(Exception):
    """The employer has not let its register data be read."""


class Superseded(Exception):
    """Another worker holds the lease now."""


def request_sync(*, organisation: Organisation, by: Actor | None, at: datetime, dry_run: bool = False) -> RegisterSync:
    """The sync that waits for this employer, or a new one. A dry run counts and keeps nothing. Raises AccessMissing."""
    if not organisation.register_access:
        raise AccessMissing
    with transaction.atomic():
        Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
        same = {"organisation": organisation, "dry_run": dry_run, "again": False}
        waiting = RegisterSync.objects.filter(**same, status=Status.WAITING).first()
        return waiting or RegisterSync.objects.create(
            **same,
            by_user=by.user if by else None,
            by_client=by.client if by else None,
            requested_at=at,
        )


def request_all(*, at: datetime) -> int:
    """One for every employer that lets its data be read."""
    readable = Organisation.objects.filter(kind=Organisation.Kind.EMPLOYER, register_access=True)
    return len([request_sync(organisation=one, by=None, at=at) for one in readable])


def sync_next(*, at: datetime) -> bool:
    """Claim one that waits and run it; False when none does."""
    sync = claim_next(at=at)
    if sync is None:
        return False
    run_sync(sync, at=at)
    return True


def is_any_due() -> bool:
    return _due().exists()


def claim_next(*, at: datetime) -> RegisterSync | None:
    """The oldest that waits, or one whose worker was lost. Nobody else holds it until the lease runs out."""
    try:
        with transaction.atomic():
            _give_up(at=at)
            return _claim(at=at)
    except IntegrityError:  # another worker took another sync of the same employer in this moment
        return None


def _give_up(*, at: datetime) -> None:
    """What took a worker with it three times without getting anywhere will do it again."""
    lost = RegisterSync.objects.filter(status=Status.RUNNING, lease_until__lt=Now(), attempts__gte=ATTEMPTS)
    for sync in lost.select_for_update(skip_locked=True):
        _end(sync, status=Status.FAILED, error="worker_lost", at=at)


def _claim(*, at: datetime) -> RegisterSync | None:
    sync = _due().order_by("requested_at", "pk").select_for_update(skip_locked=True).first()
    if sync is None:
        return None
    RegisterSync.objects.filter(pk=sync.pk).update(
        status=Status.RUNNING,
        fence=F("fence") + 1,
        attempts=F("attempts") + 1,
        lease_until=Now() + LEASE,
        started_at=sync.started_at or at,
        window_from=sync.window_from or _synced_until(sync, at=at),
        window_until=sync.window_until or at,
    )
    return RegisterSync.objects.select_related("organisation").get(pk=sync.pk)


def _due() -> QuerySet[RegisterSync]:
    """Waiting and allowed to run, or running with nobody behind it; one at a time for an employer."""
    waits = Q(status=Status.WAITING) & (Q(run_after=None) | Q(run_after__lte=Now()))
    lost = Q(status=Status.RUNNING, lease_until__lt=Now())
    busy = RegisterSync.objects.filter(organisation=OuterRef("organisation"), status=Status.RUNNING)
    return RegisterSync.objects.filter(lost | (waits & ~Exists(busy)))


def _synced_until(sync: RegisterSync, *, at: datetime) -> datetime:
    cursor = RegisterCursor.objects.filter(organisation=sync.organisation_id).first()
    return cursor.synced_until if cursor else at - FIRST_SYNC


def run_sync(sync: RegisterSync, *, at: datetime) -> None:
    """Run what was claimed, to its end or to the error that stops it; the row tells which."""
    try:
        while _bring_window(sync, at=at):
            pass
    except Superseded:
        log.warning("register sync superseded", sync=str(sync.pk))
    except RegisterUnavailable as error:
        _postpone(sync, error)
    except (RegisterRefused, BadSignature, MalformedExtract) as error:
        _try_again_or_fail(sync, error, at=at)


def _bring_window(sync: RegisterSync, *, at: datetime) -> bool:
    """Fetch and keep what changed in the next window; False when it was the last."""
    assert sync.window_until is not None
    start = _synced_until(sync, at=at)
    end = min(start + WINDOW, sync.window_until)
    is_last = end >= sync.window_until
    if start >= end:
        _keep(sync, reports=(), until=start, is_last=True, at=at)
        return False
    business_id = sync.organisation.business_id
    with payer_reports(
        register(), business_id=business_id, modified=(start, end), at=at, progress=_renewing(sync)
    ) as file:
        _keep(sync, reports=reports_in(file), until=end, is_last=is_last, at=at)
    return not is_last


def register() -> Register:
    return Register(
        url=settings.REGISTER_URL,
        owner=settings.REGISTER_OWNER,
        folder=settings.REGISTER_FOLDER,
        production=settings.REGISTER_PRODUCTION,
    )


@transaction.atomic
def _keep(
    sync: RegisterSync, *, reports: Iterable[Report | Poison], until: datetime, is_last: bool, at: datetime
) -> None:
    """The reports, the cursor, the counters and, at the end, the event: all of it or none."""
    held = RegisterSync.objects.select_for_update().filter(pk=sync.pk, fence=sync.fence, status=Status.RUNNING)
    if not held.exists():
        raise Superseded
    counts = merge(reports, sync=sync, at=at)
    RegisterCursor.objects.update_or_create(organisation=sync.organisation, defaults={"synced_until": until})
    added = {name: F(name) + number for name, number in counts.columns.items()}
    RegisterSync.objects.filter(pk=sync.pk).update(attempts=1, outages=0, lease_until=Now() + LEASE, **added)
    if is_last:
        _end(sync, status=Status.FINISHED, error="", at=at)


def _end(sync: RegisterSync, *, status: str, error: str, at: datetime) -> None:
    RegisterSync.objects.filter(pk=sync.pk).update(status=status, error=error, finished_at=at, lease_until=None)
    record(events.SYNC_FINISHED, organisation=sync.organisation_id, subject=sync.pk, status=status, at=at)


def _renewing(sync: RegisterSync) -> Callable[[], None]:
    """Called with every chunk that comes; keeps the lease, or says that it is lost."""
    renewed = time.monotonic()

    def renew() -> None:
        nonlocal renewed
        if time.monotonic() - renewed < RENEW_EVERY:
            return
        if not _held(sync).update(lease_until=Now() + LEASE):
            raise Superseded
        renewed = time.monotonic()

    return renew


def _held(sync: RegisterSync) -> QuerySet[RegisterSync]:
    return RegisterSync.objects.filter(pk=sync.pk, fence=sync.fence, status=Status.RUNNING)


def _postpone(sync: RegisterSync, error: RegisterUnavailable) -> None:
    """The register is down. Everyone waits, longer each time, and the oldest asks first when the time has come."""
    log.warning("register unavailable", sync=str(sync.pk), reason=str(error))
    pause = Now() + timedelta(seconds=min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(sync.outages, 10)))
    _held(sync).update(
        status=Status.WAITING,
        error="unavailable",
        run_after=pause,
        lease_until=None,
        attempts=F("attempts") - 1,
        outages=F("outages") + 1,
    )
    RegisterSync.objects.filter(status=Status.WAITING).update(run_after=Greatest("run_after", pause))


@transaction.atomic
def _try_again_or_fail(sync: RegisterSync, error: Exception, *, at: datetime) -> None:
    code = CODES.get(type(error), "malformed")
    log.error("register answer not usable", sync=str(sync.pk), error=code, reason=str(error))
    if sync.attempts < ATTEMPTS:
        pause = Now() + timedelta(seconds=FIRST_PAUSE * sync.attempts)
        _held(sync).update(status=Status.WAITING, error=code, run_after=pause, lease_until=None)
    elif _held(sync).select_for_update().exists():
        _end(sync, status=Status.FAILED, error=code, at=at)
