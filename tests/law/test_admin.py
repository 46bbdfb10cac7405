"""The officials' page: enter a figure, see it wait, let another approve it, and the estimates are final."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from employers.law.models import ConfirmedValue
from employers.organisations.models import User
from tests import cast
from tests.law.officials import AT, CEILING, approved, entered, health_care, official
from tests.machine import Machine

pytestmark = pytest.mark.usefixtures("sandbox")
BACKEND = "django.contrib.auth.backends.ModelBackend"
ADD = "admin:employers_confirmedvalue_add"
TYPED = {"name": CEILING, "start": "2024-01-01", "value": "480.10", "reference": "A decree, https://example.fi/2024"}


@pytest.fixture(autouse=True)
def _now(clock_at):
    clock_at(AT)


def desk(user: User, language: str = "en") -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    client.cookies["django_language"] = language
    return client


def page_of(value: ConfirmedValue) -> str:
    return reverse("admin:employers_confirmedvalue_change", args=[value.pk])


def press(client: Client, verb: str, value: ConfirmedValue) -> str:
    address = reverse("admin:employers_confirmedvalue_do", args=[value.pk, verb])
    answer = client.post(address, follow=True)
    value.refresh_from_db()
    return answer.content.decode()


def estimated(year: int) -> dict:
    said = health_care(year)
    details = {
        "accounting_period": {"start": f"{year}-01-01", "end": f"{year}-12-31"},
        "employees": 10,
        "costs": [{**cost, "amount": str(cost["amount"])} for cost in said["details"]["costs"]],
    }
    return Machine().post("estimates", {"benefit": said["benefit"], "details": details}).json()


def test_from_entering_a_ceiling_to_a_final_estimate():
    before = estimated(2024)
    assert before["to_employer"] is None
    assert "ceiling_not_confirmed" in [problem["code"] for problem in before["problems"]]
    anna, bertil = desk(official("anna")), desk(official("bertil"))
    assert anna.post(reverse(ADD), TYPED).status_code == 302
    value = ConfirmedValue.objects.get()
    assert "Another official has to approve it." in anna.get(page_of(value)).content.decode()
    assert estimated(2024)["to_employer"] is None
    assert "From now on the figure is used." in press(bertil, "approve", value)
    after = estimated(2024)
    assert after["to_employer"] == "2880.60", "ten ceilings are 4 801.00, class I has them all: 60 % of that"
    assert (after["estimate_status"], "range" in after, after["problems"]) == ("official", False, [])
    ceiling = next(use for use in after["parameters"] if use["name"] == CEILING)
    assert (ceiling["value"], ceiling["reference"]) == ("480.10", TYPED["reference"])


def test_the_list_and_the_page_say_who_and_when():
    value = approved(value=Decimal("29500"))
    client = desk(official("cecilia"))
    listed = client.get(reverse("admin:employers_confirmedvalue_changelist")).content.decode()
    shown = client.get(page_of(value)).content.decode()
    for body in (listed, shown):
        assert "Anna, 20 Nov 2026 11:00" in body
        assert "Bertil, 20 Nov 2026 11:00" in body
        assert "29,500.00\N{NO-BREAK SPACE}€ a year" in body
    assert "28,899.00\N{NO-BREAK SPACE}€ a year" in shown, "the values before are there to compare with"
    assert "<button" not in shown.partition('id="entered"')[2]


def test_nobody_approves_their_own_even_by_typing_the_address():
    value = entered()
    body = press(desk(official("anna")), "approve", value)
    assert "You entered the figure." in body
    assert value.state == "waiting"


def test_the_second_to_press_is_told():
    value = approved()
    assert "Somebody was faster" in press(desk(official("cecilia")), "withdraw", value)
    assert value.state == "approved"


def test_what_waits_is_taken_back():
    value = entered()
    assert "The figure was taken back." in press(desk(official("anna")), "withdraw", value)
    assert value.state == "withdrawn"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "sickness.none"}, "name"),
        ({"start": ""}, "start"),
        ({"start": "2024-01-02"}, "start"),
        ({"value": "4801.00"}, "value"),
        ({"value": "-480"}, "value"),
        ({"value": "NaN"}, "value"),
        ({"value": "480.105"}, "value"),
        ({"reference": " "}, "reference"),
    ],
)
def test_what_cannot_be_right_is_told_on_the_form(change, field):
    answer = desk(official("anna")).post(reverse(ADD), TYPED | change)
    assert answer.context["form"].has_error(field)
    assert not ConfirmedValue.objects.exists()


def test_a_second_value_for_the_day_is_told_on_the_form():
    entered(name=CEILING, start=date(2024, 1, 1), value=Decimal(480))
    answer = desk(official("bertil")).post(reverse(ADD), TYPED)
    assert answer.context["form"].has_error("start")


@pytest.mark.parametrize(
    ("value", "language"), [("480,10", "fi"), ("480,10", "sv"), ("480.10", "en"), ("480.10", "fi")]
)
def test_the_value_is_typed_as_the_language_writes_it(value, language):
    desk(official("anna"), language).post(reverse(ADD), TYPED | {"value": value})
    assert ConfirmedValue.objects.get().value == Decimal("480.10")


def test_staff_without_the_permission_look_only():
    staff = User.objects.create_user("dora", is_staff=True)
    staff.user_permissions.add(Permission.objects.get(codename="view_confirmedvalue"))
    client, value = desk(staff), entered()
    assert "<button" not in client.get(page_of(value)).content.decode().partition('id="entered"')[2]
    assert client.get(reverse(ADD)).status_code == 403
    for verb in ("approve", "withdraw"):
        assert client.post(reverse("admin:employers_confirmedvalue_do", args=[value.pk, verb])).status_code == 403
    value.refresh_from_db()
    assert value.state == "waiting"


def test_an_employer_has_no_business_here():
    value = entered()
    client = desk(cast.user("Aino"))
    for address in (reverse(ADD), page_of(value), reverse("admin:employers_confirmedvalue_changelist")):
        assert client.get(address).status_code == 302


def test_looking_changes_nothing():
    value = entered()
    client = desk(official("bertil"))
    assert client.get(reverse("admin:employers_confirmedvalue_do", args=[value.pk, "approve"])).status_code == 405
    assert client.post(page_of(value), {"value": "1"}).status_code == 200
    value.refresh_from_db()
    assert (value.state, value.value) == ("waiting", 29500)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fi", "Työterveyshuolto: kustannusten enimmäismäärä"),
        ("sv", "kostnadstak per anställd"),
        ("en", "cost ceiling for each employee"),
    ],
)
def test_every_figure_can_be_chosen_by_its_title(language, title):
    assert title in desk(official("anna"), language).get(reverse(ADD)).content.decode()
