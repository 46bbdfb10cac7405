"""Where the money goes, and what the employer agrees to: what is there, what is missing and what follows from that."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from employers.applications.views.guide import topics_beside
from employers.notifications.forms import AccountForm
from employers.organisations import change_account, rights
from employers.organisations.access import Actor, rights_of_user
from employers.organisations.models import Organisation
from employers.organisations.models_account import CONFIRM_WITHIN, AccountChange, ConsentChange
from employers.organisations.reached import confirmed_addresses, waiting_change
from employers.organisations.views.doors import acting_for, freshly_signed_in, user_of
from employers.organisations.views.missing import MissingRight
from employers.records import clock, doorbell

OPENS = {rights.BANK_ACCOUNT, rights.APPLY}
SHOWN = 20  # changes of the past


@require_GET
@acting_for()
def account(request: HttpRequest, organisation: Organisation, by: Actor) -> HttpResponse:
    held = set(rights_of_user(user_of(request), organisation, on=clock.today()))
    if not held & OPENS:
        raise MissingRight(organisation, rights.BANK_ACCOUNT)
    context = {
        "organisation": organisation,
        "missing": organisation.missing,
        "last_four": organisation.iban[-4:],
        "waiting": waiting_change(organisation, at=clock.now()),
        "may_change": rights.BANK_ACCOUNT in held,
        "may_agree": rights.APPLY in held,
        "past": _past(organisation),
        "topics": topics_beside("start", organisation=organisation, codes=_codes(organisation)),
    }
    return render(request, "employers/notifications/account.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@acting_for(rights.BANK_ACCOUNT)
@freshly_signed_in
def change(request: HttpRequest, organisation: Organisation, by: Actor) -> HttpResponse:
    form = AccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _asked(request, organisation, by, form):
        return redirect("account", organisation_id=organisation.pk)
    context = {
        "organisation": organisation,
        "form": form,
        "errors": form.found_wrong(),
        "addresses": confirmed_addresses([organisation.pk]),
        "last_four": organisation.iban[-4:],
        "days": CONFIRM_WITHIN.days,
    }
    return render(request, "employers/notifications/account_change.html", context)


@require_POST
@acting_for(rights.BANK_ACCOUNT)
def cancel(request: HttpRequest, organisation: Organisation, by: Actor) -> HttpResponse:
    change_account.cancel(organisation=organisation, by=by, at=clock.now())
    messages.success(request, _("The change was cancelled. Nothing changes in your bank account."))
    return redirect("account", organisation_id=organisation.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@acting_for(rights.BANK_ACCOUNT)
@freshly_signed_in
def confirm(request: HttpRequest, organisation: Organisation, by: Actor, change: str) -> HttpResponse:
    """From the mail. Looking changes nothing: the button does."""
    asked = change_account.of_token(change, organisation=organisation)
    if asked is None:
        raise Http404
    if request.method == "POST":
        return _confirmed(request, organisation, by, asked)
    waiting = waiting_change(organisation, at=clock.now())
    context = {
        "organisation": organisation,
        "asked": asked,
        "waits": waiting is not None and waiting.pk == asked.pk,
        "last_four": organisation.iban[-4:],
    }
    return render(request, "employers/notifications/account_confirm.html", context)


def _asked(request: HttpRequest, organisation: Organisation, by: Actor, form: AccountForm) -> bool:
    try:
        change_account.ask(organisation=organisation, iban=form.cleaned_data["iban"], by=by, at=clock.now())
    except change_account.SameAccount:
        form.add_error("iban", _("This account is in use already."))
        return False
    except change_account.NoAddress:
        form.add_error("iban", _("First give an e-mail address of the employer and confirm it."))
        return False
    doorbell.ring()
    messages.success(request, _("We sent a link by e-mail. The account changes when the link is confirmed."))
    return True


def _confirmed(request: HttpRequest, organisation: Organisation, by: Actor, asked: AccountChange) -> HttpResponse:
    try:
        change_account.confirm(change=asked, by=by, at=clock.now())
    except change_account.NotWaiting:
        messages.info(request, _("This change waits no more: it was confirmed or cancelled, or its time ran out."))
    else:
        doorbell.ring()
        messages.success(request, _("The new bank account is in use."))
    return redirect("account", organisation_id=organisation.pk)


def _past(organisation: Organisation) -> list[dict[str, Any]]:
    """Who changed what and when, newest first. Of an account its last four characters."""
    accounts = AccountChange.objects.filter(organisation=organisation).select_related(
        "asked_by", "closed_by", "acting_organisation"
    )
    consents = ConsentChange.objects.filter(organisation=organisation).select_related("by")
    told = [_account_row(one) for one in accounts.order_by("-pk")[:SHOWN]]
    told += [_consent_row(one) for one in consents.order_by("-pk")[:SHOWN]]
    return sorted(told, key=lambda row: row["at"], reverse=True)[:SHOWN]


def _account_row(change: AccountChange) -> dict[str, Any]:
    words = {
        AccountChange.State.WAITING: _("Bank account ending in %(last)s given"),
        AccountChange.State.CONFIRMED: _("Bank account ending in %(last)s taken into use"),
        AccountChange.State.CANCELLED: _("Bank account ending in %(last)s cancelled"),
    }
    return {
        "at": change.closed_at or change.asked_at,
        "what": words[AccountChange.State(change.status)] % {"last": change.last_four},
        "who": change.closed_by or change.asked_by or _program(change),
    }


def _program(change: AccountChange) -> str:
    """The organisation whose program asked."""
    return change.acting_organisation.name if change.acting_organisation else ""


def _consent_row(change: ConsentChange) -> dict[str, Any]:
    words = _("Agreed: %(what)s") if change.given else _("Taken back: %(what)s")
    return {"at": change.at, "what": words % {"what": change.get_what_display()}, "who": change.by or ""}


def _codes(organisation: Organisation) -> list[str]:
    """Guidance about what is missing stands first."""
    return [f"{name}_missing" for name in organisation.missing]
