"""The rest of the officials' side: every list and page answers, in three languages, and nothing leaks or is saved."""

import pytest
from django.contrib import admin
from django.urls import reverse

from employers.applications.ask import ask
from employers.applications.models import InformationRequest
from employers.organisations.models import ClientSystem, Mandate, Organisation, User
from employers.people.models import Person
from employers.records.models import Event, ReadLog
from tests import cast

pytestmark = pytest.mark.usefixtures("sandbox")
BACKEND = "django.contrib.auth.backends.ModelBackend"
SECRETS = ("AccessToken", "RefreshToken", "Grant", "IDToken")


@pytest.fixture
def official(client):
    client.force_login(cast.official(), backend=BACKEND)
    client.cookies["django_language"] = "en"
    return client


def lists():
    return sorted(f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_list_answers(official, language):
    official.cookies["django_language"] = language
    application = cast.sent()
    due = cast.AT.date().replace(year=2099)
    ask(application_id=application.pk, items=[("other", "Why?")], due=due, by=cast.by_official(), at=cast.AT)
    for name in lists():
        response = official.get(reverse(f"admin:{name}_changelist"))
        assert response.status_code == 200, name
        assert f'<html lang="{language}"' in response.content.decode(), name
        assert "010190-9123" not in response.content.decode(), name


def test_tokens_are_nobodys_to_see():
    assert not {model.__name__ for model in admin.site._registry} & set(SECRETS)


@pytest.mark.parametrize("model", [Organisation, Mandate, Person, Event, ReadLog, InformationRequest])
def test_nothing_of_these_is_added_or_deleted(official, model):
    cast.sent()
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    assert official.get(reverse(f"{name}_add")).status_code == 403
    row = model.objects.first()
    if row:
        assert official.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403


def test_an_employers_account_is_not_changed_here(official):
    bakery = cast.employer()
    before = bakery.iban
    official.post(reverse("admin:employers_organisation_change", args=[bakery.pk]), {"iban": "FI4850000120000003"})
    bakery.refresh_from_db()
    assert bakery.iban == before


def test_a_person_is_shown_with_who_has_looked(official):
    application = cast.sent()
    body = official.get(reverse("admin:employers_person_change", args=[application.person_id])).content.decode()
    assert "row-4711" in body
    assert "010190-9123" not in body
    assert ReadLog.objects.get().purpose == "log_check"


def test_a_new_user_is_staff_with_a_password_that_holds(official):
    typed = {"username": "anna", "name": "Anna", "email": "", "usable_password": "true"}
    long_enough = {"password1": "kolme sanaa ja yksi", "password2": "kolme sanaa ja yksi"}
    official.post(reverse("admin:employers_user_add"), typed | long_enough)
    anna = User.objects.get(username="anna")
    assert anna.is_staff
    assert not anna.is_superuser
    assert anna.check_password("kolme sanaa ja yksi")


def test_a_short_password_is_refused(official):
    typed = {"username": "anna", "name": "Anna", "usable_password": "true", "password1": "abc", "password2": "abc"}
    assert official.post(reverse("admin:employers_user_add"), typed).status_code == 200
    assert not User.objects.filter(username="anna").exists()


@pytest.mark.parametrize(("name", "status"), [("Aino", 403), ("Sandbox official", 200)])
def test_only_staff_have_passwords(official, name, status):
    user = User.objects.get(name__startswith=name)
    assert official.get(reverse("admin:auth_user_password_change", args=[user.pk])).status_code == status


def test_a_users_page_shows_no_identity_code(official):
    body = official.get(reverse("admin:employers_user_change", args=[cast.user("Aino").pk])).content.decode()
    assert "010190" not in body


def test_segments_are_for_the_agencys_clients_alone(official):
    client = cast.client_system("sandbox-other")
    typed = {
        "application": client.application_id,
        "organisation": client.organisation_id,
        "name": client.name,
        "scopes": ["segments.read"],
    }
    response = official.post(reverse("admin:employers_clientsystem_change", args=[client.pk]), typed)
    assert response.context["adminform"].form.has_error("scopes")
    assert "segments.read" not in ClientSystem.objects.get(pk=client.pk).scopes


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_language_is_switched_and_kept(official, language):
    official.post(reverse("set_language"), {"language": language, "next": "/admin/"})
    assert f'<html lang="{language}"' in official.get("/admin/").content.decode()


def test_the_strict_policy_holds_on_the_admin(official):
    response = official.get(reverse("admin:employers_application_changelist"))
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    body = response.content.decode()
    assert "<style" not in body
    assert ' style="' not in body
    assert "onclick=" not in body
