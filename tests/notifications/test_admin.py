"""Officials see what went out and what failed, never a whole address, and try again what was given up."""

import pytest
from django.urls import reverse

from employers.notifications.models import Mail
from tests import cast
from tests.notifications.places import address
from tests.pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]


@pytest.fixture
def official(client):
    client.force_login(cast.official(), backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def failed() -> Mail:
    facts = {"status": "failed", "attempts": 8, "error": "ConnectionRefusedError", "key": "mandate:1"}
    return Mail.objects.create(kind="mandate", address=address(), created_at=cast.AT, next_at=cast.AT, **facts)


def test_the_list_shows_why_and_hides_the_address(official, failed):
    seen = text(official.get(reverse("admin:employers_mail_changelist")))
    assert "ConnectionRefusedError" in seen
    assert "Who may act for the employer has changed" in seen
    assert "p\u2022\u2022\u2022@example.fi" in seen
    assert "palkat@example.fi" not in seen


def test_what_was_given_up_is_tried_again(official, failed):
    where = reverse("admin:employers_mail_change", args=[failed.pk])
    again = reverse("admin:employers_mail_again", args=[failed.pk])
    assert again in text(official.get(where))
    assert official.get(again).status_code == 405
    official.post(again)
    failed.refresh_from_db()
    assert (failed.status, failed.attempts) == ("waiting", 0)
    assert again not in text(official.get(where))


def test_an_employer_gets_nowhere_near(client, failed):
    client.force_login(cast.user("Aino"), backend="django.contrib.auth.backends.ModelBackend")
    client.post(reverse("admin:employers_mail_again", args=[failed.pk]))
    failed.refresh_from_db()
    assert failed.status == "failed"
