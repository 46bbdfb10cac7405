"""Paid absences that nobody has claimed, many in one go: choose, look at the list and its sum once, send."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from employers.applications import known
from employers.applications.claim_finding import FindingGone, claim_finding
from employers.applications.models_register import Finding
from employers.applications.submit import Duplicate, Overlap, Refused
from employers.applications.views.doors import saw
from employers.applications.views.guide import topics_beside
from employers.benefits.claim import Contact
from employers.benefits.problems import errors
from employers.intake.forms.base import Questions
from employers.intake.forms.steps import CERTIFICATES, INSURER_CASES, one_of, short_text
from employers.intake.words import benefit_name, sentence
from employers.organisations import rights
from employers.organisations.access import Actor
from employers.organisations.models import Organisation
from employers.organisations.views.doors import acting_for, user_of
from employers.people.models import Employment
from employers.records import clock, doorbell

AT_ONCE = 100  # that one page shows and one press sends
SOON = 14  # days before a deadline that are worth a warning
MANY = "chosen"
NOTHING_CHOSEN = gettext_lazy("Choose at least one absence.")


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

    def changes(self) -> dict[str, Any]:
        """Fields of each claim."""
        said = self.cleaned_data
        contact = {name: said[f"contact__{name}"] for name in ("name", "phone", "email")}
        made = {"contact": Contact(**contact)} if any(contact.values()) else {}
        return {"certificate": said["certificate"], "insurer_case": said["insurer_case"], **made}


@require_http_methods(["GET", "HEAD", "POST"])
@acting_for(rights.APPLY)
def findings(request: HttpRequest, organisation: Organisation, by: Actor) -> HttpResponse:
    """First the choice, then all that was chosen to look at, then what became of each. `sure`: it was looked at."""
    open_ones = _open(organisation)
    form = _form(request, organisation)
    chosen = [one for one in open_ones if str(one.pk) in request.POST.getlist(MANY)]
    sure = request.method == "POST" and "sure" in request.POST and request.POST.getlist(MANY)
    if sure and form.is_valid():
        return _claimed(request, organisation, by, form)
    saw([one.person_id for one in open_ones], by=by, purpose="finding", action="list")
    if request.method == "POST" and chosen and "back" not in request.POST and form.is_valid():
        return _looked_at(request, organisation, chosen, form)
    wrong = form.found_wrong() if request.method == "POST" and "back" not in request.POST else []
    if request.method == "POST" and not chosen:
        wrong = [{"href": f"#id_{MANY}", "text": str(NOTHING_CHOSEN)}, *wrong]
    return _choice(request, organisation, open_ones, chosen, form, wrong)


def _form(request: HttpRequest, organisation: Organisation) -> CommonForm:
    if request.method == "POST":
        return CommonForm(request.POST)
    contact = known.contact(user_of(request), organisation) or {}
    said = {f"contact__{name}": text for name, text in contact.items()}
    return CommonForm(initial={"certificate": "electronic", "insurer_case": "none", **said})


def _open(organisation: Organisation) -> list[Finding]:
    """The most pressing first, with the name that the employer has told."""
    found = Finding.objects.filter(organisation=organisation, status=Finding.State.OPEN, kind="unclaimed")
    shown = list(found.order_by("deadline", "id")[:AT_ONCE])
    _with_words(organisation, shown)
    return shown


def _with_words(organisation: Organisation, found: Sequence[Finding]) -> None:
    told = Employment.objects.filter(organisation=organisation, person__in=[one.person_id for one in found])
    names = {one.person_id: f"{one.given_name or ''} {one.family_name or ''}".strip() for one in told}
    for one in found:
        one.last_day = one.due  # type: ignore[attr-defined]
        one.days_left = (one.last_day - clock.today()).days  # type: ignore[attr-defined]
        one.soon = one.days_left <= SOON  # type: ignore[attr-defined]
        one.employee = names.get(one.person_id, "")  # type: ignore[attr-defined]
        one.benefit_name = benefit_name(one.benefit)  # type: ignore[attr-defined]


def _choice(
    request: HttpRequest,
    organisation: Organisation,
    shown: list[Finding],
    chosen: list[Finding],
    form: CommonForm,
    wrong: list[dict[str, Any]],
) -> HttpResponse:
    picked = {one.pk for one in chosen}
    context = {
        "organisation": organisation,
        "rows": [{"finding": one, "chosen": one.pk in picked or request.method != "POST"} for one in shown],
        "form": form,
        "errors": wrong,
        "topics": topics_beside("start", organisation=organisation),
    }
    return render(request, "employers/applications/findings.html", context)


def _looked_at(
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
        "said": [(path, one[name].value()) for path, one, name in form.paths()],
    }
    return render(request, "employers/applications/findings_check.html", context)


def _claimed(request: HttpRequest, organisation: Organisation, by: Actor, form: CommonForm) -> HttpResponse:
    """Each by itself: what cannot be sent as it is stays, and says why."""
    asked = [UUID(text) for text in request.POST.getlist(MANY)[:AT_ONCE] if _is_id(text)]
    found = list(Finding.objects.filter(organisation=organisation, pk__in=asked).order_by("deadline", "id"))
    _with_words(organisation, found)
    saw([one.person_id for one in found], by=by, purpose="finding", action="claim")
    results = [{"finding": one, **_claim(one, by, form.changes())} for one in found]
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
