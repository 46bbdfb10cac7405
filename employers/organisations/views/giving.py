"""Give a right, change it, end it: pages of those who choose an employer's people and firms."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from employers.organisations import grant, holders
from employers.organisations.access import Actor, employers_managed_by, holds_office
from employers.organisations.forms import Rights, ToFirm, ToPerson, ToRepresentative
from employers.organisations.models import Mandate, Organisation
from employers.organisations.models_mandates import Representation
from employers.organisations.views.doors import Page, acting_for, user_of
from employers.organisations.views.missing import MANAGE, MissingRight
from employers.organisations.words import GIVE_TITLES, explained
from employers.records import clock, doorbell

FORMS = ["GET", "HEAD", "POST"]
Give = Callable[[HttpRequest, Organisation, Rights], None]


def managing(page: Page) -> Page:
    """The page gets `organisation`, whose people the user may choose."""

    @acting_for()
    @wraps(page)
    def door(request: HttpRequest, organisation: Organisation, by: Actor, **rest: Any) -> HttpResponse:
        managed = employers_managed_by(user_of(request), on=clock.today())
        if not managed.filter(pk=organisation.pk).exists():
            raise MissingRight(organisation, MANAGE)
        return page(request, organisation=organisation, **rest)

    return door


@require_http_methods(FORMS)
@managing
def give(request: HttpRequest, organisation: Organisation, whom: str) -> HttpResponse:
    """A right to a person, to a firm, or to one of a firm's own people."""
    if whom not in GIVES:
        raise Http404
    form = _form(request, organisation, whom)
    if form.is_valid():
        try:
            GIVES[whom](request, organisation, form)
        except grant.AlreadyGiven:
            form.add_error(None, _("They have a right already. Change that one on the page of people and rights."))
        else:
            return _done(request, organisation, _("The right is given, and in force from now on."))
    context = {
        "organisation": organisation,
        "form": form,
        "errors": form.found_wrong(),
        "title": GIVE_TITLES[whom],
        "whom": whom,
    }
    return render(request, "employers/organisations/give_right.html", context)


def _form(request: HttpRequest, organisation: Organisation, whom: str) -> Rights:
    data, on = request.POST if request.method == "POST" else None, clock.today()
    if whom == "firm":
        return ToFirm(data, on=on, organisation=organisation)
    if whom == "representative":
        return ToRepresentative(data, on=on, customers=holders.served_by(organisation, on=on))
    return ToPerson(data, on=on, granting=holds_office(user_of(request), organisation))


def _to_agent(request: HttpRequest, organisation: Organisation, form: Rights) -> None:
    said = form.cleaned_data
    firm = getattr(form, "firm", None)
    grant.give(
        organisation=organisation,
        agent=firm or _person(said),
        name=said.get("name", ""),
        rights=said["rights"],
        until=said["until"],
        may_grant=said.get("may_grant", False),
        by=user_of(request),
        at=clock.now(),
    )


def _to_representative(request: HttpRequest, organisation: Organisation, form: Rights) -> None:
    said = form.cleaned_data
    assert isinstance(form, ToRepresentative)
    grant.let_represent(
        firm=organisation,
        user=_person(said),
        name=said["name"],
        principal=form.customers.get(said["principal"]),
        rights=said["rights"],
        until=said["until"],
        by=user_of(request),
        at=clock.now(),
    )


def _person(said: dict[str, Any]) -> Any:
    return grant.person_with(identity_code=said["identity_code"], name=said["name"], language=get_language() or "fi")


GIVES: dict[str, Give] = {"person": _to_agent, "firm": _to_agent, "representative": _to_representative}


@require_http_methods(FORMS)
@managing
def change(request: HttpRequest, organisation: Organisation, right_id: UUID) -> HttpResponse:
    given = _one(organisation, right_id)
    person = isinstance(given, Mandate) and given.agent_user_id is not None
    granting = person and holds_office(user_of(request), organisation)
    kept = isinstance(given, Mandate) and given.may_grant
    start = {"rights": given.rights, "until": given.valid_until, "may_grant": kept}
    form = Rights(
        request.POST if request.method == "POST" else None, on=clock.today(), granting=granting, initial=start
    )
    if form.is_valid():
        said = form.cleaned_data
        by, at = user_of(request), clock.now()
        may_grant = said.get("may_grant", kept)
        grant.change(given=given, rights=said["rights"], until=said["until"], may_grant=may_grant, by=by, at=at)
        return _done(request, organisation, _("The change is in force from now on."))
    context = {"organisation": organisation, "form": form, "errors": form.found_wrong(), "name": grant.name_of(given)}
    return render(request, "employers/organisations/change_right.html", context)


@require_http_methods(FORMS)
@managing
def end(request: HttpRequest, organisation: Organisation, right_id: UUID) -> HttpResponse:
    """Asked a second time, because somebody may stand there with a matter half done."""
    given = _one(organisation, right_id)
    if request.method == "POST":
        grant.end(given=given, by=user_of(request), at=clock.now())
        return _done(request, organisation, _("The right has ended."))
    name, held = grant.name_of(given), explained(given.rights)
    context = {"organisation": organisation, "given": given, "name": name, "rights": held}
    return render(request, "employers/organisations/end_right.html", context)


def _one(organisation: Organisation, right_id: UUID) -> Mandate | Representation:
    """Given in this portal by this employer, and not over. Raises Http404."""
    on = clock.today()
    lent = holders.open_representations(organisation, on=on).filter(pk=right_id).first()
    return lent or get_object_or_404(holders.open_mandates(organisation, on=on), pk=right_id)


def _done(request: HttpRequest, organisation: Organisation, words: str) -> HttpResponse:
    doorbell.ring()
    messages.success(request, words)
    return redirect("mandates", organisation_id=organisation.pk)
