"""What is told of corrections, withdrawals, pay reports, messages, payments and history is what is answered."""

from decimal import Decimal

import pytest

from employers.applications.decide import decide
from employers.benefits.claim import Income
from employers.records import clock
from tests.cast import by_official
from tests.machine import KEY, Machine, body
from tests.portal.test_api_openapi import shaped

pytestmark = pytest.mark.usefixtures("sandbox")

MARCH = {"start": "2026-03-02", "end": "2026-03-31"}
APRIL = {"start": "2026-04-01", "end": "2026-04-30", "amount": "2500.00"}
BEGUN = {"absence": MARCH, "pay_periods": [MARCH | {"amount": "2500.00"}], "pay_continues_from": "2026-04-01"}
CORRECTION = body(**BEGUN, pay_basis="part", reason="It was a part.")
REPORT = {"pay_periods": [APRIL], "pay_continues_from": "2026-05-01"}


def sent(machine: Machine, call: str, said: object, *, version: int = 1):
    return machine.post(call, said, key=f"{KEY}-{version}", headers={"If-Match": f'"{version}"'})


def decided(one: str) -> None:
    income = Income(after_deduction=Decimal(40000))
    decide(application_id=one, outcome="granted", reason="", by=by_official(), at=clock.now(), income=income)


def test_real_answers_fit_their_shapes():
    machine = Machine()
    one = machine.submit(**BEGUN).json()["id"]
    at = f"applications/{one}"
    answers = [
        ("Corrected", 201, sent(machine, f"{at}/corrections", CORRECTION)),
        ("Corrected", 201, sent(machine, f"{at}/pay-reports", REPORT, version=2)),
        ("Problem", 412, sent(machine, f"{at}/pay-reports", REPORT, version=9)),
        ("Message", 201, sent(machine, f"{at}/messages", {"text": "When?"})),
        ("MessagePage", 200, machine.get(f"{at}/messages")),
        ("MovePage", 200, machine.get(f"{at}/history")),
    ]
    decided(one)
    answers += [
        ("PaymentPage", 200, machine.get("payments")),
        ("Corrected", 202, sent(machine, f"{at}/corrections", CORRECTION, version=3)),
        ("AskedCorrectionPage", 200, machine.get(f"{at}/corrections")),
    ]
    other = machine.submit(1, reference="other", employer="9000006-2").json()["id"]
    answers.append(("Application", 201, sent(machine, f"applications/{other}/withdrawal", {"reason": "Twice."})))
    for name, status, answer in answers:
        assert (answer.status_code, shaped(name, answer.json())) == (status, []), (name, answer.json())
    for name, said in (("Correction", CORRECTION), ("PayReport", REPORT), ("Withdrawal", {"reason": "Twice."})):
        assert shaped(name, said) == []
