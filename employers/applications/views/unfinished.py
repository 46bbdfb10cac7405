"""Drafts of an employer, of everybody who may apply for it: who changed each last, and how long it is kept."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from employers.applications.expire import days_left
from employers.applications.models import Draft
from employers.applications.views import drafted
from employers.applications.views.answers import employee_name
from employers.applications.views.doors import CHANGED_BY, OWN, saw
from employers.intake.forms.base import Body
from employers.intake.words import benefit_name
from employers.organisations import rights
from employers.organisations.access import Actor, of_benefits
from employers.organisations.models import Organisation
from employers.people.models import Person
from employers.records import clock

SHOWN = 10
SOON = 7  # days before a draft goes that are worth a warning


def unfinished(organisation: Organisation, *, held: Collection[str], by: Actor) -> list[dict[str, Any]]:
    """The latest first, of the benefits that one may prepare.

    What an official enters for the employer is not the employer's to go on with."""
    own = of_benefits(held, rights.to_prepare)
    open_drafts = Draft.objects.filter(own, organisation=organisation, application__isnull=True, channel__in=OWN)
    shown = list(open_drafts.select_related(*CHANGED_BY).order_by("-changed_at")[:SHOWN])
    saw(_known(shown), by=by, purpose="application", action="drafts")
    return [_row(draft) for draft in shown]


def _row(draft: Draft) -> dict[str, Any]:
    body, left = drafted.content(draft)["body"], days_left(draft, on=clock.today())
    return {
        "draft": draft,
        "employee": employee_name(body),
        "benefit": benefit_name(draft.benefit),
        "step": drafted.first_open(draft),
        "absence": _days(body),
        "days_left": max(left, 0),
        "soon": left <= SOON and draft.told_at is None,
        "from_register": draft.told_at is not None,
    }


def _days(body: Body) -> Body | None:
    """Both of them, or none: a program may know the first day alone."""
    days = body.get("absence") or {}
    return days if days.get("start") and days.get("end") else None


def _known(drafts: list[Draft]) -> list[UUID | None]:
    """Those whom we know already among the people that the drafts are about, in one query."""
    told = [drafted.content(draft)["body"].get("employee") or {} for draft in drafts]
    codes = {one["personal_identity_code"] for one in told if one.get("personal_identity_code")}
    found = Person.objects.filter(identity_index__in=[Person.index_of(code) for code in codes]) if codes else []
    return [person.pk for person in found]
