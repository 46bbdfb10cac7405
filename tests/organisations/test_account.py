"""The bank account: asked for with a fresh sign-in, confirmed from the mailbox, told to the old addresses."""

from datetime import timedelta

import pytest
from django.test import Client

from employers.notifications.forms import AccountForm
from employers.organisations import change_account
from employers.organisations.models import Organisation
from employers.organisations.models_account import AccountChange
from employers.records import clock
from employers.records.models import Event
from tests import cast
from tests.notifications.places import NEW_IBAN, address, waiting_account
from tests.pages import come_in, identified, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]


@pytest.fixture
def aino(client: Client) -> Client:
    return identified(come_in(client, "Aino"))


def page(*more: object, business_id: str = cast.BAKERY) -> str:
    return "/".join(map(str, [f"/en/employers/{cast.employer(business_id).pk}/account", *more, ""]))


def iban() -> str:
    return Organisation.objects.get(business_id=cast.BAKERY).iban


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("FI21 1234 5600 0007 85", NEW_IBAN),
        ("fi2112345600000785", NEW_IBAN),
        ("FI21-1234-5600-0007-85", NEW_IBAN),
        ("SE35 5000 0000 0549 1000 0003", "SE3550000000054910000003"),
        ("DE89370400440532013000", "DE89370400440532013000"),
    ],
)
def test_an_account_is_taken_however_it_is_spaced(typed, cleaned):
    form = AccountForm({"iban": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["iban"] == cleaned


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "required"),
        ("FI21 1234 5600 0007 86", "checksum"),
        ("FI21 1243 5600 0007 85", "checksum"),  # two digits have changed places
        ("FI21 1234 5600 0007 8", "length"),
        ("123456-785", "invalid"),
        ("TR330006100519786457841326", "sepa"),
        ("tilinumero", "sepa"),
    ],
)
def test_what_is_wrong_with_an_account_is_told_apart(typed, code):
    form = AccountForm({"iban": typed})
    assert not form.is_valid()
    assert [error.code for error in form.errors.as_data()["iban"]] == [code]


def test_an_account_counts_only_when_it_is_confirmed(aino):
    address()
    before = iban()
    aino.post(page("change"), {"iban": "FI21 1234 5600 0007 85"})
    asked = AccountChange.objects.get()
    assert (iban(), asked.status, asked.last_four, asked.asked_by) == (before, "waiting", "0785", cast.user("Aino"))
    seen = text(aino.get(page()))
    assert "ends in 0785" in seen
    assert NEW_IBAN not in seen
    confirm = page("confirm", change_account.token(asked))
    assert "Confirm the new account" in text(aino.get(confirm))
    assert iban() == before
    aino.post(confirm)
    asked.refresh_from_db()
    bakery = cast.employer()
    assert (bakery.iban, asked.status, asked.iban) == (NEW_IBAN, "confirmed", None)
    assert bakery.iban_changed_at == asked.closed_at
    told = Event.objects.filter(type__startswith="account.").order_by("id")
    assert list(told.values_list("type", "subject")) == [("account.asked", asked.pk), ("account.changed", asked.pk)]
    assert "Bank account ending in 0785 taken into use" in text(aino.get(page()))


@pytest.mark.parametrize("where", [("change",), ("confirm",)])
def test_an_old_sign_in_has_to_be_made_again(client, where):
    address()
    asked = waiting_account()
    more = (*where, change_account.token(asked)) if where == ("confirm",) else where
    old = identified(come_in(client, "Aino"), seconds_ago=3600)
    answer = old.post(page(*more), {"iban": "SE35 5000 0000 0549 1000 0003"})
    assert answer.status_code == 302
    assert "step-up" in answer["Location"]
    assert AccountChange.objects.get().status == "waiting"


def test_without_a_confirmed_address_one_is_asked_for_first(aino):
    address(confirmed_at=None)
    seen = text(aino.get(page("change")))
    assert "First an e-mail address" in seen
    assert 'name="iban"' not in seen
    aino.post(page("change"), {"iban": NEW_IBAN})
    assert not AccountChange.objects.exists()


def test_the_account_in_use_is_not_asked_for_again(aino):
    address()
    assert "in use already" in text(aino.post(page("change"), {"iban": iban()}))


def test_a_second_wish_replaces_the_first_and_its_link_is_dead(aino):
    address()
    first = waiting_account()
    aino.post(page("change"), {"iban": "SE35 5000 0000 0549 1000 0003"})
    first.refresh_from_db()
    assert (first.status, first.iban) == ("cancelled", None)
    before = iban()
    aino.post(page("confirm", change_account.token(first)))
    assert iban() == before


def test_a_change_can_be_cancelled(aino):
    address()
    asked, before = waiting_account(), iban()
    aino.post(page("cancel"))
    aino.post(page("confirm", change_account.token(asked)))
    asked.refresh_from_db()
    assert (asked.status, iban()) == ("cancelled", before)


def test_a_change_waits_a_week(aino):
    address()
    asked, before = waiting_account(), iban()
    AccountChange.objects.update(asked_at=clock.now() - timedelta(days=8))
    assert "waits no more" in text(aino.get(page("confirm", change_account.token(asked))))
    aino.post(page("confirm", change_account.token(asked)))
    assert iban() == before


def test_the_link_of_one_employer_opens_nothing_of_another(aino):
    address()
    token = change_account.token(waiting_account())
    assert aino.get(page("confirm", token, business_id=cast.CAFE)).status_code == 404
    assert aino.get(page("confirm", f"{token}x")).status_code == 404
