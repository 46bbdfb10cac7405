"""What a page says to whom a right is missing: which, who at the employer can give it, and how."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.defaults import permission_denied

from employers.organisations.holders import who_can_give
from employers.organisations.models import Organisation
from employers.organisations.words import GRANTING_NAME, GRANTING_SENTENCE, RIGHT_NAMES, RIGHT_SENTENCES
from employers.records import clock

MANAGE = "manage"  # no right that can be given alone: an office, or an employer's word
TOPIC = "mandates"  # the guidance about rights


class MissingRight(PermissionDenied):
    """For doors: whoever may see the employer lacks this right. The page is made by `forbidden`."""

    def __init__(self, organisation: Organisation, right: str) -> None:
        super().__init__(_("You can see this employer's matters, but you have no right to do this."))
        self.organisation, self.right = organisation, right


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403"""
    if not isinstance(exception, MissingRight):
        return permission_denied(request, exception)
    organisation, right = exception.organisation, exception.right
    context = {
        "organisation": organisation,
        "right": RIGHT_NAMES.get(right, GRANTING_NAME),
        "sentence": RIGHT_SENTENCES.get(right, GRANTING_SENTENCE),
        "managing": right == MANAGE,
        "givers": who_can_give(organisation.pk, on=clock.today()),
        "topic": TOPIC,
        "exception": str(exception),
    }
    return render(request, "employers/organisations/missing_right.html", context, status=403)
