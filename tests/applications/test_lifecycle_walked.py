"""Every verb tried on an application in every status: what is not a way of the contract leaves no trace."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from employers.applications.answer import answer
from employers.applications.ask import ask
from employers.applications.assign import take_up
from employers.applications.correct import Anew, ask_official, correct
from employers.applications.decide import decide
from employers.applications.lifecycle import MOVES, WrongState
from employers.applications.models import Application, InformationRequest, RequestItem, StatusChange
from employers.applications.models_corrections import CorrectionRequest
from employers.applications.pay import NothingToPay, pay
from employers.applications.reopen import reopen
from employers.applications.report_pay import PayReport, report_pay
from employers.applications.withdraw import withdraw
from employers.benefits.claim import Income, PayPeriod, Period
from employers.records.models import Event
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]

FIRST, LAST, NEXT = date(2026, 3, 2), date(2026, 3, 31), date(2026, 4, 1)
DUE = date(2026, 5, 1)
MARCH = PayPeriod(start=FIRST, end=LAST, amount=Decimal("2500.00"))
APRIL = PayPeriod(start=NEXT, end=date(2026, 4, 30), amount=Decimal("2500.00"))

# The contract's lifecycle line, way by way; the last two are corrections that an official takes up after a decision.
WAYS = {
    ("draft", "submitted"), ("submitted", "in_handling"), ("in_handling", "decided"), ("decided", "paid"),
    ("submitted", "information_requested"), ("in_handling", "information_requested"),
    ("information_requested", "in_handling"),
    ("submitted", "withdrawn"), ("in_handling", "withdrawn"), ("information_requested", "withdrawn"),
    ("decided", "in_handling"), ("paid", "in_handling"),
}  # fmt: skip


def sent() -> Application:
    return cast.sent(absence=Period(start=FIRST, end=LAST), pay_periods=(MARCH,), pay_continues_from=NEXT)


def _take_up(one: Application) -> None:
    take_up(application_id=one.pk, by=cast.by_official(), at=cast.AT)


def _ask(one: Application) -> None:
    ask(application_id=one.pk, items=[("certificate", "")], due=DUE, by=cast.by_official(), at=cast.AT)


def _answer(one: Application) -> None:
    """Where nothing was asked, a question is put there: it is the status that has to refuse."""
    item = RequestItem.objects.filter(request__application=one).first() or _question(one)
    answer(request_id=item.request_id, answers={str(item.pk): "So it is."}, by=cast.by_web(), at=cast.AT)


def _question(one: Application) -> RequestItem:
    asked = InformationRequest.objects.create(application=one, due=DUE, asked_at=cast.AT, asked_by=cast.official())
    return RequestItem.objects.create(request=asked, code="certificate")


def _decide(one: Application, outcome: str = "granted") -> None:
    income = Income(after_deduction=Decimal(40000))
    by = cast.by_official()
    decide(application_id=one.pk, outcome=outcome, reason="So.", income=income, by=by, at=cast.AT)


def _pay(one: Application) -> None:
    pay(application_id=one.pk, by=cast.by_official(), at=cast.AT)


def _withdraw(one: Application) -> None:
    withdraw(application_id=one.pk, reason="A mistake.", by=cast.by_web(), at=cast.AT)


def _correct(one: Application) -> None:
    claim = cast.claim(absence=Period(start=FIRST, end=LAST), pay_periods=(MARCH,), pay_basis="part")
    correct(application_id=one.pk, claim=claim, reason="A part.", version=one.version, by=cast.by_web(), at=cast.AT)


def _report_pay(one: Application) -> None:
    report_pay(application_id=one.pk, report=PayReport(pay_periods=(APRIL,)), by=cast.by_web(), at=cast.AT)


def _requested(one: Application) -> CorrectionRequest:
    """Also where nobody could ask for it."""
    claim = cast.claim(absence=Period(start=FIRST, end=LAST), pay_periods=(MARCH,), pay_basis="part")
    anew = Anew(claim=claim, version=one.version, reason="A part.")
    return ask_official(one, anew, by=cast.by_web(), at=cast.AT)


def _reopen(one: Application) -> None:
    reopen(request_id=_requested(one).pk, by=cast.by_official(), at=cast.AT)


Verb = Callable[[Application], None]
STATUSES: dict[str, tuple[Verb, ...]] = {
    "submitted": (),
    "in_handling": (_take_up,),
    "information_requested": (_take_up, _ask),
    "decided": (_take_up, _decide),
    "paid": (_take_up, _decide, _pay),
    "withdrawn": (_withdraw,),
}
VERBS = {"take_up": _take_up, "ask": _ask, "answer": _answer, "decide": _decide, "pay": _pay, "withdraw": _withdraw,
         "correct": _correct, "report_pay": _report_pay, "reopen": _reopen}  # fmt: skip

# Where each verb leads from where: every status that it passes. What is not here is refused.
LEADS = {
    ("take_up", "submitted"): ["in_handling"],
    ("ask", "submitted"): ["information_requested"],
    ("ask", "in_handling"): ["information_requested"],
    ("answer", "information_requested"): ["in_handling"],
    ("decide", "submitted"): ["in_handling", "decided"],
    ("decide", "in_handling"): ["decided"],
    ("pay", "decided"): ["paid"],
    ("withdraw", "submitted"): ["withdrawn"],
    ("withdraw", "in_handling"): ["withdrawn"],
    ("withdraw", "information_requested"): ["withdrawn"],
    ("correct", "submitted"): ["submitted"],
    ("correct", "in_handling"): ["in_handling"],
    ("correct", "information_requested"): ["in_handling"],
    ("correct", "decided"): [],  # asked for; nothing moves until an official takes it up
    ("correct", "paid"): [],
    ("report_pay", "submitted"): ["submitted"],
    ("report_pay", "in_handling"): ["in_handling"],
    ("report_pay", "information_requested"): ["information_requested"],
    ("report_pay", "decided"): [],
    ("report_pay", "paid"): [],
    ("reopen", "decided"): ["in_handling"],
    ("reopen", "paid"): ["in_handling"],
}


def in_status(status: str) -> Application:
    one = sent()
    for verb in STATUSES[status]:
        verb(one)
    one.refresh_from_db()
    assert one.status == status
    return one


def moves(one: Application) -> list[tuple[str, str]]:
    return list(StatusChange.objects.filter(application=one).values_list("source", "target"))


def told(one: Application) -> list[str]:
    """The status that each event names, without those of requests that moved nothing."""
    events = Event.objects.filter(application=one.pk).exclude(type="application.correction_requested")
    return list(events.order_by("id").values_list("status", flat=True))


@pytest.mark.parametrize(("verb", "status"), list(product(VERBS, STATUSES)))
def test_a_verb_in_a_status_goes_the_ways_of_the_contract_or_none(verb, status):
    """Every move has one history row and one event, each begins where the one before ended, none is skipped."""
    one = in_status(status)
    before = moves(one)
    if (verb, status) in LEADS:
        VERBS[verb](one)
    else:
        with pytest.raises(WrongState):
            VERBS[verb](one)
    after = moves(one)
    assert [target for _source, target in after[len(before) :]] == LEADS.get((verb, status), [])
    assert [source for source, _target in after] == ["draft", *(target for _source, target in after)][:-1]
    assert {(source, target) for source, target in after if source != target} <= WAYS
    assert told(one) == [target for _source, target in after]
    one.refresh_from_db()
    assert one.status == after[-1][1]


def test_every_verb_of_the_table_is_tried():
    assert {*VERBS, "submit"} == set(MOVES)


@pytest.mark.parametrize("outcome", ["rejected", "lapsed"])
def test_what_gives_nothing_stays_decided(outcome):
    one = in_status("in_handling")
    _decide(one, outcome)
    one.refresh_from_db()
    with pytest.raises(NothingToPay):
        _pay(one)
    assert moves(one)[-1] == ("in_handling", "decided")
