"""What an official would ask, told beforehand to the employer, and on the official's own page."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from employers.applications.expected import ASKED, AT_FIELD, CHECKLIST, checklist, expected
from employers.applications.models import Decision
from employers.benefits.claim import PayPeriod, Period
from employers.benefits.problems import Problem
from employers.intake import words
from employers.intake.codes import every_code
from tests import cast
from tests.pages import come_in, filled_in, text

WARNINGS = {code for code, severity in every_code().items() if severity == "warning"}


def warning(code, field="absence.start", **params):
    return Problem(field, code, "warning", params)


def words_of(response):
    return " ".join(strip_tags(text(response)).split())


def questions(claim, *problems):
    return [(one.question, one.field) for one in expected(claim, problems)]


def test_every_warning_is_in_the_table_and_nothing_else():
    assert ASKED.keys() == WARNINGS


def test_every_question_can_be_asked_and_is_looked_at():
    asked = {question for question in (*ASKED.values(), *AT_FIELD.values()) if question}
    assert asked == CHECKLIST.keys()
    assert asked <= words.QUESTIONS.keys()
    assert asked == words.CHECKED.keys()


def test_a_claim_without_remarks_raises_no_question():
    assert questions(cast.claim()) == []


def test_each_question_is_asked_once_at_its_first_field():
    pay = [warning("pay_unlikely", f"pay_periods.{number}.amount") for number in (0, 1)]
    assert questions(cast.claim(), *pay, warning("annual_leave_inside", "other_days.0")) == [
        ("pay_detail", "pay_periods.0.amount")
    ]


def test_a_late_claim_that_says_why_is_not_asked_why():
    assert questions(cast.claim(), warning("late")) == [("late_reason", "additional_information")]
    assert questions(cast.claim(additional_information="The insurer decided in May."), warning("late")) == []


def test_a_certificate_that_follows_is_waited_for():
    assert questions(cast.claim(certificate="follows")) == [("certificate", "certificate")]


def test_the_same_code_asks_about_what_it_stands_at():
    assert questions(cast.claim(), warning("pay_unlikely", "details.months.0.holiday_pay")) == [
        ("leave_months", "details.months.0.holiday_pay")
    ]


def test_the_checklist_shows_what_is_in_order_beside_what_is_to_be_asked():
    items = {item.question: bool(item.expected) for item in checklist(cast.claim(), [warning("late")])}
    assert items == {
        "employee": False,
        "employment": False,
        "absence_dates": False,
        "late_reason": True,
        "earlier_absence": False,
        "pay_detail": False,
        "certificate": False,
    }


@pytest.fixture
def april(clock_at):
    clock_at(datetime(2026, 4, 15, 9, tzinfo=UTC))


@pytest.mark.usefixtures("sandbox", "april")
class TestWhereAnswersAreChecked:
    @pytest.fixture
    def aino(self, client: Client) -> Client:
        return come_in(client, "Aino")

    def test_no_questions_are_expected_of_a_right_one(self, aino):
        page = text(aino.get(f"/en/apply/{filled_in(aino).pk}/check/"))
        assert "We expect no questions" in page
        assert "usual answer" not in page  # nothing was decided yet: nobody knows

    def test_the_usual_time_is_told_once_it_has_been_measured(self, aino):
        for month in range(1, 11):
            self.decided(month)
        page = text(aino.get(f"/en/apply/{filled_in(aino).pk}/check/"))
        assert "The usual answer takes 3 days." in page

    def decided(self, month):
        days = {"start": date(2025, month, 1), "end": date(2025, month, 28)}
        pay = PayPeriod(**days, amount=Decimal(3000))
        Decision.objects.create(
            application=cast.sent(absence=Period(**days), pay_periods=(pay,), reference=f"row-{month}"),
            outcome="granted",
            amount=Decimal(1),
            calculation={},
            decided_at=cast.AT + timedelta(days=3),
            decided_by=cast.official(),
            appeal_until=cast.AT.date(),
        )

    def test_what_an_official_would_ask_leads_to_its_page(self, aino, clock_at):
        clock_at(datetime(2026, 6, 15, 9, tzinfo=UTC))
        response = aino.get(f"/en/apply/{(draft := filled_in(aino)).pk}/check/")
        page = text(response)
        assert "An official would ask this. Answer it now." in page
        assert "The last day to apply was 4 May 2026." in page
        assert "Good to notice" not in page  # it is not said twice
        assert f"/en/apply/{draft.pk}/payment/?from=check#id_additional_information" in response.content.decode()


@pytest.mark.usefixtures("sandbox")
class TestTheOfficialsPage:
    @pytest.fixture
    def official(self, client):
        client.force_login(cast.official(), backend="django.contrib.auth.backends.ModelBackend")
        client.cookies["django_language"] = "en"
        return client

    def test_the_checklist_is_on_the_page(self, official):
        application = cast.sent(certificate="follows")
        page = words_of(official.get(reverse("admin:employers_application_change", args=[application.pk])))
        assert "To ask: Certificate" in page
        assert "✓ Pay in order" in page

    def test_what_is_to_be_asked_is_ticked_on_the_form(self, official):
        application = cast.sent(certificate="follows")
        response = official.get(reverse("admin:employers_application_do", args=[application.pk, "ask"]))
        ticked = [field.name for field in response.context["form"] if field.initial is True]
        assert ticked == ["ask_certificate"]
