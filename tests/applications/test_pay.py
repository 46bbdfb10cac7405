"""Paying: once, only what was granted, and only when the employer has told us where to and consented."""

from datetime import date
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import connections

from employers.applications.decide import decide
from employers.applications.lifecycle import NotYours, WrongState
from employers.applications.models import Application, Payment, StatusChange
from employers.applications.pay import NothingToPay, PaymentBlocked, check_digit, fresh_reference, pay
from employers.benefits.claim import Income
from employers.records.models import Event
from tests import cast

pytestmark = pytest.mark.usefixtures("sandbox")


def decided(outcome="granted", **changes):
    application = cast.sent(**changes)
    decide(
        application_id=application.pk,
        outcome=outcome,
        reason="As the law says",
        by=cast.by_official(),
        at=cast.AT,
        income=Income(after_deduction=Decimal(40000)),
    )
    return application


def paid(application, by=None):
    return pay(application_id=application.pk, by=by or cast.by_official(), at=cast.AT)


def test_paying_sends_the_payment_and_says_so():
    application = decided()
    payment = paid(application)
    assert (payment.status, payment.paid_on, payment.amount) == ("sent", date(2026, 4, 15), Decimal("1678.54"))
    assert Application.objects.get(pk=application.pk).status == "paid"
    event = Event.objects.get(type="payment.sent")
    assert (event.application, event.subject) == (application.pk, payment.pk)
    assert StatusChange.objects.filter(verb="pay").count() == 1


@pytest.mark.parametrize(("outcome", "changes"), [("rejected", {}), ("granted", {"pay_basis": "difference"})])
def test_without_anything_granted_there_is_nothing_to_pay(outcome, changes):
    application = decided(outcome, **changes)
    with pytest.raises(NothingToPay):
        paid(application)
    assert Application.objects.get(pk=application.pk).status == "decided"


def test_account_and_consent_come_first_and_everything_missing_is_named():
    application = decided(business_id=cast.CAFE)
    with pytest.raises(PaymentBlocked) as blocked:
        paid(application)
    assert blocked.value.missing == ["bank_account_missing", "consent_missing"]
    assert Payment.objects.get().status == "waiting"
    assert not Event.objects.filter(type="payment.sent").exists()


def test_a_blocked_payment_goes_out_when_account_and_consent_are_there():
    application = decided(business_id=cast.CAFE)
    employer = application.organisation
    employer.iban, employer.electronic_decisions = "FI0550000120000001", True
    employer.save()
    assert paid(application).status == "sent"


def test_what_is_not_decided_is_not_paid():
    with pytest.raises(WrongState):
        paid(cast.sent())


@pytest.mark.parametrize("actor", [cast.by_web, cast.by_client])
def test_only_officials_pay(actor):
    with pytest.raises(NotYours):
        paid(decided(), by=actor())


@pytest.mark.parametrize(("digits", "check"), [("123456", "1"), ("1", "3"), ("10", "7"), ("0", "0")])
def test_check_digit_of_a_reference_number(digits, check):
    assert check_digit(digits) == check


def test_references_are_valid_and_differ():
    references = {fresh_reference() for _ in range(100)}
    assert len(references) == 100
    assert all(len(item) == 19 and check_digit(item[:-1]) == item[-1] for item in references)


@pytest.mark.django_db(transaction=True)
def test_four_at_once_pay_once():
    application, official, barrier, outcomes = decided(), cast.by_official(), Barrier(4), []

    def send():
        barrier.wait()
        try:
            paid(application, official)
            outcomes.append("sent")
        except WrongState:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused"] * 3 + ["sent"]
    assert Event.objects.filter(type="payment.sent").count() == 1
