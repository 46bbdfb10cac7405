"""Giving addresses, confirming them from the mailbox, choosing what comes."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from employers.notifications import reach
from employers.notifications.models import Mail
from employers.organisations.models_account import Address
from employers.records import clock
from tests import cast
from tests.notifications.mails import delivered
from tests.notifications.places import address
from tests.pages import come_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
GIVEN = {"email": "palkat@example.fi", "whose": "shared", "language": "sv"}


@pytest.fixture
def aino(client: Client) -> Client:
    return come_in(client, "Aino")


def page(business_id: str = cast.BAKERY, *more: object) -> str:
    return "/".join(map(str, [f"/en/employers/{cast.employer(business_id).pk}/notifications", *more, ""]))


def link_of(message) -> str:
    return next(line for line in message.body.splitlines() if "/mail/confirm/" in line).removeprefix(
        "http://127.0.0.1:8000"
    )


def test_an_address_is_given_confirmed_from_its_mailbox_and_chosen_for(aino):
    aino.post(page(), GIVEN)
    given = Address.objects.get()
    assert (given.user, given.confirmed_at, given.language) == (None, None, "sv")
    (asked,) = delivered(at=clock.now())
    assert asked.to == ["palkat@example.fi"]
    stranger = Client()
    assert "palkat@example.fi" in text(stranger.get(link_of(asked)))
    given.refresh_from_db()
    assert given.confirmed_at is None  # a scanner that opens links confirms nothing
    stranger.post(link_of(asked))
    given.refresh_from_db()
    assert given.confirmed_at
    aino.post(page(cast.BAKERY, given.pk), {"wanted": ["question", "deadline"], "language": "fi"})
    given.refresh_from_db()
    assert "decision" in given.opted_out
    assert not {"question", "deadline"} & {*given.opted_out}
    assert given.language == "fi"


def test_the_same_address_is_not_given_twice_whatever_its_letters(aino):
    aino.post(page(), GIVEN)
    answer = aino.post(page(), GIVEN | {"email": "Palkat@example.fi"})
    assert "This address has been given already." in text(answer)
    assert Mail.objects.count() == 1


def test_a_removed_address_can_be_given_again_and_its_old_link_is_dead(aino):
    aino.post(page(), GIVEN)
    (asked,) = delivered(at=clock.now())
    aino.post(page(cast.BAKERY, Address.objects.get().pk, "remove"))
    answer = Client().post(link_of(asked))
    assert (answer.status_code, Address.objects.get().confirmed_at) == (404, None)
    aino.post(page(), GIVEN)
    assert Address.objects.count() == 2


def test_a_link_lasts_a_week(aino):
    aino.post(page(), GIVEN)
    (asked,) = delivered(at=clock.now())
    Address.objects.update(added_at=clock.now() - timedelta(days=8))
    assert Client().get(link_of(asked)).status_code == 404


def test_nobody_fills_a_strangers_mailbox(aino):
    for number in range(reach.MOST_A_DAY):
        aino.post(page(), GIVEN | {"email": "a@example.fi"})
        aino.post(page(cast.BAKERY, Address.objects.latest("id").pk, "remove"))
        assert Address.objects.count() == number + 1
    answer = aino.post(page(), GIVEN | {"email": "a@example.fi"})
    assert "take no more today" in text(answer)


@pytest.mark.parametrize("changes", [{"email": ""}, {"email": "nobody"}, {"whose": ""}, {"language": "de"}])
def test_what_is_wrong_is_told_at_the_field(aino, changes):
    answer = text(aino.post(page(), GIVEN | changes))
    assert "error-summary" in answer
    assert re.search(rf'href="#id_{next(iter(changes))}(_0)?"', answer)  # of a group its first answer
    assert not Address.objects.exists()


def test_a_reader_gives_an_address_of_their_own_and_sees_nobody_elses(client):
    shared, ainos = address(), address("aino@example.fi", user=cast.user("Aino"))
    bo = come_in(client, "Bo")
    bo.post(page(), GIVEN | {"email": "bo@example.fi"})  # no word of who reads it counts
    assert Address.objects.get(email="bo@example.fi").user == cast.user("Bo")
    seen = text(bo.get(page()))
    assert "bo@example.fi" in seen
    assert shared.email not in seen
    assert ainos.email not in seen
    assert [bo.get(page(cast.BAKERY, one.pk)).status_code for one in (shared, ainos)] == [404, 404]


def test_the_number_of_queries_does_not_grow_with_addresses(aino):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as counted:
            assert aino.get(page()).status_code == 200
        return len(counted)

    address()
    few = queries()
    for number in range(9):
        address(f"{number}@example.fi")
    assert queries() == few <= 20


def test_the_pages_are_free_of_foreign_hosts_and_scripts(aino):
    address()
    for where in (page(), page(cast.BAKERY, Address.objects.get().pk)):
        body = text(aino.get(where))
        assert "<script" not in body
        assert "http" not in body.replace("http://testserver", "")
