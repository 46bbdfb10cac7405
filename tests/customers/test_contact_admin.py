"""What officials see of contacts, and what they write down."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from customers.contacts.gather import gather
from customers.contacts.models import Contact
from employers.applications.models import Draft
from employers.organisations.models import User
from employers.records.models import Event
from tests import cast

pytestmark = pytest.mark.usefixtures("sandbox")
CALL = {"business_id": cast.BAKERY, "channel": "phone", "matter": "question", "minutes": "7", "note": "Soitti."}


def official(*permissions: str) -> Client:
    user = User.objects.create_user("clerk", "a-long-password", is_staff=True, language="en")
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def page(browser: Client, name: str, **query: str) -> str:
    return browser.get(reverse(f"admin:customers_contact_{name}"), query).content.decode()


def test_a_call_is_written_down():
    browser = official("add_contact", "view_contact")
    assert browser.post(reverse("admin:customers_contact_add"), CALL).status_code == 302
    contact = Contact.objects.get()
    assert (contact.organisation, contact.channel, contact.minutes) == (cast.employer(), "phone", 7)
    assert contact.entered_by == User.objects.get(username="clerk")
    assert contact.note == "Soitti."
    assert "Esimerkkileipomo" in page(browser, "changelist")


@pytest.mark.parametrize(
    ("field", "typed"), [("business_id", "9999999-9"), ("reference", "NO-SUCH"), ("minutes", "0"), ("channel", "web")]
)
def test_what_is_wrong_is_told_at_its_field(field, typed):
    response = official("add_contact").post(reverse("admin:customers_contact_add"), CALL | {field: typed})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert not Contact.objects.exists()


@pytest.mark.parametrize("name", ["changelist", "add", "rates", "application"])
def test_without_the_permission_there_is_nothing(name):
    assert official("view_application").get(reverse(f"admin:customers_contact_{name}")).status_code == 403


def test_the_number_per_application_by_size_class_and_benefit():
    cast.sent()
    gather(Event.objects.all())
    browser = official("view_contact")
    shown = page(browser, "rates", since="2026-04-01", until="2026-04-30")
    assert "small" in shown
    assert "Sickness allowance" in shown
    assert "<meter" in shown
    assert "<meter" not in page(browser, "rates", since="2026-05-01", until="2026-05-30")


def test_the_application_page_shows_its_contacts_to_those_allowed():
    application = cast.sent()
    gather(Event.objects.all())
    address = reverse("admin:employers_application_change", args=[application.pk])
    browser = official("view_application")
    assert 'id="contacts"' not in browser.get(address).content.decode()
    user = User.objects.get(username="clerk")
    user.user_permissions.add(Permission.objects.get(codename="view_contact"))
    assert 'id="contacts"' in browser.get(address).content.decode()


def test_a_paper_application_begins_as_a_draft_of_the_official():
    browser = official("view_contact", "enter_application")
    typed = {"business_id": cast.BAKERY, "channel": "paper", "benefit": "sickness_allowance"}
    response = browser.post(reverse("admin:customers_contact_application"), typed)
    draft = Draft.objects.get()
    assert (draft.channel, draft.organisation, draft.user.username) == ("paper", cast.employer(), "clerk")
    assert browser.get(response["Location"]).status_code == 200
