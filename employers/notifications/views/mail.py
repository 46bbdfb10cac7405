"""Where links in mails lead: nobody has to sign in, and looking changes nothing. Mail scanners open every link."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from employers.notifications import letters, reach
from employers.organisations.models_account import Address
from employers.records import clock


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def confirm_address(request: HttpRequest, address_token: str) -> HttpResponse:
    """Whoever holds the link reads the mail there: that is all that is to be shown."""
    known = letters.address_of(address_token)
    address = reach.confirmable(known, at=clock.now()) if known else None
    if address is None:
        return render(request, "employers/notifications/link_over.html", status=404)
    if request.method == "POST":
        address = reach.confirm(address.pk, at=clock.now())
    context = {"address": address, "done": address is not None and address.confirmed_at is not None}
    return render(request, "employers/notifications/address_confirm.html", context)


@csrf_exempt  # mail programs post here by one click (RFC 8058) and have no cookie of ours
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stop(request: HttpRequest, stop_token: str) -> HttpResponse:
    """The token can stop one kind of mail to one address, and nothing else."""
    address, code = letters.stopped_by(stop_token) or ("", "")
    one = Address.objects.filter(pk=address).first() if code in letters.CHOICES else None
    if one is None:
        raise Http404
    if request.method == "POST":
        reach.stop(one.pk, code)
    context = {"address": one, "choice": letters.CHOICES[code], "done": request.method == "POST"}
    return render(request, "employers/notifications/stop.html", context)
