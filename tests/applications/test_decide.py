"""Deciding: the golden cases, why a decision differs, and what each outcome leaves behind."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from employers.applications.decide import AmountOutOfRange, IncomeNeeded, ReasonNeeded, appeal_until, decide
from employers.applications.lifecycle import NotYours, WrongState
from employers.applications.models import Application, ApplicationVersion, Decision, Payment, StatusChange
from employers.benefits.claim import Income, OtherDays, PayPeriod
from employers.income_register.models import ReportVersion
from employers.records.models import Event
from tests import cast

pytestmark = pytest.mark.usefixtures("sandbox")

KNOWN = Income(after_deduction=Decimal("40000.00"))
POOR = Income(after_deduction=Decimal("9000.00"))
LEAVE = OtherDays(start=date(2026, 3, 16), end=date(2026, 3, 17), kind="annual_leave")
ABSENCE = {"start": date(2026, 3, 2), "end": date(2026, 4, 10)}
LITTLE_PAY = PayPeriod(**ABSENCE, amount=Decimal("660.00"))  # 20.00 a weekday


def decided(application, outcome="granted", reason="As the law says", *, by=None, income=KNOWN, amount=None):
    return decide(
        application_id=application.pk,
        outcome=outcome,
        reason=reason,
        by=by or cast.by_official(),
        at=cast.AT,
        income=income,
        amount=amount,
    )


# claim, income: daily allowance, payable days, whole amount, to the employer
GOLDEN = {
    "the contract's example": ({}, KNOWN, "72.98", 23, "1678.54", "1678.54"),
    "annual leave goes to the employee": ({"other_days": (LEAVE,)}, KNOWN, "72.98", 23, "1678.54", "1532.58"),
    "never more than was paid": ({"pay_periods": (LITTLE_PAY,)}, KNOWN, "72.98", 23, "1678.54", "460.00"),
    "the difference alone": ({"pay_basis": "difference"}, KNOWN, "72.98", 23, "1678.54", "0.00"),
    "the minimum": ({}, POOR, "31.99", 23, "735.77", "735.77"),
}


@pytest.mark.parametrize("case", GOLDEN)
def test_golden(case):
    changes, income, daily, days, amount, to_employer = GOLDEN[case]
    decision = decided(cast.sent(**changes), income=income)
    calculation = decision.calculation
    assert (calculation["daily_allowance"], calculation["payable_days"]) == (daily, days)
    assert (calculation["amount"], calculation["to_employer"]) == (amount, to_employer)
    assert Decision.objects.get().amount == Decimal(to_employer)


def test_granting_leaves_decision_history_event_and_a_waiting_payment():
    application = cast.sent()
    decision = decided(application)
    application.refresh_from_db()
    assert (application.status, application.outcome, application.handler) == ("decided", "granted", cast.official())
    assert (decision.decided_at, decision.appeal_until) == (cast.AT, date(2026, 5, 22))
    assert [row.verb for row in StatusChange.objects.filter(application=application)] == ["submit", "take_up", "decide"]
    assert Event.objects.filter(type="application.decided", application=application.pk).count() == 1
    payment = Payment.objects.get()
    assert (payment.amount, payment.status, payment.paid_on) == (Decimal("1678.54"), "waiting", None)


def test_an_estimate_without_income_differs_in_every_line():
    assert decided(cast.sent()).differences == [
        {"line": "daily_allowance", "estimate": None, "decision": "1678.54", "why": "income_given"},
        {"line": "to_employer", "estimate": None, "decision": "1678.54", "why": "income_given"},
    ]


def estimated(application, income_amount):
    """As if the estimate had known this employer's wages."""
    said = ApplicationVersion.objects.get(application=application)
    line = {"code": "daily_allowance", "quantity": "23", "unit_amount": "1.00", "amount": income_amount}
    said.estimate = said.estimate | {"lines": [line], "to_employer": income_amount}
    said.save(update_fields=["estimate"])
    return application


def test_a_right_estimate_leaves_nothing_to_explain():
    assert decided(estimated(cast.sent(), "1678.54")).differences == []


def test_a_low_estimate_is_told_line_by_line():
    why = "income_given"
    assert decided(estimated(cast.sent(), "1000.00")).differences == [
        {"line": "daily_allowance", "estimate": "1000.00", "decision": "1678.54", "why": why},
        {"line": "to_employer", "estimate": "1000.00", "decision": "1678.54", "why": why},
    ]


