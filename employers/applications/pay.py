"""Pay what was granted: the payment waits from the decision on, and goes out once."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from itertools import cycle
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from employers.applications.assess import payment_blockers
from employers.applications.models import Decision, Payment
from employers.applications.queries import paid_so_far
from employers.applications.record import move
from employers.benefits.claim import from_json
from employers.organisations.access import Actor
from employers.records import clock

WEIGHTS = (7, 3, 1)  # of a Finnish reference number's digits, from the right


class NothingToPay(Exception):
    """The decision gives nothing."""


class PaymentBlocked(Exception):
    """The employer has not told us all that a payment needs; `missing` holds the problems' codes."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = list(missing)


@transaction.atomic
def pay(*, application_id: UUID, by: Actor, at: datetime) -> Payment:
    """Raises NothingToPay, PaymentBlocked, lifecycle.WrongState or lifecycle.NotYours; then nothing is written."""
    waiting = waiting_payments(application_id).values_list("pk", flat=True).first()
    application = move(application_id, "pay", by=by, at=at, subject=waiting)
    if waiting is None:
        raise NothingToPay
    claim = from_json(application.versions.get(number=application.version).content)
    missing = [problem.code for problem in payment_blockers(application.organisation, claim)]
    if missing:
        raise PaymentBlocked(missing)
    payment = Payment.objects.get(pk=waiting)
    payment.status = Payment.State.SENT
    payment.paid_on = clock.day_of(at)
    payment.save(update_fields=["status", "paid_on"])
    return payment


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
