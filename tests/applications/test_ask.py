"""An official takes an application up and asks; each move leaves one history row and one event."""

from datetime import date, timedelta

import pytest

from employers.applications.ask import DueTooSoon, NothingAsked, UnknownQuestion, ask
from employers.applications.assign import take_up
from employers.applications.lifecycle import NotYours, WrongState
from employers.applications.models import InformationRequest, RequestItem, StatusChange
from employers.records.models import Event
from tests import cast

pytestmark = pytest.mark.usefixtures("sandbox")

DUE = date(2026, 5, 1)
PAY = [("pay_detail", "Which days?")]


def asked(application, items=PAY, *, by=None, due=DUE):
    return ask(application_id=application.pk, items=items, due=due, by=by or cast.by_official(), at=cast.AT)


def test_taking_up_puts_it_on_the_officials_desk():
    application = take_up(application_id=cast.sent().pk, by=cast.by_official(), at=cast.AT)
    assert (application.status, application.handler) == ("in_handling", cast.official())
    assert Event.objects.filter(type="application.in_handling", application=application.pk).count() == 1


def test_an_employer_cannot_take_up():
    with pytest.raises(NotYours):
        take_up(application_id=cast.sent().pk, by=cast.by_web(), at=cast.AT)


def test_asking_writes_request_items_history_and_event():
    application = cast.sent()
    request = asked(application, [("pay_detail", "Which days?"), ("certificate", "")])
    application.refresh_from_db()
    assert (application.status, application.handler) == ("information_requested", cast.official())
    assert (request.due, request.asked_by) == (DUE, cast.official())
    assert [(item.code, item.note) for item in request.items.all()] == [
        ("pay_detail", "Which days?"),
        ("certificate", None),
    ]
    assert [row.verb for row in StatusChange.objects.filter(application=application)] == ["submit", "ask"]
    assert Event.objects.filter(type="application.information_requested", application=application.pk).count() == 1


def test_the_note_is_sealed():
    request = asked(cast.sent(), [("other", "Secret words")])
    stored = RequestItem.objects.filter(request=request).values_list("note", flat=True).get()
    assert b"Secret words" not in bytes(stored)


@pytest.mark.parametrize(
    ("items", "due", "refusal"),
    [
        ([], DUE, NothingAsked),
        ([("shoe_size", "")], DUE, UnknownQuestion),
        (PAY, cast.AT.date(), DueTooSoon),
        (PAY, cast.AT.date() - timedelta(days=1), DueTooSoon),
    ],
)
def test_a_request_nobody_could_answer_is_refused_and_leaves_nothing(items, due, refusal):
    application = cast.sent()
    with pytest.raises(refusal):
        asked(application, items, due=due)
    application.refresh_from_db()
    assert application.status == "submitted"
    assert not InformationRequest.objects.exists()


def test_asking_twice_is_asking_in_the_wrong_state():
    application = cast.sent()
    asked(application)
    with pytest.raises(WrongState):
        asked(application)


@pytest.mark.parametrize("actor", [cast.by_web, cast.by_client])
def test_only_officials_ask(actor):
    with pytest.raises(NotYours):
        asked(cast.sent(), by=actor())
