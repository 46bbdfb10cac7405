"""The sandbox's stand-in official does what a reference asks for, once, and nothing else."""

from threading import Barrier, Thread

import pytest
from django.conf import settings
from django.db import connections

from employers.applications.models import Application, Decision, InformationRequest, StatusChange
from employers.applications.submit import Filing, submit
from employers.intake.serializers import read_claim
from employers.organisations.models import User
from portal.sandbox.official import USERNAME, stand_in
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
