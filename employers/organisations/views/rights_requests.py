"""A firm asks employers for rights; an employer answers a firm."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from employers.organisations import answer_rights, machines, request_rights
from employers.organisations.forms import Rights
from employers.organisations.forms_machines import AskRights
from employers.organisations.machine_words import TAGS
from employers.organisations.models import Organisation
from employers.organisations.models_clients import ANSWER_WITHIN, RightsRequest
from employers.organisations.request_rights import NotWaiting
from employers.organisations.rights import RIGHTS
from employers.organisations.views.doors import freshly_signed_in, user_of
from employers.organisations.views.giving import managing
from employers.organisations.words import explained
from employers.records import clock, doorbell

FORMS = ["GET", "HEAD", "POST"]


@require_GET
@managing
def asked(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """What the firm has asked for. Of the employer only what the firm itself wrote."""
    at = clock.now()
    found = [_row(one, state=machines.state_of(one, at=at)) for one in machines.asked_by(organisation)]
    context = {"organisation": organisation, "requests": found, "days": ANSWER_WITHIN.days}
    return render(request, "employers/organisations/rights_asked.html", context)


def _row(one: RightsRequest, *, state: RightsRequest.State) -> dict[str, Any]:
    return {
        "asked": one,
        "rights": explained(one.rights),
        "state": state.label,
        "tag": TAGS.get(state, ""),
        "waits": state == RightsRequest.State.WAITING,
        "ends": one.asked_at + ANSWER_WITHIN,
    }


@require_http_methods(FORMS)
@managing
def ask(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = AskRights(data, on=clock.today(), firm=organisation)
    if form.is_valid() and _asked(request, organisation, form):
        doorbell.ring()
        messages.success(request, _("The request is on its way. You see here what becomes of it."))
        return redirect("rights-asked", organisation_id=organisation.pk)
    context = {
        "organisation": organisation,
        "form": form,
        "errors": form.found_wrong(),
        "days": ANSWER_WITHIN.days,
    }
    return render(request, "employers/organisations/ask_rights.html", context)


def _asked(request: HttpRequest, organisation: Organisation, form: AskRights) -> bool:
    said = form.cleaned_data
    wanted = {name: said[name] for name in ("business_id", "rights", "until", "message")}
    try:
        request_rights.request_rights(firm=organisation, by=user_of(request), at=clock.now(), **wanted)
    except request_rights.AlreadyAsked:
        form.add_error("business_id", _("You have asked this employer already, and wait for an answer."))
    except request_rights.TooManyWait:
        form.add_error(None, _("Too many of your requests wait for an answer. Take back those that are not needed."))
    return form.is_valid()


@require_POST
@managing
def take_back(request: HttpRequest, organisation: Organisation, sent_id: UUID) -> HttpResponse:
    one = get_object_or_404(RightsRequest, firm=organisation, pk=sent_id)
    try:
        request_rights.take_back(asked=one, by=user_of(request), at=clock.now())
    except NotWaiting:
        messages.info(request, _("This request waits no more: it was answered or taken back, or its time ran out."))
    else:
        messages.success(request, _("The request is taken back."))
    return redirect("rights-asked", organisation_id=organisation.pk)


@require_http_methods(FORMS)
@managing
@freshly_signed_in
def answer(request: HttpRequest, organisation: Organisation, asked_id: UUID) -> HttpResponse:
    """The employer gives what was asked for, or less, or nothing."""
    one = machines.waiting_at(organisation, at=clock.now()).filter(pk=asked_id).first()
    if one is None:
        get_object_or_404(RightsRequest, business_id=organisation.business_id, pk=asked_id)
        return _waits_no_more(request, organisation)
    held = machines.held_by(one.firm, employer=organisation, on=clock.today())
    wanted = [right for right in RIGHTS if right in one.rights or (held and right in held.rights)]
    data = request.POST if request.method == "POST" and "decline" not in request.POST else None
    form = Rights(data, on=clock.today(), initial={"rights": wanted, "until": one.until})
    if request.method == "POST" and (data is None or form.is_valid()):
        return _answered(request, organisation, one, form)
    context = {
        "organisation": organisation,
        "one": one,
        "rights": explained(one.rights),
        "held": explained(held.rights) if held else [],
        "form": form,
        "errors": form.found_wrong(),
        "ends": one.asked_at + ANSWER_WITHIN,
    }
    return render(request, "employers/organisations/answer_rights.html", context)


def _answered(request: HttpRequest, organisation: Organisation, one: RightsRequest, form: Rights) -> HttpResponse:
    by, at = user_of(request), clock.now()
    try:
        if form.is_bound:
            said = form.cleaned_data
            answer_rights.approve(
                asked=one, organisation=organisation, rights=said["rights"], until=said["until"], by=by, at=at
            )
            messages.success(request, _("The right is given, and in force from now on."))
        else:
            answer_rights.decline(asked=one, by=by, at=at)
            messages.success(request, _("You declined. The firm gets no right."))
    except NotWaiting:
        return _waits_no_more(request, organisation)
    doorbell.ring()
    return redirect("mandates", organisation_id=organisation.pk)


def _waits_no_more(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    messages.info(request, _("This request waits no more: it was answered or taken back, or its time ran out."))
    return redirect("mandates", organisation_id=organisation.pk)
