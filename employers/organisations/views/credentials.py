"""The secrets and public keys of one machine client."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from employers.organisations import machines
from employers.organisations.assertions import BadKey
from employers.organisations.forms_machines import NewKey, NewSecret
from employers.organisations.machine_words import KEY_TROUBLES
from employers.organisations.models import ClientSystem, Organisation
from employers.organisations.register_key import SameKey, TooManyKeys, register_key, remove_key
from employers.organisations.rotate_secret import TooMany, end_secret, rotate
from employers.organisations.views.doors import freshly_signed_in, user_of
from employers.organisations.views.machine_clients import FORMS, done, of_client, secret_shown
from employers.records import clock


@require_http_methods(FORMS)
@of_client
@freshly_signed_in
def new_secret(request: HttpRequest, organisation: Organisation, client: ClientSystem) -> HttpResponse:
    """The old one goes on for as long as one chooses."""
    at = clock.real_now()
    has_old = machines.secrets_of(client, at=at).exists()
    form = NewSecret(request.POST if request.method == "POST" else None, has_old=has_old)
    if form.is_valid():
        name = form.cleaned_data["name"]
        try:
            _row, plain = rotate(client=client, name=name, overlap=form.overlap, by=user_of(request), at=at)
        except TooMany:
            form.add_error(None, _("Two secrets are in use already. End one of them first."))
        else:
            return secret_shown(request, organisation, client, plain)
    context = {"organisation": organisation, "client": client, "form": form, "errors": form.found_wrong()}
    return render(request, "employers/organisations/new_secret.html", context)


@require_http_methods(FORMS)
@of_client
def ending_secret(
    request: HttpRequest, organisation: Organisation, client: ClientSystem, secret_id: UUID
) -> HttpResponse:
    at = clock.real_now()
    secret = get_object_or_404(machines.secrets_of(client, at=at), pk=secret_id)
    if request.method == "POST":
        end_secret(secret=secret, by=user_of(request), at=at)
        return done(request, client, _("The secret has ended."))
    context = {"organisation": organisation, "client": client, "secret": secret}
    return render(request, "employers/organisations/end_secret.html", context)


@require_http_methods(FORMS)
@of_client
@freshly_signed_in
def new_key(request: HttpRequest, organisation: Organisation, client: ClientSystem) -> HttpResponse:
    form = NewKey(request.POST if request.method == "POST" else None)
    if form.is_valid() and _added(request, client, form):
        return done(request, client, _("The key is in use from now on."))
    context = {
        "organisation": organisation,
        "client": client,
        "form": form,
        "errors": form.found_wrong(),
        "audience": f"{settings.PORTAL_URL.rstrip('/')}/oauth/token",
    }
    return render(request, "employers/organisations/new_key.html", context)


def _added(request: HttpRequest, client: ClientSystem, form: NewKey) -> bool:
    said = form.cleaned_data
    try:
        register_key(client=client, name=said["name"], text=said["key"], by=user_of(request), at=clock.real_now())
    except BadKey as wrong:
        form.add_error("key", KEY_TROUBLES[wrong.code])
    except SameKey:
        form.add_error("key", _("The client has this key already, or another key of the same name (kid)."))
    except TooManyKeys:
        form.add_error(None, _("Five keys are in use already. Remove one of them first."))
    return form.is_valid()


@require_http_methods(FORMS)
@of_client
def removing_key(request: HttpRequest, organisation: Organisation, client: ClientSystem, key_id: UUID) -> HttpResponse:
    key = get_object_or_404(machines.keys_of(client), pk=key_id)
    if request.method == "POST":
        remove_key(key=key, by=user_of(request), at=clock.real_now())
        return done(request, client, _("The key is removed."))
    context = {"organisation": organisation, "client": client, "key": key}
    return render(request, "employers/organisations/remove_key.html", context)
