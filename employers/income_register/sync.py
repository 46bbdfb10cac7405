"""Bring an employer's wage reports here: ask for a sync, take one that waits, run it window by window.

Each window is fetched and staged outside any transaction and kept, with the cursor, in one.
"""

from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from django.db import transaction

from employers.organisations.access import Actor
from employers.organisations.models import Organisation

from . import messages
from .alarm import Kind
from .bring import Fetching, bring, check_environment, digest_of, measured, window_of
from .client import BadSignature, RegisterRefused, RegisterUnavailable, wage_reports
from .connection import register
from .extracts import bring_file
from .keep import Brought, keep_nothing, keep_window
from .lease import (
    FIRST_SYNC,
    Superseded,
    Unusable,
    ask_for,
    claim_next,
    due,
    postpone,
    renewing,
    synced_until,
    try_again_or_fail,
)
from .models import RegisterSync
from .parser import MalformedExtract, read
from .pickup import PickupRefused, PickupUnavailable
from .queries import read_by_themselves
from .schema import Header

__all__ = ["FIRST_SYNC", "AccessMissing", "claim_next", "request_all", "request_sync", "sync_next"]
WINDOW = timedelta(days=31)
Status = RegisterSync.Status
log = structlog.get_logger()


class AccessMissing(Exception):
    """The employer has not let its register data be read."""


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
    """One for every employer that lets its data be read and that no subscription tells of."""
    return ask_for(list(read_by_themselves().values_list("pk", flat=True)), at=at)


def sync_next(*, at: datetime) -> bool:
    """Claim one that waits and run it; False when none does."""
    sync = claim_next(at=at)
    if sync is None:
        return False
    run_sync(sync, at=at)
    return True


def how_many_due(*, at_most: int) -> int:
    return due()[:at_most].count()


def run_sync(sync: RegisterSync, *, at: datetime) -> None:
    """Run what was claimed, to its end or to the error that stops it; the row tells which."""
    try:
        if sync.subscription is not None:
            bring_file(sync, at=at)
            return
        while _bring_window(sync, at=at):
            pass
    except Superseded:
        log.warning("register sync superseded", sync=str(sync.pk))
    except (RegisterUnavailable, PickupUnavailable) as error:
        postpone(sync, error)
    except BadSignature as error:
        try_again_or_fail(sync, error, code="bad_signature", at=at)
    except MalformedExtract as error:
        try_again_or_fail(sync, error, code="malformed", at=at)
    except (RegisterRefused, PickupRefused, Unusable) as error:
        try_again_or_fail(sync, error, code=error.code, at=at)


def _bring_window(sync: RegisterSync, *, at: datetime) -> bool:
    """Fetch and keep what changed in the next window; False when it was the last."""
    assert sync.window_until is not None
    start = _next_start(sync, at=at)
    end = min(start + WINDOW, sync.window_until)
    if start >= end:
        keep_nothing(sync, at=at)
        return False
    is_last = end >= sync.window_until
    brought = _fetched(sync, (start, end), at=at)
    keep_window(sync, replace(brought, is_last=is_last), at=at)
    return not is_last


def _next_start(sync: RegisterSync, *, at: datetime) -> datetime:
    """Where the cursor stands; where none moves, how far this sync has come."""
    if not (sync.again or sync.dry_run):
        return synced_until(sync, at=at)
    reached = RegisterSync.objects.values_list("reached", flat=True).get(pk=sync.pk)
    return reached or sync.window_from or at


def _fetched(sync: RegisterSync, window: tuple[datetime, datetime], *, at: datetime) -> Brought:
    """What the register answers for this window and no other, in the temporary tables."""
    assert sync.organisation is not None
    business_id, pk = sync.organisation.business_id, sync.organisation.pk
    fetching = Fetching(renewing(sync))
    there = register()
    message = messages.wage_reports(there.user, at=at, payer=business_id, modified=window)
    with wage_reports(there, message, at=at, progress=fetching) as file:
        timings = fetching.timings()
        digest, extract = digest_of(file), read(file)
        check_environment(extract.header)
        _check_window(extract.header, asked=window)
        with measured(timings, "stage"):
            bring(extract, sync=sync, payers={business_id: pk}, only=pk)
    return Brought(
        start=window[0],
        end=window[1],
        query_id=extract.header.query_id or "",
        digest=digest,
        timings=timings,
    )


def _check_window(header: Header, *, asked: tuple[datetime, datetime]) -> None:
    """An answer to another question is none, however well it is signed.

    `Query` is optional, and only there is the window told: an answer without it is for what was asked. What chains its
    windows by what they say, a file of a subscription, must say it.
    """
    if header.window_start is None and header.window_end is None:
        return
    told = window_of(header)
    if told != asked:
        facts = {"asked": [one.isoformat() for one in asked], "told": [one.isoformat() for one in told]}
        gap = (Kind.GAP,) if told[0] > asked[0] else ()
        raise Unusable("wrong_window", alarms=(Kind.WRONG_WINDOW, *gap), facts=facts)
