"""What time brings: 30, 14 and 3 days before, once a day, and made up for when a day was missed."""

from datetime import date, datetime, timedelta

import pytest

from employers.applications.ask import ask
from employers.applications.draft import begin
from employers.notifications.models import Mail
from employers.notifications.remind import remind
from employers.records import clock
from employers.records.turn import take_turn
from tests import cast
from tests.applications.test_web_overview import found
from tests.notifications.mails import delivered
from tests.notifications.places import address

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
CODES = ["010190-9134", "010190-9145", "010190-9156"]


def morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 8, tzinfo=clock.HELSINKI)


def written_on(day: date) -> list[str]:
    before = set(Mail.objects.values_list("pk", flat=True))
    remind(at=morning(day))
    return sorted(Mail.objects.exclude(pk__in=before).values_list("kind", flat=True))


@pytest.mark.parametrize(("before", "told"), [(31, []), (30, ["deadline"]), (29, []), (15, []), (14, ["deadline"]),
                                              (4, []), (3, ["deadline"]), (2, []), (0, []), (-1, [])])  # fmt: skip
def test_a_deadline_is_told_three_times(before, told):
    address()
    deadline = date(2026, 6, 10)  # a Wednesday
    found(CODES[0], deadline=deadline)
    assert written_on(deadline - timedelta(days=before)) == told


def test_many_deadlines_of_a_day_come_in_one_mail():
    address(language="en")
    for code in CODES:
        found(code, deadline=date(2026, 6, 10))
    assert written_on(date(2026, 5, 11)) == ["deadline"]
    (sent,) = delivered(at=morning(date(2026, 5, 11)))
    assert "You paid for 3 absences that nobody has applied for yet." in sent.body
    assert "Apply by: 10 June 2026" in sent.body


def test_the_second_on_a_day_writes_nothing():
    address()
    found(CODES[0], deadline=date(2026, 6, 10))
    assert written_on(date(2026, 5, 11)) == ["deadline"]
    assert written_on(date(2026, 5, 11)) == []


def test_days_that_were_missed_are_made_up_for():
    address()
    found(CODES[0], deadline=date(2026, 6, 10))
    take_turn("reminders", at=morning(date(2026, 5, 9)).replace(hour=0))
    assert written_on(date(2026, 5, 13)) == ["deadline"]
    assert written_on(date(2026, 5, 14)) == []


def test_a_deadline_on_a_sunday_is_the_monday():
    address()
    found(CODES[0], deadline=date(2026, 6, 7))
    assert written_on(date(2026, 6, 4)) == []
    assert written_on(date(2026, 6, 5)) == ["deadline"]


def test_a_question_is_reminded_of_three_days_before_and_not_when_it_was_answered():
    address()
    one = cast.sent()
    due, by = date(2026, 5, 4), cast.by_official()
    ask(application_id=one.pk, items=[("other", "")], due=due, by=by, at=cast.AT)
    assert written_on(date(2026, 4, 30)) == []
    assert written_on(date(2026, 5, 1)) == ["question_reminder"]
    one.requests.get().items.update(answered_at=cast.AT)
    assert delivered(at=morning(date(2026, 5, 1))) == []


def test_a_draft_is_told_of_three_days_before_it_goes():
    address()
    draft = begin(organisation=cast.employer(), user=cast.user("Aino"), benefit="sickness_allowance",
                  content={"body": {}, "done": [], "annual_income": None}, at=cast.AT)  # fmt: skip
    goes = cast.AT.date() + timedelta(days=30)
    assert written_on(goes - timedelta(days=4)) == []
    assert written_on(goes - timedelta(days=3)) == ["draft_expires"]
    draft.changed_at += timedelta(days=27)
    draft.save()
    assert delivered(at=morning(goes - timedelta(days=3))) == []  # somebody went on with it meanwhile


def test_who_stopped_deadlines_gets_none():
    address(opted_out=["deadline"])
    found(CODES[0], deadline=date(2026, 6, 10))
    assert written_on(date(2026, 5, 11)) == []
