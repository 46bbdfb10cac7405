"""The bank account by machine: a program asks, a person of the employer confirms, and only then it counts."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from employers.organisations import change_account, rights
from employers.organisations.models import Mandate, Organisation
from employers.organisations.models_account import AccountChange
from employers.records import clock
from employers.records.models import Event
from tests import cast
from tests.machine import Machine, codes
from tests.notifications.places import NEW_IBAN, address
from tests.pages import come_in
from tests.portal.test_api_openapi import shaped

pytestmark = pytest.mark.usefixtures("sandbox")
OTHER_IBAN = "SE3550000000054910000003"


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture(autouse=True)
def reached(sandbox: None) -> None:
    address()


def put(machine: Machine, content: Any, business_id: str = cast.BAKERY):
    path = f"/api/v1/employers/{business_id}/bank-account"
    return machine.http.put(path, content, content_type="application/json", headers=machine.headers())


def iban() -> str:
    return Organisation.objects.get(business_id=cast.BAKERY).iban


def test_it_is_asked_for_and_counts_when_it_is_confirmed(machine):
    before = iban()
    answer = put(machine, {"iban": "fi21 1234 5600 0007 85"})
    told = answer.json()
    assert (answer.status_code, shaped("AccountAsked", told)) == (200, [])
    assert (told["iban_ending"], told["status"], told["changed_at"]) == ("0785", "waiting", None)
    assert told["four_eyes"] == {"above": "10000.00"}
    assert NEW_IBAN not in answer.content.decode()
    asked = AccountChange.objects.get()
    assert (iban(), asked.asked_by, asked.client) == (before, None, cast.client_system())
    assert asked.acting_organisation == cast.client_system().organisation
    assert Event.objects.filter(type="account.asked", subject=asked.pk).count() == 1
    page = come_in(Client(headers={"Accept-Language": "en"}), "Aino").get(
        f"/en/employers/{cast.employer().pk}/account/"
    )
    assert "Palkkapalvelu Esimerkki Oy" in page.content.decode()
    change_account.confirm(change=asked, by=cast.by_web(), at=clock.now())
    told = put(machine, {"iban": NEW_IBAN}).json()
    assert shaped("AccountAsked", told) == []
    assert (told["status"], told["asked_at"], told["changed_at"] is None) == ("in_use", None, False)
    assert (iban(), AccountChange.objects.count()) == (NEW_IBAN, 1)


def test_asked_for_again_it_is_asked_for_once_and_another_takes_its_place(machine, clock_at):
    clock_at(cast.AT)
    first = put(machine, {"iban": NEW_IBAN})
    clock_at(cast.AT + timedelta(minutes=1))
    assert put(machine, {"iban": NEW_IBAN}).content == first.content
    assert Event.objects.filter(type="account.asked").count() == 1
    assert put(machine, {"iban": OTHER_IBAN}).json()["iban_ending"] == "0003"
    assert list(AccountChange.objects.values_list("status", flat=True)) == ["cancelled", "waiting"]
    clock_at(cast.AT + timedelta(days=8))
    assert put(machine, {"iban": OTHER_IBAN}).json()["asked_at"].startswith("2026-04-23")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({}, [("/iban", "required")]),
        ({"iban": None}, [("/iban", "required")]),
        ({"iban": 5}, [("/iban", "invalid_type")]),
        ({"iban": ""}, [("/iban", "iban_invalid")]),
        ({"iban": "FI21 1234 5600 0007 86"}, [("/iban", "iban_invalid")]),
        ({"iban": "TR330006100519786457841326"}, [("/iban", "iban_invalid")]),
        ({"iban": "F" * 5000}, [("/iban", "iban_invalid")]),
        ({"iban": NEW_IBAN, "bic": "OKOYFIHH"}, [("/bic", "unknown_field")]),
        ([], [("", "invalid_type")]),
    ],
)
def test_what_is_no_account_is_refused(machine, content, expected):
    answer = put(machine, content)
    assert (answer.status_code, codes(answer)) == (422, expected)
    assert not AccountChange.objects.exists()


def test_nobody_could_confirm_it(machine):
    employer = cast.employer()
    employer.addresses.all().delete()
    answer = put(machine, {"iban": NEW_IBAN})
    assert (answer.status_code, answer.json()["code"]) == (409, "nobody-to-confirm")


def test_without_the_right_or_the_scope_it_is_refused(machine):
    refused = put(machine, {"iban": NEW_IBAN}, cast.CAFE)
    assert (refused.status_code, refused.json()["right"]) == (403, "bank_account")
    for business_id in (cast.WHOLESALER, "9999991-7", "x"):
        assert put(machine, {"iban": NEW_IBAN}, business_id).status_code == 404
    narrow = put(Machine(scope="applications.write"), {"iban": NEW_IBAN})
    assert (narrow.status_code, narrow.json()["scope"]) == (403, "account.write")
    Mandate.objects.filter(principal=cast.employer()).update(rights=[rights.APPLY])
    assert put(machine, {"iban": NEW_IBAN}).json()["right"] == "bank_account"


def test_the_number_of_queries(machine):
    assert machine.token
    with CaptureQueriesContext(connection) as queries:
        put(machine, {"iban": NEW_IBAN})
    assert len(queries) <= 18
