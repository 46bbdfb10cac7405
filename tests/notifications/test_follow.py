"""What happens is written about once, to the addresses that shall hear of it, in one mail where it comes in a burst."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core import mail as outbox

from employers.applications.ask import ask
from employers.notifications.follow import is_any_due
from employers.notifications.models import Mail, NewsCursor
from employers.organisations.models_account import Address
from employers.records import events
from tests import cast
from tests.applications.test_web_overview import found
from tests.notifications.mails import LATER, delivered, followed, happened
from tests.notifications.places import address

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sandbox")]
CODES = ["010190-9134", "010190-9145"]


def kinds() -> list[tuple[str, str]]:
    return sorted(Mail.objects.values_list("kind", "address__email"))


def test_a_question_is_told_to_every_confirmed_address():
    address("a@example.fi")
    address("b@example.fi")
    address("not-yet@example.fi", confirmed_at=None)
    address("gone@example.fi", removed_at=cast.AT)
    address("other@example.fi", business_id=cast.JOINERY)
    application = cast.sent()
    ask(application_id=application.pk, items=[("other", "")], due=date(2026, 5, 4), by=cast.by_official(), at=cast.AT)
    followed()
    assert kinds() == [("question", "a@example.fi"), ("question", "b@example.fi")]


def test_reading_the_log_again_writes_nothing_again():
    address()
    happened(events.MANDATE_CHANGED)
    assert followed() == 1
    assert not is_any_due()
    NewsCursor.objects.all().delete()  # as if the cursor had been lost
    assert is_any_due()
    assert followed() == 1
    assert kinds() == [("mandate", "palkat@example.fi")]


def test_what_happened_before_the_address_was_confirmed_is_not_told():
    address(confirmed_at=cast.AT + timedelta(seconds=1))
    happened(events.MANDATE_CHANGED)
    followed()
    assert kinds() == []


def test_a_kind_that_was_stopped_does_not_come_and_what_guards_comes_all_the_same():
    address(opted_out=["decision", "mandate"])
    happened(events.DECIDED, application=cast.sent().pk)
    happened(events.MANDATE_CHANGED)
    followed()
    assert kinds() == [("mandate", "palkat@example.fi")]


def test_decisions_of_one_burst_come_in_one_mail_and_a_later_one_in_another():
    address(language="en")
    first = cast.sent()
    for application in (first.pk, uuid4(), first.pk):
        happened(events.DECIDED, application=application)
    followed()
    assert len(Mail.objects.get(kind="decision").ids) == 2
    assert delivered(at=cast.AT) == []
    delivered()
    happened(events.DECIDED, application=first.pk, at=cast.AT + LATER)
    followed()
    assert Mail.objects.filter(kind="decision").count() == 2


def test_findings_come_once_a_day():
    address(language="en")
    found(CODES[0], deadline=date(2026, 6, 1))
    happened(events.FINDING_OPENED, subject=uuid4())
    followed()
    assert [sent.subject for sent in delivered()] == ["You may get money back for a paid absence"]
    found(CODES[1], deadline=date(2026, 6, 2))
    happened(events.FINDING_OPENED, subject=uuid4(), at=cast.AT + LATER)
    followed()
    assert delivered(at=cast.AT + timedelta(hours=9)) == []
    (second,) = delivered(at=cast.AT + timedelta(hours=24))
    assert "that you paid for 2 absences" in second.body


def test_a_mail_that_is_under_way_is_left_alone():
    address()
    happened(events.DECIDED, application=cast.sent().pk)
    followed()
    Mail.objects.update(attempts=1)
    happened(events.DECIDED, application=uuid4())
    followed()
    assert Mail.objects.filter(kind="decision").count() == 2


def test_the_old_addresses_hear_of_a_new_account():
    address("here@example.fi")
    address("gone@example.fi", removed_at=cast.AT - timedelta(days=1))
    address("long-gone@example.fi", removed_at=cast.AT - timedelta(days=31), confirmed_at=cast.AT - timedelta(days=99))
    Address.objects.filter(email="gone@example.fi").update(confirmed_at=cast.AT - timedelta(days=9))
    happened(events.ACCOUNT_CHANGED, subject=uuid4())
    followed()
    assert [email for _kind, email in kinds()] == ["gone@example.fi", "here@example.fi"]
    assert sorted(sent.to[0] for sent in delivered()) == ["gone@example.fi", "here@example.fi"]
    assert len(outbox.outbox) == 2


def test_events_end_up_in_the_mailbox():
    address(language="en")
    happened(events.PAYMENT_SENT, application=cast.sent().pk)
    followed()
    assert [sent.subject for sent in delivered()] == ["A payment has been sent"]
    assert outbox.outbox[0].to == ["palkat@example.fi"]
