"""What is said anew or taken back is heard: facts follow the application as it stands."""

from datetime import date
from decimal import Decimal

import pytest

from customers.segments import follow
from customers.segments.models import Fact
from employers.applications.correct import correct
from employers.applications.decide import decide
from employers.applications.models import Application
from employers.applications.models_corrections import CorrectionRequest
from employers.applications.reopen import reopen
from employers.applications.withdraw import withdraw
from employers.benefits.claim import Income, PayPeriod, Period
from portal.sandbox import data
from tests import cast
from tests.feeds import until_shown

pytestmark = pytest.mark.django_db(transaction=True)  # a reader sees only what is committed
SHORT = Period(start=date(2026, 3, 2), end=date(2026, 3, 20))


@pytest.fixture
def application() -> Application:
    data.load(at=cast.AT)
    return cast.sent()


def fact() -> Fact:
    until_shown()
    follow.follow(on=cast.AT.date())
    return Fact.objects.get()


def shortened(application: Application) -> None:
    paid = PayPeriod(start=SHORT.start, end=SHORT.end, amount=Decimal("1700.00"))
    claim = cast.claim(absence=SHORT, pay_periods=(paid,))
    correct(application_id=application.pk, claim=claim, reason="Back.", version=1, by=cast.by_web(), at=cast.AT)


def decided(application: Application) -> None:
    by, income = cast.by_official(), Income(after_deduction=Decimal(40000))
    decide(application_id=application.pk, outcome="granted", reason="", by=by, at=cast.AT, income=income)


def test_a_corrected_absence_is_the_one_that_counts(application: Application) -> None:
    before = fact()
    shortened(application)
    after = fact()
    assert (before.end, after.end) == (date(2026, 4, 10), SHORT.end)
    assert 0 < after.paid_days < before.paid_days
    assert after.submitted_on == before.submitted_on


def test_a_withdrawn_absence_counts_no_paid_days(application: Application) -> None:
    fact()
    withdraw(application_id=application.pk, reason="A mistake.", by=cast.by_web(), at=cast.AT)
    after = fact()
    assert (after.status, after.paid_days) == ("withdrawn", 0)


def test_a_decision_taken_up_again_counts_what_is_estimated_then_what_is_decided(application: Application) -> None:
    decided(application)
    before = fact()
    shortened(application)
    assert fact().end == before.end  # only asked for
    reopen(request_id=CorrectionRequest.objects.get().pk, by=cast.by_official(), at=cast.AT)
    estimated = fact()
    assert (estimated.end, estimated.outcome) == (SHORT.end, "")
    decided(application)
    assert (fact().outcome, fact().paid_days) == ("granted", estimated.paid_days)
