"""A request for correction: taken up it is decided anew and paid the difference; refused the decision stands."""

from datetime import date
from decimal import Decimal

import pytest

from employers.applications.correct import correct
from employers.applications.decide import decide
from employers.applications.lifecycle import NotYours, WrongState
from employers.applications.models import Application, Decision, Payment, StatusChange
from employers.applications.models_corrections import CorrectionRequest
from employers.applications.pay import NothingToPay, pay
from employers.applications.queries import payments_of
from employers.applications.reopen import AnswerNeeded, refuse_correction, reopen
from employers.applications.report_pay import PayReport, report_pay
from employers.applications.submit import Overlap
from employers.benefits.claim import Income, PayPeriod, Period
from employers.records import events
from employers.records.models import Event
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
INCOME = Income(after_deduction=Decimal(40000))
FIRST, LAST = date(2026, 3, 2), date(2026, 3, 31)
APRIL = PayPeriod(start=date(2026, 4, 1), end=date(2026, 4, 30), amount=Decimal("2500.00"))


def begun(**said) -> Application:
    march = PayPeriod(start=FIRST, end=LAST, amount=Decimal("2500.00"))
    return cast.sent(
        absence=Period(start=FIRST, end=LAST), pay_periods=(march,), pay_continues_from=APRIL.start, **said
    )


def decided(application: Application, outcome: str = "granted") -> Decision:
    by = cast.by_official()
    return decide(application_id=application.pk, outcome=outcome, reason="So.", by=by, at=cast.AT, income=INCOME)


def paid(application: Application) -> Payment:
    return pay(application_id=application.pk, by=cast.by_official(), at=cast.AT)


def report(application: Application, version: int = 1) -> CorrectionRequest:
    said = PayReport(pay_periods=(APRIL,))
    report_pay(application_id=application.pk, report=said, version=version, by=cast.by_web(), at=cast.AT)
    return CorrectionRequest.objects.get(state="waiting")


def shortened(application: Application) -> CorrectionRequest:
    end = date(2026, 3, 20)
    claim = cast.claim(
        absence=Period(start=FIRST, end=end),
        pay_periods=(PayPeriod(start=FIRST, end=end, amount=Decimal("1700.00")),),
    )
    correct(application_id=application.pk, claim=claim, reason="Back to work.", version=1, by=cast.by_web(), at=cast.AT)
    return CorrectionRequest.objects.get(state="waiting")


def taken_up(request: CorrectionRequest) -> Application:
    return reopen(request_id=request.pk, by=cast.by_official(), at=cast.AT)


def sums(application: Application) -> list[Decimal]:
    return [one.amount for one in payments_of(application.pk)]


def test_pay_reported_after_the_payment_is_decided_and_its_part_paid() -> None:
    application = begun()
    first = decided(application)
    paid(application)
    application = taken_up(report(application))
    assert (application.status, application.outcome, application.version) == ("in_handling", "", 2)
    assert application.decision is None
    second = decided(application)
    assert second.amount > first.amount
    payment = paid(application)
    assert payment.amount == second.amount - first.amount
    assert sum(sums(application)) == second.amount
    application.refresh_from_db()
    assert (application.status, application.decision) == ("paid", second)
    assert application.decisions.count() == 2


def test_a_payment_that_waits_does_not_go_out_by_the_old_decision() -> None:
    application = begun()
    decided(application)
    application = taken_up(report(application))
    assert Payment.objects.get().status == "cancelled"
    with pytest.raises(WrongState):
        paid(application)
    second = decided(application)
    assert sums(application) == [second.amount]
    assert paid(application).decision == second


def test_what_was_paid_too_much_is_not_paid_again() -> None:
    application = begun()
    first = decided(application)
    paid(application)
    application = taken_up(shortened(application))
    second = decided(application)
    assert second.amount < first.amount
    assert sums(application) == [first.amount]
    with pytest.raises(NothingToPay):
        paid(application)


def test_taking_up_is_one_move_one_event_and_the_next_version() -> None:
    application = begun()
    decided(application)
    request = report(application)
    before = Event.objects.filter(application=application.pk, type=events.CORRECTED).count()
    taken_up(request)
    change = StatusChange.objects.filter(application=application).last()
    assert (change.verb, change.source, change.target, change.version) == ("reopen", "decided", "in_handling", 2)
    assert Event.objects.filter(application=application.pk, type=events.CORRECTED).count() == before + 1
    assert list(application.versions.order_by("number").values_list("number", flat=True)) == [1, 2]
    request.refresh_from_db()
    assert (request.state, request.answered_by) == ("taken_up", cast.official())


def test_refused_the_decision_stands_and_the_employer_is_told_why() -> None:
    application = begun()
    decision = decided(application)
    request = report(application)
    with pytest.raises(AnswerNeeded):
        refuse_correction(request_id=request.pk, answer=" ", by=cast.by_official(), at=cast.AT)
    refuse_correction(request_id=request.pk, answer="It is right.", by=cast.by_official(), at=cast.AT)
    application.refresh_from_db()
    assert (application.status, application.decision, application.version) == ("decided", decision, 1)
    request.refresh_from_db()
    assert (request.state, request.answer) == ("refused", "It is right.")
    assert report(application).pk != request.pk  # another may be asked for


def test_a_request_is_answered_once_and_by_officials_alone() -> None:
    application = begun()
    decided(application)
    request = report(application)
    for verb in (
        lambda: reopen(request_id=request.pk, by=cast.by_web(), at=cast.AT),
        lambda: refuse_correction(request_id=request.pk, answer="No.", by=cast.by_web(), at=cast.AT),
    ):
        with pytest.raises(NotYours):
            verb()
    taken_up(request)
    with pytest.raises(WrongState):
        refuse_correction(request_id=request.pk, answer="No.", by=cast.by_official(), at=cast.AT)
    with pytest.raises(WrongState):
        taken_up(request)


def test_a_rejected_application_does_not_come_back_over_a_new_one() -> None:
    application = begun()
    decided(application, "rejected")
    request = shortened(application)
    new = begun(reference="new")
    with pytest.raises(Overlap) as overlap:
        taken_up(request)
    assert overlap.value.existing == [new]
    application.refresh_from_db()
    assert (application.status, application.outcome) == ("decided", "rejected")
    assert CorrectionRequest.objects.get().state == "waiting"
