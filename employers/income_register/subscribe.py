"""Order a subscription at the register, learn what became of the order, and end it.

The row says what was meant before the message goes out. Whether a message arrived may stay unknown: then the register
is asked for the status of our reference, and only what it does not know is told again, with the same reference.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet
from uuid_utils.compat import uuid7

from employers.organisations.models import Organisation

from . import client
from .client import BadSignature, Order, RegisterRefused, RegisterUnavailable, RegisterUncertain, Reply
from .connection import register
from .messages import SUBSCRIPTION
from .models_subscriptions import RegisterSubscription
from .orders import ALL, PAYERS, Daily, Once

FIRST_ASKED_AFTER = timedelta(minutes=5)  # the register's advice: not earlier, and not more often
NIGHT = time(3)
State = RegisterSubscription.Status
Told = client.Status
log = structlog.get_logger()


class WrongState(Exception):
    """The subscription is not where this can be done."""


@transaction.atomic
def want(
    *,
    organisations: Collection[Organisation],
    since: datetime,
    valid_from: date,
    until: datetime | None = None,
    recurring: bool = True,
    daily_at: time = NIGHT,
) -> RegisterSubscription:
    """Every wage report of these employers, or of all that we may read. Raises client.Unsendable."""
    made = RegisterSubscription(
        kind=int(PAYERS if organisations else ALL),
        recurring=recurring,
        modified_from=since,
        modified_until=until,
        valid_from=valid_from,
        daily_at=daily_at,
    )
    _order(made, payers=[one.business_id for one in organisations])
    made.save()
    made.organisations.set(organisations)
    return made


def order(subscription_id: UUID, *, at: datetime) -> RegisterSubscription:
    """Tell the register, once. Raises WrongState, RegisterUnavailable or RegisterRefused."""
    with transaction.atomic():
        found = _locked(subscription_id, State.WANTED)
        again = found.ordered_at is not None
        message = _order(found, payers=list(found.organisations.values_list("business_id", flat=True)))
        found.status, found.ordered_at, found.errors = State.ORDERED, at, []
        found.save()
    try:
        reply = client.subscribe(register(), message, at=at)
    except RegisterUncertain:
        return found  # `confirm` asks
    except (RegisterUnavailable, RegisterRefused):
        _take(found.pk, State.ORDERED, status=State.WANTED)
        raise
    if again and reply.status is Told.REFUSED:  # perhaps because it had arrived the first time
        return confirm(subscription_id, at=at, refusal=reply)
    return _believe(found.pk, reply, at=at)


def confirm(subscription_id: UUID, *, at: datetime, refusal: Reply | None = None) -> RegisterSubscription:
    """What became of an order that was told. Raises WrongState, RegisterUnavailable, RegisterRefused, BadSignature.

    A record that was refused at once is unknown afterwards: then `refusal` stands.
    """
    with transaction.atomic():
        found = _locked(subscription_id, State.ORDERED)
    reply = client.subscription_status(register(), delivery_id=found.reference, at=at)
    return _believe(found.pk, refusal if refusal and reply.status is Told.UNKNOWN else reply, at=at)


def end(subscription_id: UUID, *, at: datetime) -> RegisterSubscription:
    """Tell the register to end it. Until that is sure it stays active, with `ended_at` set: `follow` goes on.

    What was refused once is tried with a new reference, what may have arrived with the same.
    Raises WrongState, RegisterUnavailable or RegisterRefused.
    """
    with transaction.atomic():
        found = _locked(subscription_id, State.ACTIVE)
        again = found.ended_at is not None
        found.ended_at, found.errors = found.ended_at or at, []
        found.ending = found.ending if again else uuid7().hex
        found.save(update_fields=["ended_at", "errors", "ending"])
    try:
        reply = client.end_subscription(register(), delivery_id=found.ending, reference=found.reference, at=at)
    except RegisterUncertain:
        return found
    if again and reply.status is Told.REFUSED:  # perhaps because it had arrived the first time
        return _confirm_end(found, at=at, refusal=reply)
    return _believe_end(found.pk, reply)


def follow(*, at: datetime) -> None:
    """Ask after what was told and is not sure, and tell again what the register does not know."""
    for subscription in unsure(at=at):
        try:
            _follow(subscription, at=at)
        except RegisterUnavailable as error:
            log.warning("register unavailable", subscription=subscription.reference, reason=str(error))
            return
        except (RegisterRefused, BadSignature) as error:
            log.error("register answer not usable", subscription=subscription.reference, reason=str(error))
        except WrongState:  # somebody was faster
            continue


def unsure(*, at: datetime) -> QuerySet[RegisterSubscription]:
    told = Q(status=State.ORDERED) | Q(status=State.WANTED, ordered_at__isnull=False)
    told &= Q(ordered_at__lte=at - FIRST_ASKED_AFTER)
    ending = Q(status=State.ACTIVE, ended_at__lte=at - FIRST_ASKED_AFTER)
    return RegisterSubscription.objects.filter(told | ending).order_by("pk")


def _follow(subscription: RegisterSubscription, *, at: datetime) -> None:
    if subscription.status == State.ORDERED:
        confirm(subscription.pk, at=at)
    elif subscription.status == State.WANTED:
        order(subscription.pk, at=at)
    else:
        _confirm_end(subscription, at=at)


def _confirm_end(
    subscription: RegisterSubscription, *, at: datetime, refusal: Reply | None = None
) -> RegisterSubscription:
    """By the message that ended it: an order that was extracted from stays valid."""
    reply = client.subscription_status(register(), delivery_id=subscription.ending, kind=SUBSCRIPTION, at=at)
    if reply.status is not Told.UNKNOWN:
        return _believe_end(subscription.pk, reply)
    return _believe_end(subscription.pk, refusal) if refusal else end(subscription.pk, at=at)


def _believe_end(subscription_id: UUID, reply: Reply) -> RegisterSubscription:
    """What the register refuses goes on, and `ended_at` is forgotten: somebody has to look at the errors."""
    if reply.stored:
        return _take(subscription_id, State.ACTIVE, status=State.ENDED)
    if reply.pending or reply.status is Told.UNKNOWN:
        return _take(subscription_id, State.ACTIVE)
    return _take(subscription_id, State.ACTIVE, errors=reply.errors, ended_at=None)


def _order(subscription: RegisterSubscription, *, payers: list[str]) -> Order:
    at = subscription.daily_at or NIGHT
    return Order(
        reference=subscription.reference,
        kind=str(subscription.kind),
        schedule=Daily(times=(at,)) if subscription.recurring else Once(at=at),
        valid_from=subscription.valid_from,
        modified_from=subscription.modified_from,
        modified_until=subscription.modified_until,
        payers=tuple(payers),
        profile=subscription.profile,
        all_versions=subscription.all_versions,
    )


def _believe(subscription_id: UUID, reply: Reply, *, at: datetime) -> RegisterSubscription:
    """The register's word on an order; no word leaves it to be told again."""
    if reply.status is Told.UNKNOWN:
        return _take(subscription_id, State.ORDERED, status=State.WANTED)
    known = {"register_id": reply.register_id} if reply.register_id else {}
    if reply.pending:
        return _take(subscription_id, State.ORDERED, **known)
    if reply.status is Told.INVALIDATED:
        return _take(subscription_id, State.ORDERED, status=State.ENDED, ended_at=at)
    status = State.ACTIVE if reply.stored else State.REFUSED
    return _take(subscription_id, State.ORDERED, status=status, errors=reply.errors, **known)


@transaction.atomic
def _take(subscription_id: UUID, state: str, **changes: object) -> RegisterSubscription:
    """Only where it still stands: of two who heard, the first writes."""
    if changes:
        RegisterSubscription.objects.filter(pk=subscription_id, status=state).update(**changes)
    return RegisterSubscription.objects.get(pk=subscription_id)


def _locked(subscription_id: UUID, state: str) -> RegisterSubscription:
    found = RegisterSubscription.objects.select_for_update().filter(pk=subscription_id, status=state).first()
    if found is None:
        raise WrongState
    return found
