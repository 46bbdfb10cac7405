"""An official who stands in when nobody is at the desk: what an application's reference asks for is done to it, and
what was granted is paid half a minute later."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db.models import Q, QuerySet

from employers.applications import lifecycle
from employers.applications.ask import ask
from employers.applications.decide import FigureNeeded, IncomeNeeded, decide
from employers.applications.models import Application, Payment
from employers.applications.pay import NothingToPay, PaymentBlocked, SecondNeeded, pay
from employers.benefits.claim import Income
from employers.organisations.access import Actor
from employers.organisations.models import User
from employers.organisations.rights import OCCUPATIONAL_HEALTH
from employers.records import clock

USERNAME = "sandbox-official-stand-in"
INCOME = Income(annual=Decimal("36000.00"))  # EUR, where the register knows none
PART = Decimal("100.00")  # EUR, where the law's own figure is not known yet
DAYS_TO_ANSWER = 14
AT_ONCE = 500
PAYS_AFTER = timedelta(seconds=30)  # so that whoever looks sees the decision stand before it is paid
PAID_AT_ONCE = 50  # nobody waits longer for a decision because others are paid


def stand_in(*, at: datetime) -> int:
    """How many applications were moved. Two at once do no harm: the second finds each one moved."""
    moved = 0
    for prefix, verb in VERBS.items():
        waiting = Application.objects.filter(status=lifecycle.SUBMITTED, reference__startswith=prefix)
        for key in list(waiting.order_by("id").values_list("pk", flat=True)[:AT_ONCE]):
            moved += _moved(verb, key, at=at)
    return moved + sum(_paid(key, at=at) for key in list(_to_pay(at=at)[:PAID_AT_ONCE]))


def _moved(verb: Callable[..., object], key: UUID, *, at: datetime) -> bool:
    """False where somebody was faster, or where nothing gives an amount: then a real official has to look."""
    try:
        verb(key, by=_actor(), at=at)
    except (lifecycle.WrongState, IncomeNeeded, FigureNeeded):
        return False
    return True


def _to_pay(*, at: datetime) -> QuerySet[Payment, UUID]:
    """The applications whose payment waits by the stand-in's own decision, the oldest first. What else stands in the
    way of a payment is asked by `pay`; those of employers that could not be paid yet are not tried every second."""
    whose = "decision__application__organisation"
    waiting = Payment.objects.filter(
        Q(**{f"{whose}__iban__gt": ""}) | Q(decision__application__benefit=OCCUPATIONAL_HEALTH),
        status=Payment.State.WAITING,
        decision__decided_by__username=USERNAME,
        decision__decided_at__lte=at - PAYS_AFTER,
        **{f"{whose}__electronic_decisions": True},
    )
    return waiting.order_by("pk").values_list("decision__application", flat=True)


def _paid(key: UUID, *, at: datetime) -> bool:
    """False where somebody was faster, or where a real official, or two, have to look."""
    try:
        pay(application_id=key, by=_actor(), at=at)
    except (lifecycle.WrongState, NothingToPay, PaymentBlocked, SecondNeeded):
        return False
    return True


def _grant(key: UUID, *, by: Actor, at: datetime) -> None:
    grant = partial(decide, application_id=key, outcome=lifecycle.GRANTED, reason="", by=by, at=at)
    try:
        grant()
    except IncomeNeeded:
        grant(income=INCOME)
    except FigureNeeded:
        grant(outcome=lifecycle.PARTLY_GRANTED, amount=PART, reason=NO_FIGURE)


def _reject(key: UUID, *, by: Actor, at: datetime) -> None:
    decide(application_id=key, outcome=lifecycle.REJECTED, reason=REASON, by=by, at=at)


def _ask(key: UUID, *, by: Actor, at: datetime) -> None:
    due = clock.day_of(at) + timedelta(days=DAYS_TO_ANSWER)
    ask(application_id=key, items=[("pay_detail", ""), ("certificate", "")], due=due, by=by, at=at)


NO_FIGURE = "A figure of the law is not confirmed for this year yet: in the sandbox a fixed sum is granted."
REASON = "The reference of this sandbox application asks for a rejection."
VERBS: dict[str, Callable[..., object]] = {"sandbox-grant": _grant, "sandbox-reject": _reject, "sandbox-ask": _ask}


def _actor() -> Actor:
    """Found, or made without a password; two workers at once end with one."""
    user, _ = User.objects.get_or_create(
        username=USERNAME, defaults={"name": "Sandbox stand-in", "password": make_password(None)}
    )
    return Actor(role=lifecycle.OFFICIAL, user=user)
