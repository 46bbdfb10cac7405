"""Mismatches open once, close when application and register agree, and stay as they were dismissed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from employers.applications import review_register
from employers.applications.correct import correct, in_force
from employers.applications.decide import decide
from employers.applications.mismatches import find_mismatches, outdated
from employers.applications.models import ApplicationVersion
from employers.applications.models_register import Finding
from employers.applications.withdraw import withdraw
from employers.benefits.claim import Income, PayPeriod, Period
from employers.income_register.schema import UnpaidAbsence
from employers.records import events
from employers.records.models import Event
from portal.sandbox.register.data import identity_code
from tests import cast
from tests.applications.reports import AT, absence, claimed, report, reviewed, told

pytestmark = pytest.mark.usefixtures("sandbox")
START, END = date(2026, 3, 2), date(2026, 3, 20)
WINDOW = {"absence_known_from": date(2026, 2, 1), "absence_known_until": date(2026, 4, 30)}
DAYS = {"absence": Period(start=START, end=END)}
SAID = {**DAYS, "pay_periods": (PayPeriod(start=START, end=END, amount=Decimal("1800.00")),)}


def sent(**changes):
    return cast.sent(**{**SAID, **changes})


def slip(*absences, version=1, **changes):
    return report("r1", *absences, version=version, **{**WINDOW, **changes})


def rows():
    return [(one.code, one.status, one.facts) for one in Finding.objects.filter(kind="mismatch").order_by("id")]


def opened():
    return Event.objects.filter(type=events.FINDING_OPENED).count()


PAY = {"claimed": "1800.00", "register": "1200.00"}
LESS = slip(absence(START, END, amount="1200.00"))


def test_a_difference_opens_once_with_what_both_say():
    application = sent()
    for _ in range(2):
        reviewed(LESS)
    assert rows() == [("pay", "open", PAY)]
    one = Finding.objects.get()
    assert (one.application, one.benefit, one.paid) == (application, "sickness_allowance", Decimal("1200.00"))
    assert (one.absence_start, one.absence_end, one.deadline, one.version) == (START, END, None, 1)
    assert opened() == 1


def test_what_agrees_opens_nothing():
    sent()
    reviewed(slip(absence(START, END)))
    assert rows() == []


@pytest.mark.parametrize(
    ("reports", "code"),
    [
        ([slip()], "not_told"),
        ([slip(absence(START, date(2026, 3, 13), amount="1200.00"))], "period"),
        ([slip(absence(START, END, cause_code=21))], "cause"),
        ([slip(unpaid_absences=(UnpaidAbsence(start=START, end=END, cause_code=1),))], "unpaid"),
        ([slip(absence(START, END), absence_known_from=None, absence_known_until=None)], None),
        ([report("r1")], None),  # nothing says that all absences are told
    ],
)
def test_each_kind_reaches_its_finding(reports, code):
    sent()
    reviewed(*reports)
    assert [one.code for one in Finding.objects.filter(kind="mismatch")] == ([code] if code else [])


def test_a_report_put_right_closes_it_and_one_that_differs_again_opens_it():
    sent()
    reviewed(LESS)
    reviewed(slip(absence(START, END), version=2))
    assert rows() == [("pay", "covered", PAY)]
    reviewed(slip(absence(START, END, amount="1000.00"), version=3))
    assert rows() == [("pay", "open", {"claimed": "1800.00", "register": "1000.00"})]
    assert opened() == 2


def put_right(application, amount):
    claim = replace(in_force(application), pay_periods=(PayPeriod(start=START, end=END, amount=Decimal(amount)),))
    correct(application_id=application.pk, claim=claim, reason="So.", version=1, by=cast.by_web(), at=AT)


@pytest.mark.parametrize(("amount", "status"), [("1200.00", "covered"), ("1500.00", "open")])
def test_an_application_put_right_is_compared_again_without_a_new_report(amount, status):
    application = sent()
    reviewed(LESS)
    put_right(application, amount)
    assert review_register.is_any_due()
    review_register.review_register(at=AT)
    assert not review_register.is_any_due()
    assert [(code, state) for code, state, _facts in rows()] == [("pay", status)]


def test_what_cannot_be_compared_is_not_tried_in_every_round():
    application = sent()
    reviewed(LESS)
    put_right(application, "1500.00")
    unreadable = ApplicationVersion.objects.get(application=application, number=2)
    unreadable.content = {"absence": "?"}
    unreadable.save()
    review_register.review_register(at=AT)
    assert not review_register.is_any_due()
    assert [(code, state) for code, state, _facts in rows()] == [("pay", "expired")]


def test_withdrawn_and_decided_ones_are_closed():
    application = sent()
    reviewed(LESS)
    withdraw(application_id=application.pk, reason="", by=cast.by_web(), at=AT)
    review_register.review_register(at=AT)
    assert rows() == [("pay", "covered", PAY)]
    assert not outdated().exists()


def decided(application, at):
    income = Income(after_deduction=Decimal(40000))
    by = cast.by_official()
    decide(application_id=application.pk, outcome="granted", reason="", by=by, at=at, income=income)


def test_after_the_decision_only_what_the_register_told_since_counts():
    application = sent()
    reviewed(LESS)
    decided(application, AT + timedelta(hours=1))
    later = AT + timedelta(days=20)
    review_register.review_register(at=later)
    assert rows() == [("pay", "covered", PAY)]
    came = datetime(2026, 5, 4, tzinfo=UTC)
    reviewed(slip(absence(START, END, amount="1100.00"), version=2, received_at=came), at=later)
    assert rows() == [("pay", "open", {"claimed": "1800.00", "register": "1100.00"})]
    review_register.review_register(at=later)
    assert not outdated().exists()


def test_dismissed_it_stays_so_as_long_as_it_says_the_same():
    sent()
    reviewed(LESS)
    Finding.objects.update(status="dismissed")
    reviewed(LESS)
    assert rows() == [("pay", "dismissed", PAY)]
    reviewed(slip(absence(START, END, amount="1000.00"), version=2))
    assert [status for _code, status, _facts in rows()] == ["open"]


def test_a_claim_of_the_register_agrees_with_itself():
    reviewed(slip(claimed(START, END)))
    assert rows() == []


def test_many_take_as_many_queries_as_one():
    def of(number):
        code = identity_code(number)
        employee = replace(cast.claim().employee, personal_identity_code=code)
        sent(employee=employee)
        return report(f"m{number}", absence(START, END, amount="1200.00"), code=code, **WINDOW)

    told(of(1))
    with CaptureQueriesContext(connection) as one:
        find_mismatches(cast.employer(), at=AT)
    told(*(of(number) for number in range(2, 12)))
    with CaptureQueriesContext(connection) as many:
        assert find_mismatches(cast.employer(), at=AT) == 11
    assert len(many) == len(one) < 20


def test_another_employer_is_left_alone():
    sent()
    reviewed(slip(absence(START, END, amount="1200.00"), payer=cast.CAFE), payer=cast.CAFE)
    assert rows() == []


def test_officials_see_it_beside_the_application(client):
    application = sent()
    reviewed(LESS)
    client.force_login(cast.official(), backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "en"
    body = client.get(reverse("admin:employers_application_change", args=[application.pk])).content.decode()
    assert "Differs from the Incomes Register" in body
    assert "1,200.00" in body
