"""An application taken back: until it is decided, and then it is as if it had not been."""

from datetime import date
from decimal import Decimal

import pytest

from employers.applications.ask import ask
from employers.applications.assign import take_up
from employers.applications.decide import decide
from employers.applications.lifecycle import NotYours, WrongState
from employers.applications.models import Application, StatusChange
from employers.applications.withdraw import withdraw
from employers.benefits.claim import Income
from employers.records import events
from employers.records.models import Event
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]


def withdrawn(application: Application, by=None) -> Application:
    return withdraw(application_id=application.pk, reason=" A mistake. ", by=by or cast.by_web(), at=cast.AT)


def test_a_withdrawal_is_told_with_its_reason_once() -> None:
    application = withdrawn(cast.sent())
    assert application.status == "withdrawn"
    change = StatusChange.objects.filter(application=application).last()
    assert (change.verb, change.source, change.reason) == ("withdraw", "submitted", "A mistake.")
    assert [one.type for one in Event.objects.filter(application=application.pk)].count(events.WITHDRAWN) == 1


@pytest.mark.parametrize("verb", ["take_up", "ask"])
def test_it_can_be_taken_back_while_we_look_at_it(verb: str) -> None:
    application, by = cast.sent(), cast.by_official()
    if verb == "ask":
        ask(application_id=application.pk, items=[("other", "?")], due=date(2026, 5, 4), by=by, at=cast.AT)
    else:
        take_up(application_id=application.pk, by=by, at=cast.AT)
    assert withdrawn(application).status == "withdrawn"


def test_its_days_can_be_applied_for_anew() -> None:
    withdrawn(cast.sent())
    assert cast.sent(reference="again").status == "submitted"


def test_nothing_is_taken_back_twice_or_after_the_decision() -> None:
    first, second = cast.sent(), cast.sent(business_id=cast.CAFE)
    withdrawn(first)
    income = Income(after_deduction=Decimal(40000))
    by = cast.by_official()
    decide(application_id=second.pk, outcome="granted", reason="", by=by, at=cast.AT, income=income)
    for application in (first, second):
        with pytest.raises(WrongState):
            withdrawn(application)


def test_an_official_does_not_withdraw_for_an_employer() -> None:
    with pytest.raises(NotYours):
        withdrawn(cast.sent(), by=cast.by_official())
