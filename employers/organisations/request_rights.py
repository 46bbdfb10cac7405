"""A firm asks an employer for rights. It learns nothing by asking: an employer unknown here is asked like any other."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from employers.organisations.models import Organisation, User
from employers.organisations.models_clients import ANSWER_WITHIN, RightsRequest
from employers.records import events
from employers.records.record import record

MOST = 1000  # that wait at a time
State = RightsRequest.State


class AlreadyAsked(Exception):
    """A request to the same employer waits."""


class TooManyWait(Exception):
    pass


class NotWaiting(Exception):
    """It was answered or taken back, or its time ran out."""


@transaction.atomic
def request_rights(
    *,
    firm: Organisation,
    business_id: str,
    rights: Sequence[str],
    until: date | None,
    message: str,
    by: User,
    at: datetime,
) -> RightsRequest:
    """`business_id` is a valid one and not the firm's own. Raises AlreadyAsked, TooManyWait."""
    Organisation.objects.select_for_update().get(pk=firm.pk)
    _expire(firm, at=at)
    waiting = RightsRequest.objects.filter(firm=firm, status=State.WAITING)
    if waiting.filter(business_id=business_id).exists():
        raise AlreadyAsked
    if waiting.count() >= MOST:
        raise TooManyWait
    asked = RightsRequest.objects.create(
        firm=firm,
        business_id=business_id,
        rights=list(rights),
        until=until,
        message=message or None,
        asked_at=at,
        asked_by=by,
    )
    for employer in Organisation.objects.filter(business_id=business_id).exclude(kind=Organisation.Kind.AGENCY):
        record(events.RIGHTS_REQUESTED, organisation=employer.pk, subject=asked.pk, at=at)
    return asked


@transaction.atomic
def take_back(*, asked: RightsRequest, by: User, at: datetime) -> None:
    """Raises NotWaiting."""
    close(taken(asked, at=at), status=State.WITHDRAWN, by=by, at=at)


def taken(asked: RightsRequest, *, at: datetime) -> RightsRequest:
    """Under a lock, and still to be answered. Raises NotWaiting."""
    row = RightsRequest.objects.select_for_update().select_related(None).get(pk=asked.pk)
    if row.status != State.WAITING or row.asked_at <= at - ANSWER_WITHIN:
        raise NotWaiting
    return row


def close(row: RightsRequest, *, status: str, by: User, at: datetime) -> None:
    """What the firm wrote is needed no more."""
    row.status, row.answered_by, row.answered_at, row.message = status, by, at, None
    row.save(update_fields=["status", "answered_by", "answered_at", "message", "mandate"])


def _expire(firm: Organisation, *, at: datetime) -> None:
    over = RightsRequest.objects.filter(firm=firm, status=State.WAITING, asked_at__lte=at - ANSWER_WITHIN)
    over.update(status=State.EXPIRED, answered_at=F("asked_at") + ANSWER_WITHIN, message=None)
