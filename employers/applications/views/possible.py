"""What one can do with a sent application: only what its status and one's rights allow."""

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from employers.applications import lifecycle
from employers.applications.models import Application
from employers.applications.models_corrections import CorrectionRequest
from employers.applications.views.doors import refuse_without
from employers.benefits.claim import Claim
from employers.benefits.pay_end import may_report
from employers.organisations import rights
from employers.organisations.access import rights_of_user
from employers.organisations.views.doors import user_of
from employers.records import clock

Action = dict[str, Any]
WITHDRAW = _("You take the application back, and it is not decided.")
PAY_END = _("A page to print or send: how the employee applies when you no longer pay.")
REPORT = _("Pay for the next days of the same absence. No new application is needed.")
ASK = _("The decision has been made. You tell us what is wrong, and an official looks into it.")
CORRECT = _("A wrong day, sum or other answer. You see what changes before you send.")


def may_change(held: Collection[str], one: Application) -> bool:
    return rights.may(held, rights.to_send(one.benefit))


def refuse_readers(request: HttpRequest, one: Application) -> list[str]:
    """The rights of who may change the application. Raises MissingRight for who may only read it."""
    held = rights_of_user(user_of(request), one.organisation, on=clock.today())
    refuse_without(held, rights.to_send(one.benefit), one.organisation)
    return held


def actions(one: Application, said: Claim, *, held: Collection[str], waits: bool) -> list[Action]:
    """`waits`: a request for correction waits for an official, and only one is taken at a time."""
    found = []
    if may_change(held, one):
        found += _changing(one, said, waits=waits)
    if one.pay_ends and lifecycle.is_live(status=one.status, outcome=one.outcome):
        found.append(_action("pay-end", one, _("Tell the employee what to do when pay ends"), PAY_END))
    if may_change(held, one) and one.status in lifecycle.OPEN:
        found.append(_action("withdraw", one, _("Withdraw the application"), WITHDRAW))
    return found


def _changing(one: Application, said: Claim, *, waits: bool) -> list[Action]:
    decided = one.status in lifecycle.ENDED
    if one.status not in (*lifecycle.OPEN, *lifecycle.ENDED) or (decided and waits):
        return []
    words = _("Ask for a correction") if decided else _("Correct the application")
    found = [_action("correct", one, words, ASK if decided else CORRECT, posted=True)]
    if may_report(said):
        found.append(_action("pay-report", one, _("Report the next pay"), REPORT))
    return found


def _action(name: str, one: Application, text: Any, hint: Any, *, posted: bool = False) -> Action:
    return {"name": name, "href": reverse(name, args=[one.pk]), "text": text, "hint": hint, "posted": posted}


def waiting(one: Application) -> CorrectionRequest | None:
    return next((asked for asked in one.corrections.all() if asked.state == CorrectionRequest.State.WAITING), None)
