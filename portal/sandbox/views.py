"""The sandbox's own sign-in, where no identification broker is connected: choose who to be."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from employers.organisations.views import sign_in as product
from portal.sandbox import cast
from portal.sandbox.identification.people import told


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_page(request: HttpRequest) -> HttpResponse:
    """Who is chosen by place in the cast: an identity code stays out of pages and addresses."""
    if settings.IDENTIFICATION_URL:
        return product.sign_in_page(request)
    if request.method == "POST":
        return _chosen(request)
    product.remember_next(request)
    return _page(request)


def _chosen(request: HttpRequest) -> HttpResponse:
    try:
        person = dict(enumerate(cast.PEOPLE))[int(request.POST.get("person", ""))]
    except (ValueError, KeyError):
        return _page(request, status=400)
    user = product.sign_in(request, person.identity_code)
    if user is None:
        return _page(request, status=503)
    return product.after_sign_in(request, user)


def _page(request: HttpRequest, *, status: int = 200) -> HttpResponse:
    said = product.why(request) | {"people": told(cast.PEOPLE)}
    return render(request, "portal/sandbox/sign_in.html", said, status=status)
