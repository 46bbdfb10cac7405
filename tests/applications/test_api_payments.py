"""What was paid, over HTTP: from a line on the bank statement to the application, over all clients of a firm."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from employers.applications.decide import decide
from employers.applications.models import Application, Payment
from employers.applications.pay import pay
from employers.benefits.claim import Income
from employers.organisations import rights
from employers.records import clock
from employers.records.models import ReadLog
from tests.cast import BAKERY, by_official, client_system, employer
from tests.machine import Machine, codes

pytestmark = pytest.mark.usefixtures("sandbox")

SERVICE = "9000006-2"  # another client of the firm
INCOME = Income(after_deduction=Decimal(40000))


@pytest.fixture
def machine() -> Machine:
    return Machine()


def granted(machine: Machine, number: int = 0, **said) -> str:
    month = {"start": f"2026-{number + 1:02}-02", "end": f"2026-{number + 1:02}-27"}
    answer = machine.submit(
        number, reference=f"row-{number}", absence=month, pay_periods=[month | {"amount": "3000.00"}], **said
    )
    one = answer.json()["id"]
    decide(application_id=one, outcome="granted", reason="", by=by_official(), at=clock.now(), income=INCOME)
    return one


def paid(one: str, day: str = "") -> Payment:
    payment = pay(application_id=one, by=by_official(), at=clock.now())
    if day:
        Payment.objects.filter(pk=payment.pk).update(paid_on=day)
    return payment


def listed(machine: Machine, query: str = "") -> list[str]:
    answer = machine.get(f"payments{query}")
    assert answer.status_code == 200, answer.content
    return [item["application_reference"] for item in answer.json()["items"]]


def hold(business_id: str, *held: str) -> None:
    mandates = client_system().organisation.mandates_held
    mandates.filter(principal__business_id=business_id).update(rights=list(held))


def test_a_payment_names_its_application_and_the_line_on_the_bank_statement(machine):
    one = granted(machine, payment_reference="1232")
    payment = paid(one)
    [found] = machine.get("payments").json()["items"]
    assert found == {
        "id": str(payment.pk), "employer": BAKERY, "application": one, "reference": payment.reference,
        "amount": str(payment.amount), "status": "sent", "paid_on": clock.today().isoformat(),
        "payment_reference": "1232", "application_reference": "row-0",
    }  # fmt: skip
    [in_decision] = machine.get(f"applications/{one}/decision").json()["payments"]
    assert in_decision == {name: found[name] for name in in_decision}


def test_over_all_clients_newest_first(machine):
    for number, business_id in enumerate((BAKERY, SERVICE, BAKERY)):
        granted(machine, number, employer=business_id)
    assert listed(machine) == ["row-2", "row-1", "row-0"]
    assert listed(machine, f"?employer={SERVICE}") == ["row-1"]
    first = machine.get("payments?limit=2").json()
    assert [item["application_reference"] for item in first["items"]] == ["row-2", "row-1"]
    assert listed(machine, f"?limit=2&cursor={first['next']}") == ["row-0"]


def test_since_a_day_and_by_the_reference_of_the_bank_line(machine):
    first, second = paid(granted(machine), "2026-06-01"), paid(granted(machine, 1), "2026-06-02")
    granted(machine, 2)  # waits
    assert listed(machine, "?paid_after=2026-06-01") == ["row-1"]
    assert listed(machine, "?paid_after=2026-05-31") == ["row-1", "row-0"]
    number = first.reference
    spaced = " ".join([number[:4], number[4:9], number[9:]]).replace(" ", "%20")
    for written in (number, spaced, f"0{number}", f"RF18{number}", f"rf18%20{number}"):
        assert listed(machine, f"?reference={written}") == ["row-0"], written
    assert listed(machine, f"?reference={second.reference[:-1]}") == []
    assert listed(machine, "?reference=") == []


@pytest.mark.parametrize("query", ["employer=9000008-9", "employer=9000024-9", "employer=nonsense", "reference=1"])
def test_what_is_foreign_or_unknown_is_an_empty_list(machine, query):
    paid(granted(machine))
    other = Machine("sandbox-other")
    other.submit(employer="9000008-9")
    assert machine.get(f"payments?{query}").json() == {"items": [], "next": None}
    assert other.get("payments").json() == {"items": [], "next": None}


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("paid_after=yesterday", ("/paid_after", "date_invalid")),
        ("paid_after=2026-02-30", ("/paid_after", "date_invalid")),
        ("limit=201", ("/limit", "limit_too_large")),
        ("limit=000000001999", ("/limit", "limit_too_large")),
        ("limit=000", ("/limit", "invalid_type")),
        ("cursor=abc", ("/cursor", "id_invalid")),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(machine, query, error):
    answer = machine.get(f"payments?{query}")
    assert (answer.status_code, codes(answer)) == (422, [error])


def test_a_replaced_payment_is_not_shown(machine):
    granted(machine)
    Payment.objects.update(status=Payment.State.CANCELLED)
    assert listed(machine) == []


def test_without_the_right_there_is_nothing_to_see(machine):
    paid(granted(machine))
    hold(BAKERY, rights.APPLY, rights.VIEW_DECISIONS)
    assert listed(machine) == []
    hold(BAKERY, rights.VIEW_PAYMENTS)
    assert listed(machine) == ["row-0"]


def test_payments_of_occupational_health_care_beside_its_own_rights(machine):
    """As on the pages: whoever sees applications of an employer sees the payments of those; payments alone, all."""
    of_health = granted(machine)
    Application.objects.filter(pk=of_health).update(benefit=rights.OCCUPATIONAL_HEALTH)
    granted(machine, 1)
    seen = {
        (rights.APPLY,): ["row-1"],
        (rights.VIEW_DECISIONS,): ["row-1", "row-0"],
        (rights.OCCUPATIONAL_HEALTH_PREPARE,): ["row-0"],
        (): ["row-1", "row-0"],
    }
    for beside, expected in seen.items():
        hold(BAKERY, rights.VIEW_PAYMENTS, *beside)
        assert listed(machine) == expected, beside


def test_every_person_shown_leaves_a_row_and_queries_do_not_grow(machine):
    granted(machine)
    few = queries(machine)
    for number in range(1, 6):
        granted(machine, number, employer=(BAKERY, SERVICE)[number % 2])
    assert queries(machine) == few <= 5
    ReadLog.objects.all().delete()
    machine.get("payments")
    rows = ReadLog.objects.filter(purpose="payment", action="list")
    assert {row.principal for row in rows} == {employer().pk, employer(SERVICE).pk}
    assert all(row.mandate and row.actor == client_system().pk for row in rows)


def queries(machine: Machine) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert machine.get("payments").status_code == 200
    return len(captured)
