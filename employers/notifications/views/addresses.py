"""Where mail about an employer goes, what comes, and the calendar."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from employers.notifications import letters, reach
from employers.notifications.forms import MINE, SHARED, AddressForm, ChoicesForm
from employers.notifications.models import CalendarFeed
from employers.notifications.share import revoke, share
from employers.organisations import rights
from employers.organisations.access import Actor, rights_of_user
from employers.organisations.models import Organisation, User
from employers.organisations.models_account import Address
from employers.organisations.views.doors import acting_for, user_of
from employers.records import clock, doorbell

SHARES = {rights.APPLY, rights.BANK_ACCOUNT}  # who holds one of these answers for what several read


@require_http_methods(["GET", "HEAD", "POST"])
@acting_for()
def notifications(request: HttpRequest, organisation: Organisation, by: Actor) -> HttpResponse:
    user = user_of(request)
    shares = _shares(user, organisation)
    initial = {"language": get_language(), "whose": SHARED}
    form = AddressForm(request.POST if request.method == "POST" else None, shares=shares, initial=initial)
    if request.method == "POST" and form.is_valid() and _added(request, organisation, form):
        return redirect("notifications", organisation_id=organisation.pk)
    context = {
        "organisation": organisation,
        "addresses": list(_own(organisation, user, shares=shares).order_by("id")),
        "form": form,
        "errors": form.found_wrong(),
        "kinds": len(letters.CHOICES),
        "feed": CalendarFeed.objects.filter(organisation=organisation, user=user, revoked_at__isnull=True).first(),
    }
    return render(request, "employers/notifications/notifications.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@acting_for()
def address(request: HttpRequest, organisation: Organisation, by: Actor, address_id: UUID) -> HttpResponse:
    """What comes to one address."""
    one = _one(request, organisation, address_id)
    initial = {"wanted": [code for code in letters.CHOICES if code not in one.opted_out], "language": one.language}
    form = ChoicesForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        refused = set(letters.CHOICES) - set(form.cleaned_data["wanted"])
        reach.choose(one.pk, opted_out=refused, language=form.cleaned_data["language"])
        messages.success(request, _("Your choices were saved."))
        return redirect("notifications", organisation_id=organisation.pk)
    context = {"organisation": organisation, "address": one, "form": form, "errors": form.found_wrong()}
    return render(request, "employers/notifications/address.html", context)


@require_POST
@acting_for()
def remove(request: HttpRequest, organisation: Organisation, by: Actor, address_id: UUID) -> HttpResponse:
    one = _one(request, organisation, address_id)
    reach.remove(one.pk, at=clock.now())
    messages.success(request, _("%(address)s was removed.") % {"address": one.email})
    return redirect("notifications", organisation_id=organisation.pk)


@require_POST
@acting_for()
def calendar(request: HttpRequest, organisation: Organisation, by: Actor) -> HttpResponse:
    """A new secret address, shown this once; or none any more."""
    user, at = user_of(request), clock.now()
    if "revoke" in request.POST:
        revoke(organisation=organisation, user=user, at=at)
        messages.success(request, _("The calendar address does not work any more."))
        return redirect("notifications", organisation_id=organisation.pk)
    token = share(organisation=organisation, user=user, language=get_language() or user.language, at=at)
    url = request.build_absolute_uri(reverse("calendar-feed", args=[token]))
    context = {"organisation": organisation, "url": url}
    return render(request, "employers/notifications/calendar.html", context)


def _shares(user: User, organisation: Organisation) -> bool:
    return bool(SHARES & {*rights_of_user(user, organisation, on=clock.today())})


def _own(organisation: Organisation, user: User, *, shares: bool) -> QuerySet[Address]:
    """One's own, and those that several read for whoever answers for them. Another person's own is not shown."""
    shown = Q(user=user) | Q(user__isnull=True) if shares else Q(user=user)
    return Address.objects.filter(shown, organisation=organisation, removed_at__isnull=True)


def _one(request: HttpRequest, organisation: Organisation, address_id: UUID) -> Address:
    """Raises Http404."""
    user = user_of(request)
    return get_object_or_404(_own(organisation, user, shares=_shares(user, organisation)), pk=address_id)


def _added(request: HttpRequest, organisation: Organisation, form: AddressForm) -> bool:
    user, said = user_of(request), form.cleaned_data
    own: dict[str, Any] = {"user": user if said.get("whose", MINE) == MINE else None, "by": user, "at": clock.now()}
    try:
        reach.add(organisation=organisation, email=said["email"], language=said["language"], **own)
    except reach.AlreadyThere:
        form.add_error("email", _("This address has been given already."))
        return False
    except reach.TooMany:
        form.add_error("email", _("So many addresses were given that we take no more today. Remove one first."))
        return False
    doorbell.ring()
    messages.success(request, _("We sent a link to %(address)s. Open it to confirm.") % {"address": said["email"]})
    return True
