"""Check the answers, send them once, get a receipt."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from employers.applications.models import Application, Draft
from employers.records.models import Event, ReadLog
from tests import cast
from tests.pages import begun, come_in, filled_in, send, sent, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]


@pytest.fixture(autouse=True)
def april(clock_at) -> None:
    clock_at(datetime(2026, 4, 15, 9, tzinfo=UTC))


@pytest.fixture
def aino(client: Client) -> Client:
    return come_in(client, "Aino")


def test_answers_are_shown_with_a_way_to_change_each_page(aino: Client) -> None:
    draft = filled_in(aino)
    page = text(aino.get(f"/en/apply/{draft.pk}/check/"))
    for shown in ("010190-••••", "Maija", "2 March 2026", "€3,600.00", "Full pay", "KP 12", "about €1,636.91"):
        assert shown in page
    assert "010190-9123" not in page
    assert page.count("?from=check") == 6


def test_sending_gives_a_receipt_with_reference_and_deadline(aino: Client) -> None:
    response = send(aino, filled_in(aino))
    application = Application.objects.get()
    assert response.url == f"/en/applications/{application.pk}/receipt/"
    page = text(aino.get(response.url))
    for shown in (application.reference, "What happens next", "4 May 2026", "your application came in time"):
        assert shown in page
    assert application.channel == "web"
    assert application.submitted_by == cast.user("Aino")


def test_sent_twice_it_is_one_application_with_one_receipt(aino: Client) -> None:
    draft = filled_in(aino)
    assert send(aino, draft).url == send(aino, draft).url
    assert Application.objects.count() == 1
    assert Event.objects.filter(type="application.submitted").count() == 1


def test_the_way_back_after_sending_ends_at_the_receipt(aino: Client) -> None:
    draft = filled_in(aino)
    receipt = send(aino, draft).url
    for page in ("absence", "check", "delete"):
        assert aino.get(f"/en/apply/{draft.pk}/{page}/").url == receipt


def test_sent_draft_holds_no_personal_data(aino: Client) -> None:
    draft = filled_in(aino)
    send(aino, draft)
    assert Draft.objects.get(pk=draft.pk).content == {}


def test_unanswered_pages_are_named_and_nothing_is_sent(aino: Client) -> None:
    draft = begun(aino)
    page = text(send(aino, draft))
    assert page.count("Answer this page:") == 6
    assert f'href="/en/apply/{draft.pk}/employee/?from=check"' in page
    assert not Application.objects.exists()


def test_broken_rule_is_told_with_a_link_to_its_page(aino: Client) -> None:
    draft = filled_in(aino, absence={"absence.end": "8.4.2026"})
    page = text(send(aino, draft))
    assert f'href="/en/apply/{draft.pk}/pay/?from=check#id_pay_periods.0.end"' in page
    assert "This day is outside the absence." in page
    assert not Application.objects.exists()


def test_the_same_claim_again_leads_to_the_first_receipt(aino: Client) -> None:
    first = sent(aino)
    response = send(aino, filled_in(aino))
    assert response.url == f"/en/applications/{first.pk}/receipt/"
    assert "You have sent this application before" in text(aino.get(response.url))
    assert Application.objects.count() == 1


def test_overlapping_claim_names_the_earlier_one(aino: Client) -> None:
    first = sent(aino)
    shorter = {"absence.end": "9.4.2026"}
    page = text(send(aino, filled_in(aino, absence=shorter, pay={"pay_periods.0.end": "9.4.2026"})))
    assert f'href="/en/applications/{first.pk}/"' in page
    assert first.reference in page
    assert Application.objects.count() == 1


def test_late_application_goes_through_with_its_warning(aino: Client, clock_at) -> None:
    clock_at(datetime(2026, 6, 1, 9, tzinfo=UTC))
    application = sent(aino)
    assert application.late
    page = text(aino.get(f"/en/applications/{application.pk}/receipt/"))
    assert "The last day to apply was 4 May 2026." in page
    assert "your application came after it" in page


def test_what_stops_a_payment_is_told_before_sending_and_after(aino: Client) -> None:
    draft = filled_in(aino, cast.CAFE)
    assert "Tell us your bank account." in text(aino.get(f"/en/apply/{draft.pk}/check/"))
    receipt = send(aino, draft).url
    assert "Agree to receive decisions electronically." in text(aino.get(receipt))


def test_reading_the_receipt_leaves_a_row(aino: Client) -> None:
    application = sent(aino)
    aino.get(f"/en/applications/{application.pk}/receipt/")
    row = ReadLog.objects.get(action="receipt")
    assert (row.person, row.actor, row.principal) == (
        application.person_id,
        cast.user("Aino").pk,
        application.organisation_id,
    )
