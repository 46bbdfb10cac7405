"""Correcting on the web: the same pages with the answers in them, what changes, why; the same for what is decided."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client

from employers.applications.correct import correct
from employers.applications.decide import decide
from employers.applications.models import Application, Draft
from employers.applications.models_corrections import CorrectionRequest
from employers.applications.reopen import refuse_correction
from employers.benefits.claim import Income, PayPeriod, Period
from employers.records.models import ReadLog
from tests import cast
from tests.pages import come_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
REASON = {"reason": "The last day was wrong."}


@pytest.fixture(autouse=True)
def april(clock_at) -> None:
    clock_at(datetime(2026, 4, 16, 9, tzinfo=UTC))


@pytest.fixture
def application() -> Application:
    return cast.sent()


@pytest.fixture
def aino(client: Client) -> Client:
    return come_in(client, "Aino")


def begun(client: Client, application: Application) -> Draft:
    response = client.post(f"/en/applications/{application.pk}/correct/")
    draft = Draft.objects.filter(corrects=application).latest("id")
    assert response.url == f"/en/apply/{draft.pk}/correction/"
    return draft


def check(draft: Draft) -> str:
    return f"/en/apply/{draft.pk}/correction/"


def answered(client: Client, draft: Draft, step: str, **answers: str) -> None:
    response = client.post(f"/en/apply/{draft.pk}/{step}/?from=check", answers)
    assert response.status_code == 302, text(response)


def shorter(client: Client, draft: Draft) -> None:
    """The pay first: it has to stay within the absence."""
    paid = {"pay_periods.0.start": "2.3.2026", "pay_periods.0.end": "31.3.2026", "pay_periods.0.amount": "3000"}
    answered(client, draft, "pay", pay_basis="full", **paid)
    answered(client, draft, "absence", **{"absence.start": "2.3.2026", "absence.end": "31.3.2026"})


def decided(application: Application) -> None:
    by, income = cast.by_official(), Income(after_deduction=Decimal(40000))
    decide(application_id=application.pk, outcome="granted", reason="", by=by, at=cast.AT, income=income)


def test_the_page_offers_what_the_status_allows(aino: Client, application: Application) -> None:
    page = text(aino.get(f"/en/applications/{application.pk}/"))
    assert "Correct the application" in page
    assert "Withdraw the application" in page
    assert "Report the next pay" not in page
    decided(application)
    page = text(aino.get(f"/en/applications/{application.pk}/"))
    assert "Ask for a correction" in page
    assert "Withdraw the application" not in page


def test_a_correction_shows_the_answers_then_what_changes_then_is_sent(aino: Client, application: Application) -> None:
    draft = begun(aino, application)
    page = text(aino.get(check(draft)))
    assert "What changes" not in page
    assert "€3,600.00" in page
    shorter(aino, draft)
    page = text(aino.get(check(draft)))
    changes = page[page.index("What changes") : page.index("Why do you correct")]
    assert changes.index("10 April 2026") < changes.index("31 March 2026")
    assert "€3,600.00" in changes
    assert "€3,000.00" in changes
    page = text(aino.post(check(draft), {"reason": ""}))
    assert "Tell us in a few words why you correct the application." in page
    page = text(aino.post(check(draft), REASON, follow=True))
    assert "The application was corrected." in page
    application.refresh_from_db()
    assert (application.version, application.absence_end) == (2, date(2026, 3, 31))
    assert "What was changed on 16 April 2026" in page
    assert "The last day was wrong." in page


def test_sent_twice_it_is_one_correction(aino: Client, application: Application) -> None:
    draft = begun(aino, application)
    shorter(aino, draft)
    aino.post(check(draft), REASON)
    assert aino.post(check(draft), REASON).url == f"/en/applications/{application.pk}/"
    assert application.versions.count() == 2
    draft.refresh_from_db()
    assert draft.content == {}


def test_a_correction_is_gone_on_with_and_begun_anew_when_the_application_has_changed(
    aino: Client, application: Application
) -> None:
    draft = begun(aino, application)
    shorter(aino, draft)
    assert begun(aino, application) == draft
    short = Period(start=date(2026, 3, 2), end=date(2026, 3, 20))
    paid = (PayPeriod(start=short.start, end=short.end, amount=Decimal("1800.00")),)
    claim = cast.claim(absence=short, pay_periods=paid)
    correct(application_id=application.pk, claim=claim, reason="", version=1, by=cast.by_client(), at=cast.AT)
    page = text(aino.post(check(draft), REASON))
    assert "Somebody has changed the application meanwhile." in page
    assert begun(aino, application) != draft
    assert application.versions.count() == 2


def test_another_employee_is_refused_at_the_page_that_asks(aino: Client, application: Application) -> None:
    draft = begun(aino, application)
    names = {"employee.given_name": "Bo", "employee.family_name": "Exempel", "known": "other"}
    answered(aino, draft, "employee", **{"employee.personal_identity_code": "040490-916K"}, **names,
             **{"employment.start": "2.5.2019"})  # fmt: skip
    page = text(aino.post(check(draft), REASON))
    assert "A sent application stays with its employee." in page
    assert application.versions.count() == 1


def test_after_the_decision_it_is_asked_for_and_the_answer_is_shown(aino: Client, application: Application) -> None:
    decided(application)
    draft = begun(aino, application)
    shorter(aino, draft)
    assert "Your correction is a request" in text(aino.get(check(draft)))
    page = text(aino.post(check(draft), REASON, follow=True))
    assert "Your correction waits for us" in page
    assert "Ask for a correction" not in page
    request = CorrectionRequest.objects.get()
    refuse_correction(request_id=request.pk, answer="The days are right.", by=cast.by_official(), at=cast.AT)
    page = text(aino.get(f"/en/applications/{application.pk}/"))
    assert "The days are right." in page
    assert "Ask for a correction" in page


def test_who_may_only_read_corrects_nothing(client: Client, application: Application) -> None:
    bo = come_in(client, "Bo")
    assert "What you can do" not in text(bo.get(f"/en/applications/{application.pk}/"))
    assert bo.post(f"/en/applications/{application.pk}/correct/").status_code == 403
    assert bo.get(f"/en/applications/{application.pk}/withdraw/").status_code == 403
    assert not Draft.objects.exists()


def test_a_strangers_correction_is_unknown(aino: Client, client: Client, application: Application) -> None:
    draft = begun(aino, application)
    dan = come_in(Client(), "Dan")
    assert dan.get(check(draft)).status_code == dan.post(check(draft), REASON).status_code == 404


def test_beginning_leaves_a_row_in_the_read_log(aino: Client, application: Application) -> None:
    begun(aino, application)
    assert ReadLog.objects.filter(action="correct", person=application.person_id).exists()


def test_withdrawing_is_asked_twice(aino: Client, application: Application) -> None:
    path = f"/en/applications/{application.pk}/withdraw/"
    assert "The last day for it stays 4 May 2026." in text(aino.get(path))
    assert "Tell us in a few words" in text(aino.post(path, {"reason": ""}))
    page = text(aino.post(path, {"reason": "Sent twice."}))
    assert "for good?" in page
    application.refresh_from_db()
    assert application.status == "submitted"
    page = text(aino.post(path, {"reason": "Sent twice.", "sure": "yes"}, follow=True))
    assert "The application was withdrawn." in page
    assert "Sent twice." in page
    application.refresh_from_db()
    assert application.status == "withdrawn"
    assert aino.get(path).url == f"/en/applications/{application.pk}/"
