"""From nothing to ready, on the web: an employer without an account, an address or a consent."""

import pytest
from django.test import Client

from employers.income_register.models import RegisterSync
from employers.organisations.models_account import ConsentChange
from employers.records import clock
from tests import cast
from tests.notifications.mails import delivered, followed_at_once
from tests.pages import come_in, identified, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]


def link_in(message, part: str) -> str:
    return next(line for line in message.body.splitlines() if part in line).removeprefix("http://127.0.0.1:8000")


def test_the_cafe_becomes_ready(client: Client):
    aino, cafe = identified(come_in(client, "Aino")), cast.employer(cast.CAFE)
    start, account = f"/en/employers/{cafe.pk}/", f"/en/employers/{cafe.pk}/account/"
    assert account in text(aino.get(start))
    assert "we pay nothing before" in text(aino.get(account))

    aino.post(f"{account}agree/decisions/", {"agree": "yes"})
    assert "First an e-mail address" in text(aino.get(f"{account}change/"))
    given = {"email": "kahvila@example.fi", "whose": "shared", "language": "en"}
    aino.post(f"/en/employers/{cafe.pk}/notifications/", given)
    (asked,) = delivered(at=clock.now())
    Client().post(link_in(asked, "/mail/confirm/"))

    aino.post(f"{account}change/", {"iban": "FI21 1234 5600 0007 85"})
    followed_at_once()
    (confirm,) = delivered(at=clock.now())
    where = link_in(confirm, "/account/confirm/")
    assert Client().get(where).status_code == 302  # the link signs nobody in
    aino.post(where)

    cafe.refresh_from_db()
    assert (cafe.iban, cafe.electronic_decisions, cafe.missing) == ("FI2112345600000785", True, [])
    assert "Everything is in place" in text(aino.get(account))
    followed_at_once()
    (changed,) = delivered(at=clock.now())
    assert changed.subject == "The bank account was changed"
    assert "0785" not in changed.body


def test_consent_is_ticked_for_and_can_be_taken_back(client: Client):
    aino, cafe = come_in(client, "Aino"), cast.employer(cast.CAFE)
    where = f"/en/employers/{cafe.pk}/account/agree/decisions/"
    assert "Tick the box" in text(aino.post(where, {}))
    for _twice in range(2):
        aino.post(where, {"agree": "yes"})
    cafe.refresh_from_db()
    assert cafe.electronic_decisions
    aino.post(where, {"withdraw": "1"})
    cafe.refresh_from_db()
    assert cafe.missing == ["bank_account", "consent"]
    said = ConsentChange.objects.values_list("what", "given", "by__name")
    name = "Aino Esimerkki"
    assert list(said) == [("electronic_decisions", True, name), ("electronic_decisions", False, name)]


def test_who_lets_the_register_be_read_has_it_read_at_once(client: Client):
    aino, cafe = come_in(client, "Aino"), cast.employer(cast.CAFE)
    where = f"/en/employers/{cafe.pk}/account/agree/register/"
    aino.post(where, {"withdraw": "1"})
    cafe.refresh_from_db()
    assert not cafe.register_access
    assert not RegisterSync.objects.exists()
    aino.post(where, {"agree": "yes"})
    assert RegisterSync.objects.get().organisation == cafe
