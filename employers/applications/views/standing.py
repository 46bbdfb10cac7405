"""Where an application stands and how it came there: every move, every version, every correction asked for."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from employers.applications import lifecycle
from employers.applications.models import Application, ApplicationVersion, Decision, StatusChange
from employers.applications.models_corrections import CorrectionRequest
from employers.applications.views import changed
from employers.intake.words import outcome_name

DONE = {
    "submit": _("The application was sent"),
    "take_up": _("We took up the application"),
    "ask": _("We asked for more information"),
    "answer": _("You answered our question"),
    "decide": _("We decided the application"),
    "pay": _("We paid the allowance"),
    "withdraw": _("The application was withdrawn"),
    "correct": _("The application was corrected"),
    "report_pay": _("Further pay was reported"),
    "reopen": _("We took up the correction and decide anew"),
}
AHEAD = {
    lifecycle.SUBMITTED: (_("We take up the application"), _("Decision"), _("Payment")),
    lifecycle.IN_HANDLING: (_("Decision"), _("Payment")),
    lifecycle.INFORMATION_REQUESTED: (_("Your answer"), _("Decision"), _("Payment")),
    lifecycle.DECIDED: (_("Payment"),),
}
# In which role somebody said it, as the employer reads it.
ROLES = {
    lifecycle.EMPLOYER: _("the employer"),
    lifecycle.AGENT: _("the payroll firm"),
    lifecycle.OFFICIAL: _("an official"),
    lifecycle.SYSTEM: _("the portal"),
}
SAID = ("submit", "correct", "report_pay", "reopen")  # the moves that make a version
Row = dict[str, Any]


def changes_of(one: Application) -> list[StatusChange]:
    return list(StatusChange.objects.filter(application=one))


def timeline(one: Application, changes: list[StatusChange], *, nothing_due: bool) -> Iterator[Row]:
    """What has happened, then what is to come; the last that happened is where it stands."""
    for change in changes:
        is_last = change is changes[-1]
        yield {
            "text": DONE[change.verb],
            "at": change.at,
            "state": "is-here" if is_last else "is-done",
            "reason": change.reason if change.verb == "withdraw" else None,
        }
    for text in () if nothing_due else AHEAD.get(one.status, ()):
        yield {"text": text, "at": None, "state": "to-come"}


def versions(one: Application, changes: list[StatusChange]) -> list[Row]:
    """What was said anew, the latest first: when, in which role, why, and what it changed. Empty when nothing was."""
    if one.version == 1:
        return []
    by = {change.version: change for change in changes if change.verb in SAID}
    return [_version(row["version"], row["changes"], by.get(row["version"].number)) for row in changed.versions(one)]


def _version(version: ApplicationVersion, rows: list[Row], by: StatusChange | None) -> Row:
    return {
        "number": version.number,
        "at": version.at,
        "text": DONE[by.verb] if by else "",
        "role": ROLES[by.role] if by else "",
        "reason": version.reason,
        "changes": rows,
    }


def corrections(one: Application, asked: list[CorrectionRequest]) -> list[Row]:
    """Those an official has not taken up, waiting ones first: what was taken up is a version."""
    open_or_refused = [request for request in asked if request.state != CorrectionRequest.State.TAKEN_UP]
    contents = {version.number: version.content for version in one.versions.all()} if open_or_refused else {}
    return [
        {
            "request": request,
            "waits": request.state == CorrectionRequest.State.WAITING,
            "changes": changed.rows(contents[request.version], request.content, benefit=one.benefit),
        }
        for request in sorted(open_or_refused, key=lambda request: request.asked_at, reverse=True)
    ]


def earlier_decisions(one: Application) -> list[Row]:
    """Those that a later decision replaced, or will."""
    if one.version == 1:
        return []
    return [
        {"outcome": outcome_name(past.outcome), "amount": past.amount, "at": past.decided_at, "reason": past.reason}
        for past in Decision.objects.filter(application=one).order_by("-id")
        if past.pk != one.decision_id
    ]
