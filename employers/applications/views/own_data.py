"""What an employer has told us and what became of it, to take along: as JSON whole, as a workbook to look at."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from employers.applications.models import Application, ApplicationVersion
from employers.applications.sheets import TYPE, Cell, workbook
from employers.applications.views.answers import employee_name
from employers.applications.views.doors import refuse_without, saw
from employers.intake.words import benefit_name, outcome_name, status_name
from employers.organisations import rights
from employers.organisations.access import Actor, of_benefits, rights_of_user
from employers.organisations.identifiers import masked
from employers.organisations.models import Organisation
from employers.organisations.views.doors import acting_for, user_of
from employers.records import clock, wire

JSON = "application/json"
Row = list[Cell]


@require_GET
@acting_for()
def own_data(request: HttpRequest, organisation: Organisation, by: Actor) -> HttpResponse:
    _held(request, organisation)
    return render(request, "employers/applications/own_data.html", {"organisation": organisation})


@require_GET
@acting_for()
def download(request: HttpRequest, organisation: Organisation, by: Actor, kind: str) -> HttpResponse:
    """`kind`: json or xlsx. Raises Http404 for another. Decisions and payments are there for those who may see them."""
    if kind not in MADE:
        raise Http404
    held = _held(request, organisation)
    told = [*_told(organisation, held)]
    people: list[UUID | None] = [*dict.fromkeys(one["person"] for one in told)]
    saw(people, by=by, purpose="own_data", action="download")
    make, content_type = MADE[kind]
    name = f"{organisation.business_id}-{clock.today():%Y-%m-%d}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(make(organisation, told), content_type=content_type, headers=headers)


def _held(request: HttpRequest, organisation: Organisation) -> list[str]:
    """Raises MissingRight unless one may send something."""
    held = rights_of_user(user_of(request), organisation, on=clock.today())
    refuse_without(held, (*rights.to_send(""), *rights.to_send(rights.OCCUPATIONAL_HEALTH)), organisation)
    return held


def _told(organisation: Organisation, held: list[str]) -> Iterator[dict[str, Any]]:
    """Every application one may send with all its versions, in two queries however many there are."""
    own = of_benefits(held, rights.to_send)
    sent = Application.objects.filter(own, organisation=organisation).select_related("decision__payment").order_by("id")
    versions = Prefetch("versions", ApplicationVersion.objects.order_by("number"))
    for one in sent.prefetch_related(versions):
        decision = one.decision if rights.may(held, rights.to_see_decision(one.benefit)) else None
        payment = getattr(decision, "payment", None) if rights.VIEW_PAYMENTS in held else None
        yield {"person": one.person_id, "one": one, "versions": one.versions.all(), "decision": decision} | {
            "payment": payment
        }


def _as_json(organisation: Organisation, told: list[dict[str, Any]]) -> bytes:
    employer = {"business_id": organisation.business_id, "name": organisation.name, "language": organisation.language}
    return wire.dumps({"employer": employer, "applications": [_whole(each) for each in told]})


def _whole(each: dict[str, Any]) -> dict[str, Any]:
    one, decision, payment = each["one"], each["decision"], each["payment"]
    return {
        "id": str(one.pk),
        "benefit": one.benefit,
        "status": one.status,
        "channel": one.channel,
        "reference": one.reference,
        "submitted_at": one.submitted_at.isoformat(),
        "versions": [
            {"version": said.number, "at": said.at.isoformat(), "said": said.content} for said in each["versions"]
        ],
        "decision": decision
        and {
            "outcome": decision.outcome,
            "amount": str(decision.amount),
            "decided_at": decision.decided_at.isoformat(),
            "reason": decision.reason,
        },
        "payment": payment
        and {
            "amount": str(payment.amount),
            "status": payment.status,
            "paid_on": payment.paid_on and payment.paid_on.isoformat(),
            "reference": payment.reference,
        },
    }


def _as_workbook(organisation: Organisation, told: list[dict[str, Any]]) -> bytes:
    columns = [
        _("Reference"), _("Benefit"), _("Employee"), _("Personal identity code"), _("Absence from"),
        _("Absence until"), _("Sent"), _("Status"), _("Estimate to you"), _("Decision"), _("Decided amount"),
        _("Paid on"), _("Reference of the payment"),
    ]  # fmt: skip
    return workbook({_("Applications"): (columns, map(_row, told))})


def _row(each: dict[str, Any]) -> Row:
    one, decision, payment = each["one"], each["decision"], each["payment"]
    said = each["versions"][len(each["versions"]) - 1].content
    code = (said.get("employee") or {}).get("personal_identity_code")
    estimated: Decimal | None = one.amount
    return [
        one.reference, benefit_name(one.benefit), employee_name(said), masked(code) if code else "", one.absence_start,
        one.absence_end, clock.day_of(one.submitted_at), status_name(one.status), estimated,
        outcome_name(decision.outcome) if decision else "", decision and decision.amount,
        payment and payment.paid_on, payment.reference if payment else "",
    ]  # fmt: skip


MADE = {"json": (_as_json, JSON), "xlsx": (_as_workbook, TYPE)}
