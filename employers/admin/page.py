"""Everything about one application, in as many queries for a long history as for a short one."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from employers.admin import anew, said
from employers.applications.assess import payment_blockers
from employers.applications.expected import Item, checklist
from employers.applications.models import Application, Decision, InformationRequest, StatusChange
from employers.applications.views import differences
from employers.benefits.claim import from_json
from employers.benefits.problems import Problem
from employers.intake import words
from employers.organisations.identifiers import masked

VERBS: Mapping[str, str | Promise] = {
    "submit": _("Sent"),
    "take_up": _("Taken up"),
    "ask": _("Information asked for"),
    "answer": _("Answered"),
    "decide": _("Decided"),
    "pay": _("Paid"),
    "withdraw": _("Withdrawn"),
    "correct": _("Corrected"),
    "report_pay": _("Pay reported"),
    "reopen": _("Correction taken up"),
}
ROLES: Mapping[str, str | Promise] = {
    "employer": _("employer"),
    "agent": _("agent"),
    "official": _("official"),
    "system": _("system"),
}


def context(application: Application) -> dict[str, Any]:
    version = application.versions.get(number=application.version)
    claim = from_json(version.content)
    code = claim.employee.personal_identity_code if claim.employee else ""
    decision = _decision(application)
    return {
        "application": application,
        "said": said.rows(claim),
        "code": code,
        "masked": masked(code),
        "estimate": version.estimate,
        "estimate_lines": lines(version.estimate),
        "problems": [sentence(kept) for kept in version.problems],
        "checklist": [_looked_at(item) for item in checklist(claim, map(_problem, version.problems))],
        "history": [_move(change) for change in application.history.select_related("user", "client")],
        "requests": _requests(application),
        "decision": decision,
        "decision_lines": lines(decision.calculation) if decision else [],
        "differences": [_difference(row) for row in decision.differences] if decision else [],
        "payment": getattr(decision, "payment", None),
        "mismatches": differences.of_application(application),
        **anew.context(application),
        "blockers": [words.sentence(problem) for problem in payment_blockers(application.organisation, claim)],
    }


def _requests(application: Application) -> Iterable[InformationRequest]:
    requests = application.requests.select_related("asked_by").prefetch_related("items")
    for request in requests:
        for item in request.items.all():
            item.text = words.question(item.code)  # type: ignore[attr-defined]
    return requests


def _decision(application: Application) -> Decision | None:
    if application.decision_id is None:
        return None
    return Decision.objects.select_related("payment", "decided_by").get(pk=application.decision_id)


def _looked_at(item: Item) -> dict[str, Any]:
    """A line of the checklist: what an official looks at, and why it is to be asked, where it is."""
    found = item.expected
    why = words.sentence(found.problem) if found and found.problem else ""
    return {"question": item.question, "text": words.checked_name(item.question), "ask": bool(found), "why": why}


def sentence(kept: Mapping[str, Any]) -> str:
    """A problem as it was kept with the application, in today's words."""
    return words.sentence(_problem(kept))


def _problem(kept: Mapping[str, Any]) -> Problem:
    return Problem(kept["field"], kept["code"], kept["severity"], kept["params"])


def lines(estimate: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [line | {"text": words.line_text(line["code"], month=line.get("month", ""))} for line in estimate["lines"]]


def _move(change: StatusChange) -> dict[str, Any]:
    return {
        "at": change.at,
        "verb": VERBS[change.verb],
        "role": ROLES[change.role],
        "who": change.user or change.client or "",
        "reason": change.reason,
    }


def _difference(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "text": words.line_text(row["line"]), "why_text": words.difference(row["why"])}
