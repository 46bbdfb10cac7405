"""On paper and to take along: the receipt, the decision, the payments, an employer's own data."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from pypdf import PdfReader

from employers.applications.decide import decide
from employers.applications.models import Application, Payment
from employers.applications.pay import pay
from employers.applications.sheets import workbook
from employers.benefits.claim import Employee, Income
from employers.organisations import rights
from employers.organisations.models import Mandate
from employers.records.models import ReadLog
from tests import cast
from tests.pages import come_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
INCOME = Income(after_deduction=Decimal(40000))
LINE = Employee(personal_identity_code="010190-9123", given_name="=1+1", family_name="Čáhppe")


@pytest.fixture(autouse=True)
def april(clock_at) -> None:
    clock_at(datetime(2026, 4, 16, 9, tzinfo=UTC))


@pytest.fixture
def aino(client: Client) -> Client:
    return come_in(client, "Aino")


def paid(application: Application) -> Payment:
    by = cast.by_official()
    decide(application_id=application.pk, outcome="granted", reason="", by=by, at=cast.AT, income=INCOME)
    return pay(application_id=application.pk, by=by, at=cast.AT)


def paper(client: Client, application: Application, name: str, language: str = "en") -> str:
    response = client.get(f"/{language}/applications/{application.pk}/{name}.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")
    return " ".join("".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages).split())


def test_the_receipt_says_what_was_sent_and_covers_the_identity_code(aino: Client) -> None:
    application = cast.sent(employee=LINE)
    said = paper(aino, application, "receipt")
    for words in (application.reference, "Čáhppe", "2 March", "€3,600.00", "not a decision"):
        assert words in said
    assert "010190-9123" not in said
    assert ReadLog.objects.filter(person=application.person_id, action="receipt").count() == 1


def test_the_decision_says_the_sum_its_lines_and_how_to_appeal(aino: Client) -> None:
    application = cast.sent()
    payment = paid(application)
    said = paper(aino, application, "decision")
    for words in ("granted", "€1,678.54", "23 weekdays", payment.reference, "Appeal Board"):
        assert words in said


def test_there_is_no_decision_before_one_was_made(aino: Client) -> None:
    assert aino.get(f"/en/applications/{cast.sent().pk}/decision.pdf").status_code == 404


def test_a_decision_is_for_those_who_may_read_decisions(client: Client) -> None:
    application = cast.sent()
    paid(application)
    Mandate.objects.filter(agent_user=cast.user("Bo")).update(rights=[rights.APPLY])
    assert come_in(client, "Bo").get(f"/en/applications/{application.pk}/decision.pdf").status_code == 403
    assert client.get(f"/en/applications/{application.pk}/receipt.pdf").status_code == 200


def test_a_bank_line_finds_its_absence(aino: Client) -> None:
    application = cast.sent()
    payment = paid(application)
    address = f"/en/employers/{application.organisation_id}/payments/"
    spaced = " ".join((payment.reference[:5], payment.reference[5:]))
    found = text(aino.get(address, {"reference": spaced}))
    assert f"/en/applications/{application.pk}/" in found
    assert "€1,678.54" in found
    assert "No payment of ours has this reference" in text(aino.get(address, {"reference": "123"}))


def test_payments_need_their_right(client: Client) -> None:
    assert come_in(client, "Bo").get(f"/en/employers/{cast.employer().pk}/payments/").status_code == 403


def test_one_s_own_data_holds_every_version_as_it_was_sent(aino: Client) -> None:
    application = cast.sent()
    payment = paid(application)
    told = json.loads(aino.get(f"/en/employers/{application.organisation_id}/data/json/").content)
    (one,) = told["applications"]
    assert one["reference"] == application.reference
    assert one["versions"][0]["said"]["employee"]["personal_identity_code"] == "010190-9123"
    assert one["decision"]["amount"] == "1678.54"
    assert one["payment"]["reference"] == payment.reference
    assert ReadLog.objects.filter(person=application.person_id, purpose="own_data").count() == 1


def test_the_workbook_is_readable_and_a_name_never_a_formula(aino: Client) -> None:
    application = cast.sent(employee=LINE)
    response = aino.get(f"/en/employers/{application.organisation_id}/data/xlsx/")
    head, row = load_workbook(BytesIO(response.content)).active.iter_rows()
    cells = {name.value: cell for name, cell in zip(head, row, strict=True)}
    assert cells["Employee"].value == "=1+1 Čáhppe"
    assert cells["Employee"].data_type == "s"
    assert cells["Personal identity code"].value == "010190-••••"
    assert cells["Absence from"].value == datetime(2026, 3, 2)


def test_an_empty_workbook_has_its_columns() -> None:
    rows = list(load_workbook(BytesIO(workbook({"A": (["One", "Two"], [])}))).active.values)
    assert rows == [("One", "Two")]


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("page", ["payments/", "data/json/", "data/xlsx/"])
def test_queries_do_not_grow_with_applications(aino: Client, page: str) -> None:
    address = f"/en/employers/{cast.employer().pk}/{page}"
    paid(cast.sent())
    before = queries(aino, address)
    for number, code in enumerate(("040490-916K", "020290-912J"), start=2):
        someone = Employee(personal_identity_code=code, given_name="A", family_name="B")
        paid(cast.sent(employee=someone, reference=f"row-{number}"))
    assert queries(aino, address) == before
