"""Documents on the officials' side: opened where they were checked, told where they wait, and every look logged."""

import pytest
from django.test import Client
from django.urls import reverse

from employers.applications import scan
from employers.applications.attach import attach
from employers.organisations.models import User
from employers.organisations.views.sign_in import BACKEND
from employers.records.models import ReadLog
from tests import cast
from tests.applications import files
from tests.pages import begun, come_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
LIST = "admin:employers_attachment_changelist"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> None:
    settings.UPLOADS_DIR = tmp_path / "uploads"
    settings.CLAMD_URL = "tcp://127.0.0.1:1"


@pytest.fixture
def official(client: Client) -> Client:
    client.force_login(cast.official(), backend=BACKEND)
    client.cookies["django_language"] = "en"
    return client


def address(attachment) -> str:
    return reverse("admin:employers_attachment_open", args=[attachment.pk])


def held():
    return attach(to=cast.sent(), name="todistus.pdf", content=files.pdf(), by=cast.by_web(), at=cast.AT)


def test_a_checked_document_is_on_the_applications_page_and_opens(official):
    attachment = files.checked(cast.sent(), name="todistus.pdf", content=files.pdf())
    page = text(official.get(reverse("admin:employers_application_change", args=[attachment.application_id])))
    assert "todistus.pdf" in page
    assert address(attachment) in page
    response = official.get(address(attachment))
    assert response.content == files.pdf()
    assert response["Content-Disposition"].startswith("attachment")
    row = ReadLog.objects.get(action="open_attachment")
    assert (row.person, row.actor) == (attachment.application.person_id, cast.official().pk)


def test_a_held_one_opens_for_nobody(official):
    attachment = held()
    page = text(official.get(reverse("admin:employers_application_change", args=[attachment.application_id])))
    assert "todistus.pdf" in page
    assert address(attachment) not in page
    assert official.get(address(attachment)).status_code == 404


def test_what_was_not_sent_is_the_employers_alone(official, client):
    attachment = files.checked(begun(come_in(Client(), "Aino")))
    assert official.get(address(attachment)).status_code == 404


def test_the_list_tells_why_one_waits_and_no_names(official):
    held()
    assert not scan.scan_next(at=cast.AT)
    page = text(official.get(reverse(LIST)))
    assert "The scanner does not answer." in page
    assert "todistus" not in page


def test_without_a_scanner_the_staff_is_told(official, settings):
    settings.CLAMD_URL = ""
    held()
    assert "No scanner is configured" in text(official.get(reverse(LIST)))


def test_opening_needs_the_right_to_see_applications(client):
    attachment = files.checked(cast.sent())
    client.force_login(User.objects.create_user("clerk", None, is_staff=True), backend=BACKEND)
    assert client.get(address(attachment)).status_code == 403
    assert not ReadLog.objects.filter(action="open_attachment").exists()
