"""Set a finding aside: the employer says why it will not be claimed, or why the difference stays. It can be taken back.

One that was set aside stays so, unless what it is about changes: an absence of which the report was said to be wrong
tells other days, or an application and the register differ in another way.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from employers.applications.models_register import Finding
from employers.organisations.access import Actor
from employers.records import clock, events
from employers.records.readlog import log_reads
from employers.records.record import record

Kind, State = Finding.Kind, Finding.State

# The codes are part of the public contract. What each means is in employers.applications.views.reasons.
BECAUSE: Mapping[str, tuple[str, ...]] = {
    Kind.UNCLAIMED: ("applied_elsewhere", "not_paid", "wrong_in_register", "no_claim_wanted", "other"),
    Kind.MISMATCH: ("wrong_in_register", "both_right", "other"),
}
REASONS = tuple(dict.fromkeys(because for reasons in BECAUSE.values() for because in reasons))


class WrongState(Exception):
    """It was claimed or its time is over: there is nothing left to set aside or to take back."""


class WrongReason(ValueError):
    """No reason of this kind of finding."""


@transaction.atomic
def dismiss(*, finding_id: UUID, because: str, by: Actor, at: datetime) -> Finding:
    """Said again with the same reason nothing changes. Raises Finding.DoesNotExist, WrongReason or WrongState."""
    finding = _locked(finding_id)
    if because not in BECAUSE[finding.kind]:
        raise WrongReason(because)
    if finding.status == State.DISMISSED and finding.dismissed_because == because:
        return finding
    if finding.status != State.OPEN:
        raise WrongState(finding.status)
    _log(finding, "dismiss", by=by, at=at)
    return _saved(finding, status=State.DISMISSED, because=because, dismissed_at=at)


@transaction.atomic
def take_back(*, finding_id: UUID, by: Actor, at: datetime) -> Finding:
    """Open again, unless its time is over by now. Of an open one nothing changes.

    Raises Finding.DoesNotExist or WrongState.
    """
    finding = _locked(finding_id)
    if finding.status == State.OPEN:
        return finding
    if finding.status != State.DISMISSED:
        raise WrongState(finding.status)
    _log(finding, "take_back", by=by, at=at)
    is_over = finding.deadline is not None and finding.due < clock.day_of(at)
    if not is_over:
        owner, opened = finding.organisation_id, State.OPEN.value
        record(events.FINDING_OPENED, organisation=owner, subject=finding.pk, status=opened, at=at)
    return _saved(finding, status=State.EXPIRED if is_over else State.OPEN, because="", dismissed_at=None)


def _locked(finding_id: UUID) -> Finding:
    return Finding.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=finding_id)


def _saved(finding: Finding, *, status: str, because: str, dismissed_at: datetime | None) -> Finding:
    finding.status, finding.dismissed_because, finding.dismissed_at = status, because, dismissed_at
    finding.save(update_fields=["status", "dismissed_because", "dismissed_at"])
    return finding


def _log(finding: Finding, action: str, *, by: Actor, at: datetime) -> None:
    """Who did it is kept with who looked."""
    log_reads([finding.person_id], reader=by.as_reader(), purpose="finding", action=action, at=at)
