"""The sandbox's stand-in official does what a reference asks for, once, and nothing else."""

from datetime import timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.conf import settings
from django.db import connections

from employers.applications.decide import decide
from employers.applications.models import Application, Decision, InformationRequest, Payment, StatusChange
from employers.applications.submit import Filing, submit
from employers.benefits.claim import Income
from employers.intake.serializers import read_claim
from employers.organisations.models import Organisation, User
from employers.records import events
from employers.records.models import Event
from portal.sandbox.official import USERNAME, VERBS, stand_in
from portal.tasks import stand_in as task
from tests import cast
from tests.intake.thirteen import DETAILS, example

pytestmark = pytest.mark.usefixtures("sandbox")

DONE = {
    "sandbox-grant": ("decided", "granted"),
    "sandbox-grant-7": ("decided", "granted"),
    "sandbox-reject": ("decided", "rejected"),
    "sandbox-ask.me": ("information_requested", ""),
    "sandbox": ("submitted", ""),
    "not-sandbox-grant": ("submitted", ""),
}


@pytest.mark.parametrize("reference", DONE)
def test_what_the_reference_asks_for(reference):
    application = cast.sent(reference=reference)
    stand_in(at=cast.AT)
    application.refresh_from_db()
    assert (application.status, application.outcome) == DONE[reference]


def test_without_wages_a_fixed_income_counts():
    cast.sent(reference="sandbox-grant")
    stand_in(at=cast.AT)
    decision = Decision.objects.get()
    assert decision.calculation["daily_allowance"] == "69.35"  # (0.7 * 28 899 + 0.15 * 3 835.80) / 300
    assert decision.decided_by.username == USERNAME


def test_the_stand_in_cannot_sign_in():
    cast.sent(reference="sandbox-grant")
    stand_in(at=cast.AT)
    user = User.objects.get(username=USERNAME)
    assert not user.has_usable_password()
    assert not user.is_staff


def test_again_does_nothing():
    cast.sent(reference="sandbox-ask")
    assert [stand_in(at=cast.AT), stand_in(at=cast.AT)] == [1, 0]
    assert InformationRequest.objects.count() == 1


def test_the_task_is_on_the_timetable_of_the_sandbox():
    cast.sent(reference="sandbox-reject")
    task()
    assert Application.objects.get().outcome == "rejected"
    assert task.name in {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}


def test_elsewhere_nobody_stands_in(settings):
    settings.SANDBOX = False
    cast.sent(reference="sandbox-reject")
    task()
    assert Application.objects.get().status == "submitted"


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_decide_once():
    cast.sent(reference="sandbox-grant")
    barrier, moved = Barrier(2), []

    def work():
        barrier.wait()
        moved.append(stand_in(at=cast.AT))
        connections.close_all()

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(moved) == [0, 1]
    assert StatusChange.objects.filter(verb="decide").count() == 1


def test_where_the_law_has_no_figure_yet_a_fixed_sum_is_granted():
    """Every benefit is decided: of occupational health care the ceilings of a year are confirmed long after it."""
    health = "occupational_health_reimbursement"
    year = {"accounting_period": {"start": "2025-01-01", "end": "2025-12-31"}}
    body = example(health, employer=cast.BAKERY, reference="sandbox-grant-health", details=DETAILS[health] | year)
    claim = read_claim(body, allow_temporary=True)
    filing = Filing(channel="api", by=cast.by_web(), at=cast.AT)
    submit(organisation=cast.employer(), claim=claim, filing=filing)
    assert stand_in(at=cast.AT) == 1
    assert (Application.objects.get().status, Decision.objects.get().outcome) == ("decided", "partly_granted")


SOON, THEN = cast.AT + timedelta(seconds=29), cast.AT + timedelta(seconds=30)


def status() -> str:
    return Application.objects.get().status


def test_what_was_granted_is_paid_half_a_minute_later():
    """The decision stands for a while before it is paid; the payment has its event, its day and its history row."""
    application = cast.sent(reference="sandbox-grant")
    assert [stand_in(at=cast.AT), stand_in(at=SOON)] == [1, 0]
    assert status() == "decided"
    assert stand_in(at=THEN) == 1
    payment = Payment.objects.get()
    assert (status(), payment.status, payment.paid_on) == ("paid", "sent", cast.AT.date())
    [event] = Event.objects.filter(type=events.PAYMENT_SENT)
    assert (event.application, event.subject) == (application.pk, payment.pk)
    assert list(StatusChange.objects.values_list("verb", flat=True)) == ["submit", "take_up", "decide", "pay"]
    assert stand_in(at=THEN) == 0


def test_what_a_real_official_granted_is_theirs_to_pay():
    application = cast.sent(reference="sandbox-grant")
    income = Income(after_deduction=Decimal(40000))
    given = {"outcome": "granted", "reason": "", "income": income}
    decide(application_id=application.pk, by=cast.by_official(), at=cast.AT, **given)
    assert (stand_in(at=THEN), status()) == (0, "decided")


@pytest.mark.parametrize("reference", ["sandbox-reject", "sandbox-ask"])
def test_what_was_not_granted_is_not_paid(reference):
    cast.sent(reference=reference)
    assert [stand_in(at=cast.AT), stand_in(at=THEN)] == [1, 0]


@pytest.mark.parametrize("lacks", [{"iban": ""}, {"electronic_decisions": False}])
def test_an_employer_that_is_not_ready_is_paid_once_it_is(lacks):
    cast.sent(reference="sandbox-grant")
    ready = Organisation.objects.filter(business_id=cast.BAKERY)
    before = ready.values(*lacks).get()
    ready.update(**lacks)
    assert [stand_in(at=cast.AT), stand_in(at=THEN), status()] == [1, 0, "decided"]
    ready.update(**before)
    assert (stand_in(at=THEN), status()) == (1, "paid")


def test_four_eyes_are_left_to_two_officials(settings):
    """A large first payment to a changed account: the stand-in is one."""
    settings.FOUR_EYES_ABOVE = 100
    cast.sent(reference="sandbox-grant")
    Organisation.objects.filter(business_id=cast.BAKERY).update(iban_changed_at=cast.AT)
    assert [stand_in(at=cast.AT), stand_in(at=THEN), status()] == [1, 0, "decided"]


def test_looking_for_what_to_pay_is_one_query(django_assert_num_queries):
    cast.sent(reference="sandbox-grant")
    stand_in(at=cast.AT)
    with django_assert_num_queries(len(VERBS) + 1):
        stand_in(at=SOON)