@pytest.mark.parametrize("outcome", ["rejected", "lapsed"])
def test_nothing_is_paid_of_what_is_not_granted(outcome):
    application = estimated(cast.sent(), "1678.54")
    decision = decided(application, outcome, income=None)
    application.refresh_from_db()
    assert (decision.amount, application.outcome) == (Decimal("0.00"), outcome)
    assert not Payment.objects.exists()
    assert decision.differences == [
        {"line": "to_employer", "estimate": "1678.54", "decision": "0.00", "why": outcome},
    ]


def test_a_rejected_absence_can_be_applied_for_again():
    application = cast.sent()
    decided(application, "rejected", income=None)
    assert cast.sent(reference="again").pk != application.pk


def test_a_part_is_what_the_official_says():
    decision = decided(cast.sent(), "partly_granted", amount=Decimal("1000.00"))
    assert (decision.amount, Payment.objects.get().amount) == (Decimal("1000.00"), Decimal("1000.00"))
    assert decision.differences[-1] == {
        "line": "to_employer",
        "estimate": None,
        "decision": "1000.00",
        "why": "narrowed",
    }


@pytest.mark.parametrize("amount", ["0.00", "-1.00", "1678.55"])
def test_a_part_is_neither_nothing_nor_more_than_the_whole(amount):
    with pytest.raises(AmountOutOfRange):
        decided(cast.sent(), "partly_granted", amount=Decimal(amount))
    assert not Decision.objects.exists()


def test_what_grants_nothing_pays_nothing():
    decided(cast.sent(pay_basis="difference"))
    assert not Payment.objects.exists()


def test_an_unknown_income_is_asked_of_the_official_and_leaves_nothing():
    application = cast.sent()
    with pytest.raises(IncomeNeeded):
        decided(application, income=None)
    assert Application.objects.get(pk=application.pk).status == "submitted"
    assert not Event.objects.filter(type="application.decided").exists()


def paid_by(business_id, person, amount, *, paid_on=date(2025, 6, 30), number=1):
    ReportVersion.objects.create(
        organisation=cast.employer(business_id),
        person=person,
        report_id=f"{business_id}/{number}",
        version=1,
        status=1,
        payment_date=paid_on,
        period_start=paid_on.replace(day=1),
        period_end=paid_on,
        wages=Decimal(amount),
        received_at=cast.AT,
        current=True,
    )


def test_every_payers_wages_of_the_twelve_months_count():
    application = cast.sent()
    paid_by(cast.BAKERY, application.person, "30000.00")
    paid_by(cast.JOINERY, application.person, "13989.88")
    paid_by(cast.JOINERY, application.person, "500.00", paid_on=date(2026, 2, 1), number=2)
    decision = decided(application, income=None)
    assert decision.calculation["daily_allowance"] == "72.98"  # 43 989.88 less 9.07 % is 40 000.00
    assert {row["why"] for row in decision.differences} == {"all_wages"}


def test_what_the_official_knows_goes_before_the_register():
    application = cast.sent()
    paid_by(cast.BAKERY, application.person, "1.00")
    assert decided(application).calculation["daily_allowance"] == "72.98"


@pytest.mark.parametrize("outcome", ["partly_granted", "rejected", "lapsed"])
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_what_is_not_granted_whole_is_told_why(outcome, reason):
    with pytest.raises(ReasonNeeded):
        decided(cast.sent(), outcome, reason, amount=None)


def test_a_decision_is_made_once():
    application = cast.sent()
    decided(application)
    with pytest.raises(WrongState):
        decided(application, "rejected")
    assert Decision.objects.get().outcome == "granted"


@pytest.mark.parametrize("actor", [cast.by_web, cast.by_client])
def test_only_officials_decide(actor):
    with pytest.raises(NotYours):
        decided(cast.sent(), by=actor())


def test_a_continuation_is_decided_with_the_law_of_its_beginning():
    first = cast.sent()
    april = {"start": date(2026, 4, 11), "end": date(2026, 4, 30)}
    pay = replace(LITTLE_PAY, **april, amount=Decimal("3000.00"))
    absence = cast.claim().absence.__class__(**april)
    second = cast.sent(absence=absence, pay_periods=(pay,), continues_application=str(first.pk), reference="second")
    calculation = decided(second).calculation
    assert (calculation["waiting_period"], calculation["payable_days"]) == (None, 17)


@pytest.mark.parametrize(
    ("day", "until"),
    [(date(2026, 1, 1), date(2026, 2, 7)), (date(2024, 2, 1), date(2024, 3, 9)), (date(2026, 12, 1), date(2027, 1, 7))],
)
def test_thirty_seven_days_to_appeal(day, until):
    assert appeal_until(day) == until
