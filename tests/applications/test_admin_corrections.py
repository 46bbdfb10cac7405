"""A request for correction on the official's page: seen with what it changes, taken up or answered."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from employers.applications.correct import correct
from employers.applications.decide import decide
from employers.applications.models_corrections import CorrectionRequest
from employers.benefits.claim import Income, PayPeriod, Period
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def official(client):
    client.force_login(cast.official(), backend=BACKEND)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def application():
    """Decided, with a request that waits."""
    application, by = cast.sent(), cast.by_official()
    income = Income(after_deduction=Decimal(40000))
    decide(application_id=application.pk, outcome="granted", reason="", by=by, at=cast.AT, income=income)
    days = {"start": date(2026, 3, 2), "end": date(2026, 3, 20)}
    paid = PayPeriod(**days, amount=Decimal("1700.00"))
    claim = cast.claim(absence=Period(**days), pay_periods=(paid,))
    said = {"reason": "Back to work.", "version": 1, "by": cast.by_web(), "at": cast.AT}
    return correct(application_id=application.pk, claim=claim, **said).application


def page(client, application) -> str:
    return client.get(reverse("admin:employers_application_change", args=[application.pk])).content.decode()


def pressed(client, application, verb, **typed):
    return client.post(reverse("admin:employers_application_do", args=[application.pk, verb]), typed)


def test_it_is_on_the_desk_and_on_the_page_with_what_changes(official, application) -> None:
    listed = official.get(reverse("admin:employers_application_changelist")).content.decode()
    assert application.reference in listed
    assert "correction asked for" in listed
    shown = page(official, application)
    for words in ("Requests for correction", "Back to work.", "20 March 2026", "Take up the correction"):
        assert words in shown


def test_taken_up_it_is_decided_anew(official, application) -> None:
    assert pressed(official, application, "reopen").status_code == 302
    application.refresh_from_db()
    assert (application.status, application.version) == ("in_handling", 2)
    shown = page(official, application)
    assert "Earlier decisions" in shown
    assert "Take up the correction" not in shown


def test_an_answer_is_needed_when_it_is_not(official, application) -> None:
    assert b"Tell the employer why." in pressed(official, application, "refuse", answer=" ").content
    assert pressed(official, application, "refuse", answer="The days are right.").status_code == 302
    assert CorrectionRequest.objects.get().answer == "The days are right."
    application.refresh_from_db()
    assert application.status == "decided"
