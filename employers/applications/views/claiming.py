"""Many findings claimed in one go: what is asked once of all of them, the list to look at, what became of each."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employers.applications import known
from employers.applications.claim_finding import FindingGone, claim_finding
from employers.applications.models_register import Finding
from employers.applications.submit import Duplicate, Overlap, Refused
from employers.applications.views import found
from employers.applications.views.doors import saw
from employers.benefits.claim import Contact
from employers.benefits.problems import errors
from employers.intake.forms.base import Questions
from employers.intake.forms.pages import pages_of
from employers.intake.forms.steps import CERTIFICATES, INSURER_CASES, one_of, short_text
from employers.intake.words import sentence
from employers.organisations.access import Actor
from employers.organisations.models import Organisation
from employers.organisations.views.doors import user_of
from employers.records import clock, doorbell

AT_ONCE = 100  # that one press sends
MANY = "chosen"
ASKED_WHERE_NEEDED = ("certificate", "insurer_case")  # of a benefit whose pages ask it


class CommonForm(Questions):
    """What the register does not tell, where it is the same for all that were chosen."""

    certificate = one_of(CERTIFICATES, label=gettext_lazy("How do we get the medical certificates?"))
    insurer_case = one_of(
        INSURER_CASES,
        label=gettext_lazy("Could an insurance company have to pay for one of these?"),
        help_text=gettext_lazy("Leave out those for which it is otherwise, and claim them by themselves."),
    )
    contact__name = short_text(100, label=gettext_lazy("Who can tell us more?"), required=False)
    contact__phone = short_text(40, label=gettext_lazy("Phone number"), required=False)
    contact__email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254, required=False)

    def __init__(self, *args: Any, benefits: Collection[str], **options: Any) -> None:
        """What no page of these benefits asks is not asked here either."""
        super().__init__(*args, **options)
        for name in ASKED_WHERE_NEEDED:
            if benefits and not any(asks(benefit, name) for benefit in benefits):
                del self.fields[name]

    def changes(self, benefit: str) -> dict[str, Any]:
        """Fields of a claim of this benefit."""
        said = self.cleaned_data
        contact = {name: said[f"contact__{name}"] for name in ("name", "phone", "email")}
        made: dict[str, Any] = {"contact": Contact(**contact)} if any(contact.values()) else {}
        return made | {name: said[name] for name in ASKED_WHERE_NEEDED if name in said and asks(benefit, name)}


def asks(benefit: str, name: str) -> bool:
    return any(page().knows(name) for page in pages_of(benefit).values())


def form_of(request: HttpRequest, organisation: Organisation) -> CommonForm:
    """Answered once the list was looked at; before that with what is usual."""
    ours = Finding.objects.filter(organisation=organisation, pk__in=asked(request))
    benefits = ours.values_list("benefit", flat=True).distinct()
    if "sure" in request.POST:
        return CommonForm(request.POST, benefits=benefits)
    contact = known.contact(user_of(request), organisation) or {}
    said = {f"contact__{name}": text for name, text in contact.items()}
    return CommonForm(initial={"certificate": "electronic", "insurer_case": "none", **said}, benefits=benefits)


def asked(request: HttpRequest) -> list[UUID]:
    """The ids that were chosen; what is none is left out."""
    return [UUID(text) for text in request.POST.getlist(MANY)[:AT_ONCE] if _is_id(text)]


def looked_at(
    request: HttpRequest, organisation: Organisation, chosen: list[Finding], form: CommonForm
) -> HttpResponse:
    """The list and its sum, once more; the answers go along."""
    amounts = [one.estimated_amount for one in chosen if one.estimated_amount is not None]
    context = {
        "organisation": organisation,
        "chosen": chosen,
        "sum": sum(amounts, start=Decimal(0)),
        "known": len(amounts),
        "without_sum": len(chosen) - len(amounts),
        "form": form,
        "errors": form.found_wrong(),
    }
    return render(request, "employers/applications/findings_check.html", context)


def claimed(request: HttpRequest, organisation: Organisation, by: Actor, form: CommonForm) -> HttpResponse:
    """Each by itself: what cannot be sent as it is stays, and says why."""
    ours = Finding.objects.filter(organisation=organisation, kind=Finding.Kind.UNCLAIMED, pk__in=asked(request))
    picked = list(ours.order_by("deadline", "id"))
    found.with_words(organisation, picked, on=clock.today())
    saw([one.person_id for one in picked], by=by, purpose="finding", action="claim")
    results = [{"finding": one, **_claim(one, by, form.changes(one.benefit))} for one in picked]
    doorbell.ring()
    context = {
        "organisation": organisation,
        "results": results,
        "sent": sum(result["application"] is not None for result in results),
    }
    return render(request, "employers/applications/findings_sent.html", context)


def _claim(one: Finding, by: Actor, changes: dict[str, Any]) -> dict[str, Any]:
    """`application`: what it became, now or before; else `why` not, and whether it can be `completed`."""
    if one.application_id:
        return {"application": one.application_id, "why": [], "completed": False}
    try:
        with transaction.atomic():
            made = claim_finding(finding_id=one.pk, by=by, at=clock.now(), claim_changes=changes)
    except FindingGone:
        return _left(_("This absence is no longer waiting for an application."), completed=False)
    except (Duplicate, Overlap):
        return _left(_("Another application covers these days already."), completed=False)
    except Refused as refused:
        return _left(*dict.fromkeys(sentence(problem) for problem in errors(refused.problems)), completed=True)
    return {"application": made.pk, "why": [], "completed": False}


def _left(*why: str, completed: bool) -> dict[str, Any]:
    return {"application": None, "why": list(why), "completed": completed}


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
