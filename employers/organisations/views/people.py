"""Who may do what for an employer: its own people, its payroll firms, and a firm's people."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from employers.organisations import holders, machines
from employers.organisations.access import Actor, employers_managed_by, rights_of_user
from employers.organisations.enter import enter_size
from employers.organisations.forms import Size
from employers.organisations.grant import name_of
from employers.organisations.models import Mandate, Organisation, RegisterRole, Source
from employers.organisations.models_mandates import Representation, RightsChange
from employers.organisations.rights import APPLY, RIGHTS
from employers.organisations.views.doors import acting_for, user_of
from employers.organisations.words import (
    ACT_NAMES,
    GRANTING_NAME,
    GRANTING_SENTENCE,
    OFFICE_NAMES,
    OFFICE_SENTENCE,
    explained,
    right_name,
)
from employers.records import clock


@require_GET
@acting_for()
def people(request: HttpRequest, organisation: Organisation, by: Actor) -> HttpResponse:
    """One's own rights for everybody; everybody's for those who may change them."""
    on, user = clock.today(), user_of(request)
    manages = employers_managed_by(user, on=on).filter(pk=organisation.pk).exists()
    context = {
        "organisation": organisation,
        "manages": manages,
        "own": explained(rights_of_user(user, organisation, on=on)),
        "for_firm": by.firm,
        "givers": [] if manages else holders.who_can_give(organisation.pk, on=on),
        **(_everybody(organisation) if manages else {}),
    }
    return render(request, "employers/organisations/people.html", context)


def _everybody(organisation: Organisation) -> dict[str, Any]:
    on = clock.today()
    mandates = list(holders.open_mandates(organisation, on=on))
    customers = list(holders.served_by(organisation, on=on))
    is_firm = bool(customers) or organisation.kind == Organisation.Kind.PAYROLL_FIRM
    lent = holders.open_representations(organisation, on=on) if is_firm else []
    people = [_given(one) for one in mandates if one.agent_user_id]
    return {
        "offices": [_office(one) for one in holders.offices(organisation)],
        "people": people,
        "elsewhere": [_given(one) for one in holders.mandates_of_suomi_fi(organisation)],
        "firms": [_given(one) for one in mandates if one.agent_organisation_id],
        "customers": customers,
        "is_firm": is_firm,
        "representatives": [_lent(one) for one in lent],
        "changes": [_change(one) for one in holders.changes(organisation)],
        "every_right": explained(list(RIGHTS)),
        "office_sentence": OFFICE_SENTENCE,
        "asking": machines.waiting_at(organisation, at=clock.now()),
    }


def _office(one: RegisterRole) -> dict[str, Any]:
    return {"name": str(one.user), "office": OFFICE_NAMES[one.role], "suomi_fi": one.source == Source.SUOMI_FI}


def _given(one: Mandate) -> dict[str, Any]:
    granting = [{"name": GRANTING_NAME, "sentence": GRANTING_SENTENCE}] if one.may_grant else []
    return {"given": one, "name": name_of(one), "rights": [*explained(one.rights), *granting]}


def _lent(one: Representation) -> dict[str, Any]:
    return {"given": one, "name": name_of(one), "rights": explained(one.rights), "customer": one.principal}


def _change(one: RightsChange) -> dict[str, Any]:
    names = [str(OFFICE_NAMES.get(code) or right_name(code)) for code in one.rights]
    return {"change": one, "act": ACT_NAMES[one.act], "rights": ", ".join(names)}


@require_http_methods(["GET", "HEAD", "POST"])
@acting_for(APPLY)
def size(request: HttpRequest, organisation: Organisation, by: Actor) -> HttpResponse:
    """Asked once, of an employer that Suomi.fi told us about."""
    if organisation.employees:
        return redirect("employer", organisation_id=organisation.pk)
    form = Size(request.POST if request.method == "POST" else None)
    if form.is_valid():
        enter_size(organisation=organisation, employees=form.cleaned_data["employees"])
        messages.success(request, _("Thank you. We do not ask this again."))
        return redirect("employer", organisation_id=organisation.pk)
    context = {"organisation": organisation, "form": form, "errors": form.found_wrong()}
    return render(request, "employers/organisations/size.html", context)
