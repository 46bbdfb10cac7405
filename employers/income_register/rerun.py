"""Run a window again: what a changed reader or a mended file may bring now. No cursor moves back for it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from employers.organisations.access import Actor
from employers.organisations.models import Organisation

from .models import RegisterSync
from .queries import covered_by

Status = RegisterSync.Status


class NotEnded(Exception):
    """It waits or runs still."""


class NobodyToAsk(Exception):
    """No employer of this run lets its register data be read."""


@transaction.atomic
def rerun(sync_id: UUID, *, by: Actor, at: datetime) -> list[RegisterSync]:
    """A sync with the same window, or the one that waits for it already.

    A file that was kept has left the folder: its window is asked for again, employer by employer, of those whose
    reports could not be read, or of all. Raises NotEnded or NobodyToAsk.
    """
    sync = RegisterSync.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=sync_id)
    if sync.status not in (Status.FINISHED, Status.FAILED):
        raise NotEnded
    if sync.subscription_id and sync.status == Status.FAILED:
        return [_waiting(sync, by=by, at=at, subscription_id=sync.subscription_id, source=sync.source)]
    found = [_waiting(sync, by=by, at=at, organisation_id=one.pk, again=True) for one in _employers(sync)]
    if not found:
        raise NobodyToAsk
    return found


def _employers(sync: RegisterSync) -> Iterable[Organisation]:
    if sync.organisation:
        return [sync.organisation] if sync.organisation.register_access else []
    assert sync.subscription
    covered = covered_by(sync.subscription)
    unread = covered.filter(quarantined_reports__sync=sync).distinct()
    return unread or covered


def _waiting(sync: RegisterSync, *, by: Actor, at: datetime, **whose: Any) -> RegisterSync:
    same = whose | {"window_from": sync.window_from, "window_until": sync.window_until}
    waiting = RegisterSync.objects.filter(**same, status=Status.WAITING).first()
    return waiting or RegisterSync.objects.create(**same, by_user=by.user, by_client=by.client, requested_at=at)
