"""An employer answers some questions or all; the last answer moves the application on, once."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections
from uuid_utils.compat import uuid7

from employers.applications.answer import AlreadyAnswered, UnknownItem, answer
from employers.applications.ask import ask
from employers.applications.lifecycle import NotYours, WrongState
from employers.applications.models import Application, StatusChange
from employers.applications.record import move
from employers.records.models import Event
from tests import cast

pytestmark = pytest.mark.usefixtures("sandbox")

LATER = cast.AT + timedelta(days=1)


def request_of_two():
    items = [("pay_detail", ""), ("certificate", "")]
    return ask(application_id=cast.sent().pk, items=items, due=date(2026, 5, 1), by=cast.by_official(), at=cast.AT)


def keys(request):
    return [str(item.pk) for item in request.items.all()]


def answered(request, answers, *, by=None):
    return answer(request_id=request.pk, answers=answers, by=by or cast.by_web(), at=LATER)


def status_of(request):
    return Application.objects.get(pk=request.application_id).status


def test_a_part_of_the_answers_waits_for_the_rest():
    request = request_of_two()
    first, second = keys(request)
    answered(request, {first: "Overtime of February"})
    assert status_of(request) == "information_requested"
    answered(request, {second: "It follows"}, by=cast.by_client())
    assert status_of(request) == "in_handling"
    assert [(item.answer, item.answered_at) for item in request.items.all()] == [
        ("Overtime of February", LATER),
        ("It follows", LATER),
    ]


def test_the_last_answer_moves_it_on_once():
    request = request_of_two()
    answered(request, dict.fromkeys(keys(request), "Yes"))
    change = StatusChange.objects.get(verb="answer")
    assert (change.source, change.target, change.role) == ("information_requested", "in_handling", "employer")
    assert Event.objects.filter(type="application.answered", application=request.application_id).count() == 1


def test_an_unknown_question_leaves_nothing():
    request = request_of_two()
    unknown = str(uuid7())
    with pytest.raises(UnknownItem) as refused:
        answered(request, {keys(request)[0]: "Yes", unknown: "Yes"})
    assert refused.value.item == unknown
    assert not request.items.filter(answered_at__isnull=False).exists()


def test_another_requests_question_is_unknown():
    mine, others = request_of_two(), None
    others = ask(
        application_id=cast.sent(business_id=cast.CAFE).pk,
        items=[("other", "")],
        due=date(2026, 5, 1),
        by=cast.by_official(),
        at=cast.AT,
    )
    with pytest.raises(UnknownItem):
        answered(mine, {keys(others)[0]: "Yes"})


def test_an_answer_is_given_once():
    request = request_of_two()
    first, _ = keys(request)
    answered(request, {first: "Yes"})
    with pytest.raises(AlreadyAnswered) as refused:
        answered(request, {first: "No"})
    assert refused.value.item == first
    assert request.items.get(pk=first).answer == "Yes"


def test_officials_do_not_answer():
    request = request_of_two()
    with pytest.raises(NotYours):
        answered(request, {keys(request)[0]: "Yes"}, by=cast.by_official())


def test_a_withdrawn_application_takes_no_answers():
    request = request_of_two()
    move(request.application_id, "withdraw", by=cast.by_web(), at=LATER)
    with pytest.raises(WrongState):
        answered(request, {keys(request)[0]: "Yes"})


@pytest.mark.django_db(transaction=True)
def test_two_halves_at_once_move_it_on_once():
    request = request_of_two()
    actor, barrier = cast.by_web(), Barrier(2)

    def give(key):
        barrier.wait()
        answer(request_id=request.pk, answers={key: "Yes"}, by=actor, at=LATER)
        connections.close_all()

    threads = [Thread(target=give, args=(key,)) for key in keys(request)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert status_of(request) == "in_handling"
    assert StatusChange.objects.filter(verb="answer").count() == 1
