"""An organisation's programs that act by themselves: which there are, what each may do, and their end."""

from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from employers.organisations import machines
from employers.organisations.end_client import end_client
from employers.organisations.forms_machines import NewClient, Scopes
from employers.organisations.machine_words import SCOPE_SENTENCES
from employers.organisations.models import ClientSystem, Organisation
from employers.organisations.register_client import NameTaken, TooManyClients, change_client, register
from employers.organisations.rotate_secret import Ended
from employers.organisations.views.doors import Page, freshly_signed_in, user_of
from employers.organisations.views.giving import managing
from employers.records import clock

FORMS = ["GET", "HEAD", "POST"]


def of_client(page: Page) -> Page:
    """The page gets `organisation`, and of its machine clients `client`."""

    @managing
    @wraps(page)
    def door(request: HttpRequest, organisation: Organisation, machine_id: UUID, **rest: Any) -> HttpResponse:
        client = get_object_or_404(machines.clients_of(organisation), pk=machine_id)
        try:
            return page(request, organisation=organisation, client=client, **rest)
        except Ended:  # meanwhile, by somebody else
            raise Http404 from None

    return door


@require_GET
@managing
def clients(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    found = [{"client": one, "used": last_used(one)} for one in machines.clients_of(organisation)]
    context = {"organisation": organisation, "clients": found}
    return render(request, "employers/organisations/machine_clients.html", context)


@require_GET
@of_client
def one(request: HttpRequest, organisation: Organisation, client: ClientSystem) -> HttpResponse:
    context = {
        "organisation": organisation,
        "client": client,
        "scopes": [{"name": scope, "sentence": SCOPE_SENTENCES[scope]} for scope in client.scopes],
        "secrets": machines.secrets_of(client, at=clock.real_now()),
        "keys": machines.keys_of(client),
        "changes": machines.changes_of(client),
    }
    return render(request, "employers/organisations/machine_client.html", context)


@require_http_methods(FORMS)
@managing
@freshly_signed_in
def new(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    form = NewClient(request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = _made(request, organisation, form)
        if made:
            return secret_shown(request, organisation, *made)
    context = {"organisation": organisation, "form": form, "errors": form.found_wrong()}
    return render(request, "employers/organisations/new_client.html", context)


def _made(request: HttpRequest, organisation: Organisation, form: NewClient) -> tuple[ClientSystem, str] | None:
    said = form.cleaned_data
    try:
        return register(
            organisation=organisation,
            name=said["name"],
            scopes=said["scopes"],
            by=user_of(request),
            at=clock.real_now(),
        )
    except NameTaken:
        form.add_error("name", _("You have a client with this name. Choose another name."))
    except TooManyClients:
        form.add_error(None, _("You have 50 clients. End those that you do not use."))
    return None


def secret_shown(request: HttpRequest, organisation: Organisation, client: ClientSystem, secret: str) -> HttpResponse:
    """The one page that ever shows it. It is kept nowhere, and the browser is told not to keep it."""
    context = {
        "organisation": organisation,
        "client": client,
        "client_id": client.application.client_id,
        "secret": secret,
        "base": settings.PORTAL_URL.rstrip("/"),
    }
    return render(request, "employers/organisations/secret_shown.html", context)


@require_http_methods(FORMS)
@of_client
@freshly_signed_in
def scopes(request: HttpRequest, organisation: Organisation, client: ClientSystem) -> HttpResponse:
    form = Scopes(request.POST if request.method == "POST" else None, initial={"scopes": client.scopes})
    if form.is_valid():
        change_client(client=client, scopes=form.cleaned_data["scopes"], by=user_of(request), at=clock.real_now())
        return done(request, client, _("The change is in force from now on."))
    context = {"organisation": organisation, "client": client, "form": form, "errors": form.found_wrong()}
    return render(request, "employers/organisations/client_scopes.html", context)


@require_http_methods(FORMS)
@of_client
def end(request: HttpRequest, organisation: Organisation, client: ClientSystem) -> HttpResponse:
    """Asked a second time: a program stops."""
    if request.method == "POST":
        end_client(client=client, by=user_of(request), at=clock.real_now())
        messages.success(request, _("The client has ended. Nothing that it had opens anything any more."))
        return redirect("machine-clients", organisation_id=organisation.pk)
    context = {"organisation": organisation, "client": client}
    return render(request, "employers/organisations/end_client.html", context)


def done(request: HttpRequest, client: ClientSystem, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("machine-client", organisation_id=client.organisation_id, machine_id=client.pk)


def last_used(client: Any) -> datetime | None:
    """When it last got a token."""
    return max((moment for moment in (client.by_secret, client.by_key) if moment), default=None)
