"""What the register changes after the decision is an official's to take up; it is asked about once, and taken back."""

from dataclasses import replace
from decimal import Decimal

import pytest

from employers.applications import review_register
from employers.applications.correct import correct, in_force
from employers.applications.decide import decide
from employers.applications.models import Application
from employers.applications.models_corrections import CorrectionRequest
from employers.applications.reopen import refuse_correction, reopen
from employers.benefits.claim import Income
from tests import cast
from tests.applications.following import CLAIM, END, GONE, SHORTER, SICK, START, live, states
from tests.applications.reports import AT, claimed, report, reviewed

pytestmark = pytest.mark.usefixtures("sandbox")


def decided(application: Application, outcome: str = "granted") -> None:
    by, income = cast.by_official(), Income(after_deduction=Decimal(40000))
    decide(application_id=application.pk, outcome=outcome, reason="So it is.", by=by, at=AT, income=income)


def asked() -> list[tuple[str, str]]:
    return list(CorrectionRequest.objects.order_by("id").values_list("kind", "state"))


def test_after_the_decision_a_change_asks_an_official():
    reviewed(CLAIM)
    application = Application.objects.get()
    decided(application)
    reviewed(report("r1", SHORTER, version=2))
    assert (live(), asked(), states()) == ([SICK], [("correct", "waiting")], ["replaced", "asked"])
    reviewed(report("r1", claimed(START, END, amount="1700.00"), version=3))
    assert asked() == [("correct", "waiting")]
    reopen(request_id=CorrectionRequest.objects.get().pk, by=cast.by_official(), at=AT)
    assert live() == [("sickness_allowance", START, END, "1700.00")]


def test_after_the_decision_what_is_claimed_no_longer_asks_an_official():
    reviewed(CLAIM)
    application = Application.objects.get()
    decided(application)
    reviewed(GONE)
    assert asked() == [("cancel", "waiting")]
    reopen(request_id=CorrectionRequest.objects.get().pk, by=cast.by_official(), at=AT)
    application.refresh_from_db()
    assert (application.status, application.outcome, application.version) == ("in_handling", "", 1)
    decided(application, outcome="lapsed")
    assert live() == []


@pytest.mark.parametrize("between", [report("r1", SHORTER, version=2), GONE])
def test_what_is_told_again_as_it_was_decided_takes_the_request_back(between):
    reviewed(CLAIM)
    decided(Application.objects.get())
    reviewed(between)
    reviewed(report("r1", claimed(START, END), version=3))
    assert [state for _kind, state in asked()] == ["refused"]
    assert (live(), states()[-1]) == ([SICK], "received")


def test_a_request_of_the_employers_is_answered_first():
    reviewed(CLAIM)
    application = Application.objects.get()
    decided(application)
    claim = replace(in_force(application), insurer_case="traffic")
    correct(application_id=application.pk, claim=claim, reason="", version=1, by=cast.by_web(), at=AT)
    reviewed(report("r1", SHORTER, version=2))
    assert (asked(), states()) == ([("correct", "waiting")], ["received", "waiting"])
    assert not review_register.is_any_due()
    refuse_correction(request_id=CorrectionRequest.objects.get().pk, answer="No.", by=cast.by_official(), at=AT)
    review_register.review_register(at=AT)
    assert asked() == [("correct", "refused"), ("correct", "waiting")]
