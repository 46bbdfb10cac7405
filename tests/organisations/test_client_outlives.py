"""A machine client belongs to its organisation: it outlives whoever made it, and no mandate that it acts by."""

import pytest
from django.test import Client

from employers.organisations import rights
from employers.organisations.models import Mandate, RegisterRole
from employers.records import clock
from tests import cast
from tests.machine import Machine
from tests.organisations.programs import FIRM, made
from tests.pages import come_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]


def program(client_id: str, secret: str) -> Machine:
    machine = Machine(client_id)
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
    machine.token = machine.http.post("/oauth/token", form).json()["access_token"]
    return machine


def acts_for(machine: Machine) -> list[str]:
    return sorted(one["business_id"] for one in machine.get("employers").json()["items"])


def leave(name: str, firm: str = FIRM) -> None:
    """The trade register names somebody else."""
    RegisterRole.objects.filter(user=cast.user(name), organisation__business_id=firm).delete()


def follow(name: str, firm: str = FIRM) -> None:
    role = rights.REGISTER_ROLES[1]
    RegisterRole.objects.create(user=cast.user(name), organisation=cast.employer(firm), role=role)


def pages(business_id: str = FIRM, more: str = "") -> str:
    return f"/en/employers/{cast.employer(business_id).pk}/machines/{more}"


def test_the_firms_client_goes_on_when_its_manager_has_gone():
    """Expected: the customers' mandates are the firm's, so the payroll run of the next night is as the one before."""
    one, secret = made()
    machine = program(one.application.client_id, secret)
    before = acts_for(machine)
    leave("Heikki")
    assert cast.BAKERY in before
    assert acts_for(machine) == before
    assert acts_for(program(one.application.client_id, secret)) == before


def test_who_has_gone_opens_none_of_its_pages_and_the_next_one_ends_the_secret():
    """Expected: the one who left may still know the secret; the successor sees who made it, and ends it."""
    one, secret = made()
    leave("Heikki")
    heikki = come_in(Client(), "Heikki")
    row = one.secrets.get()
    for more in ("", f"{one.pk}/", f"{one.pk}/secrets/new/", f"{one.pk}/end/"):
        assert heikki.get(pages(more=more)).status_code in (403, 404), more
    follow("Dan")
    dan = come_in(Client(), "Dan")
    assert "Heikki Esimerkki" in text(dan.get(pages(more=f"{one.pk}/")))
    assert dan.post(pages(more=f"{one.pk}/secrets/{row.pk}/end/")).status_code == 302
    form = {"grant_type": "client_credentials", "client_id": one.application.client_id, "client_secret": secret}
    assert Client().post("/oauth/token", form).status_code == 401


def test_what_an_employer_ends_is_over_whoever_leads_the_firm():
    """Expected: with the next request, of a token that was given before."""
    one, secret = made()
    machine = program(one.application.client_id, secret)
    leave("Heikki")
    mandate = Mandate.objects.filter(principal=cast.employer(), agent_organisation=cast.employer(FIRM))
    mandate.update(valid_until=clock.today().replace(year=2020))
    assert cast.BAKERY not in acts_for(machine)


def test_an_employers_own_client_goes_on_too():
    one, secret = made("Kiln", cast.BAKERY)
    machine = program(one.application.client_id, secret)
    leave("Aino", cast.BAKERY)
    assert acts_for(machine) == [cast.BAKERY]
    assert come_in(Client(), "Aino").get(pages(cast.BAKERY)).status_code in (403, 404)
