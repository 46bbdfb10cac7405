"""Pay what was granted: the payment waits from the decision on, and goes out once."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from itertools import cycle
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from employers.applications import lifecycle
from employers.applications.assess import payment_blockers
from employers.applications.models import Application, Decision, Payment
from employers.applications.queries import paid_so_far
from employers.applications.record import move
from employers.benefits.claim import from_json
from employers.organisations.access import Actor
from employers.organisations.models import Organisation
from employers.records import clock

WEIGHTS = (7, 3, 1)  # of a Finnish reference number's digits, from the right


class NothingToPay(Exception):
    """The decision gives nothing."""


class PaymentBlocked(Exception):
    """The employer has not told us all that a payment needs; `missing` holds the problems' codes."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = list(missing)


class SecondNeeded(Exception):
    """A large first payment to a changed account is sent by two officials: another one has to agree first."""


@transaction.atomic
def pay(*, application_id: UUID, by: Actor, at: datetime) -> Payment:
    """Raises NothingToPay, PaymentBlocked, SecondNeeded, lifecycle.WrongState or lifecycle.NotYours; then nothing is
    written."""
    waiting = waiting_payments(application_id).values_list("pk", flat=True).first()
    application = move(application_id, "pay", by=by, at=at, subject=waiting)
    if waiting is None:
        raise NothingToPay
    claim = from_json(application.versions.get(number=application.version).content)
    # Its account stays as it is until the payment stands.
    employer = Organisation.objects.select_for_update().get(pk=application.organisation_id)
    missing = [problem.code for problem in payment_blockers(employer, claim)]
    if missing:
        raise PaymentBlocked(missing)
    payment = Payment.objects.get(pk=waiting)
    if needs_two(payment, employer) and not is_second(payment, employer, by=by):
        raise SecondNeeded
    payment.status = Payment.State.SENT
    payment.paid_on = clock.day_of(at)
    payment.save(update_fields=["status", "paid_on"])
    return payment


@transaction.atomic
def agree(*, application_id: UUID, by: Actor, at: datetime) -> None:
    """The first of the two. Who agreed last before another one sends it counts.

    Raises lifecycle.WrongState or lifecycle.NotYours.
    """
    application = Application.objects.select_for_update(of=("self",)).get(pk=application_id)
    lifecycle.target("pay", status=application.status, role=by.role)
    waiting_payments(application_id).update(looked_at_by=by.user, looked_at=at)


def needs_two(payment: Payment, organisation: Organisation) -> bool:
    """By the day: what was paid on the day of the change may have gone to the account before it."""
    changed_at = organisation.iban_changed_at
    if changed_at is None or payment.amount <= settings.FOUR_EYES_ABOVE:
        return False
    sent = Payment.objects.filter(decision__application__organisation=organisation, status=Payment.State.SENT)
    return not sent.filter(paid_on__gt=clock.day_of(changed_at)).exists()


def is_second(payment: Payment, organisation: Organisation, *, by: Actor) -> bool:
    """Another official has agreed since the account is this one."""
    changed_at = organisation.iban_changed_at
    if payment.looked_at is None or changed_at is None or payment.looked_at < changed_at:
        return False
    return by.user is not None and payment.looked_at_by_id not in (None, by.user.pk)


def await_payment(decision: Decision) -> Payment | None:
    """A payment that an official can send once the employer's account and consent are there.

    What earlier decisions about the same application paid is taken off; None where nothing is left to pay.
    """
    left = decision.amount - paid_so_far(decision.application_id)
    if left <= 0:
        return None
    return Payment.objects.create(
        decision=decision, amount=left, status=Payment.State.WAITING, reference=fresh_reference()
    )


def cancel_waiting(application_id: UUID) -> None:
    """A payment of a decision that no longer holds does not go out."""
    waiting_payments(application_id).update(status=Payment.State.CANCELLED)


def waiting_payments(application_id: UUID) -> QuerySet[Payment]:
    return Payment.objects.filter(decision__application=application_id, status=Payment.State.WAITING)


def fresh_reference() -> str:
    """A Finnish reference number of random digits: it says nothing about anybody, and a bank line finds its claim."""
    digits = str(secrets.randbelow(9 * 10**17) + 10**17)
    return digits + check_digit(digits)


def check_digit(digits: str) -> str:
    weighed = sum(int(digit) * weight for digit, weight in zip(reversed(digits), cycle(WEIGHTS), strict=False))
    return str(-weighed % 10)
