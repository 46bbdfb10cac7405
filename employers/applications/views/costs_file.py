"""The provider's file of costs: a template to give it, and a look at what is in the file before it is used."""

import csv
import io
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from employers.applications.models import Draft
from employers.applications.share import save_page
from employers.applications.sheets import TYPE, workbook
from employers.applications.views import drafted
from employers.applications.views.apply import frame, page_of, sent_page
from employers.applications.views.attachments import file_form
from employers.applications.views.doors import actor_on, own_draft
from employers.applications.views.running import NAMES
from employers.intake import costs
from employers.intake.detail_words import CHOICE_NAMES
from employers.intake.forms.base import Body, Questions, Step
from employers.intake.forms.pages import pages_of
from employers.organisations.rights import OCCUPATIONAL_HEALTH
from employers.organisations.views.doors import signed_in
from employers.records import clock

STEP, PATH = "costs", "details.costs"
ADD = "add"


class CostsFileForm(Questions):
    document = forms.FileField(
        label=gettext_lazy("File of costs"),
        help_text=gettext_lazy("CSV or XLSX, at most 10 MB and 5,000 lines."),
        allow_empty_file=True,  # told with the other reasons
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    missing = {"document": costs.WORDS["file_missing"]}

    def refuse(self, code: str) -> None:
        self.errors.pop("document", None)
        self.add_error("document", forms.ValidationError(str(costs.WORDS[code]), code=code))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def costs_file(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    draft = own_draft(request, draft_id)
    if draft.benefit != OCCUPATIONAL_HEALTH:
        raise Http404
    if draft.application_id:
        return redirect(sent_page(draft))
    if request.method == "POST" and "use" in request.POST:
        return _used(request, draft)
    form, found = file_form(request, CostsFileForm), None
    if request.method == "POST" and form.is_valid():
        found = _looked_into(form)
    return render(request, "employers/applications/costs_file.html", _context(draft, form, found))


@require_GET
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """For everybody: a provider has no right here. `kind`: csv or xlsx. Raises Http404 for another."""
    if kind not in MADE:
        raise Http404
    make, content_type = MADE[kind]
    headers = {"Content-Disposition": f'attachment; filename="costs.{kind}"'}
    return HttpResponse(make(*costs.template()), content_type=content_type, headers=headers)


def _as_csv(headings: list[str], rows: list[list[str]]) -> bytes:
    """With the mark by which a spreadsheet knows the encoding, and its separator here."""
    written = io.StringIO()
    csv.writer(written, delimiter=";").writerows([headings, *rows])
    return written.getvalue().encode("utf-8-sig")


def _as_workbook(headings: list[str], rows: list[list[str]]) -> bytes:
    return workbook({_("Costs"): (headings, [[cell or None for cell in row] for row in rows])})


MADE: dict[str, Any] = {"csv": (_as_csv, "text/csv; charset=utf-8"), "xlsx": (_as_workbook, TYPE)}


def _looked_into(form: CostsFileForm) -> list[costs.Line] | None:
    file = form.cleaned_data["document"]
    try:
        return costs.read(file.read(), name=file.name)
    except costs.Refused as refused:
        form.refuse(refused.code)
        return None


def _used(request: HttpRequest, draft: Draft) -> HttpResponse:
    """What the page showed comes back with the button, and is judged as if it had been typed."""
    form = _step(request.POST)
    if not form.is_valid() or not form.costs():
        messages.error(request, _("The costs could not be read. Choose the file once more."))
        return redirect("apply-costs", draft_id=draft.pk)
    adds, new = request.POST["use"] == ADD, form.costs()
    kept = save_page(
        draft_id=draft.pk,
        step=STEP,
        seen=None,
        change=lambda old: _with(old, new, adds=adds),
        by=actor_on(request, draft),
        at=clock.now(),
    )
    draft.content = kept.content
    messages.success(request, _("The costs are in the application. Check them."))
    return redirect(page_of(draft, STEP))


def _with(old: Body, new: list[Body], *, adds: bool) -> Body:
    """Those said before stay beside the new ones, if they have a sum. Of a class and kind there is one."""
    said = ((old.get("body", {}).get("details") or {}).get(STEP) or []) if adds else []
    together = costs.summed([*(one for one in said if one.get("amount")), *new])
    typed = {f"{PATH}.{at}.{name}": value for at, cost in enumerate(together) for name, value in cost.items()}
    form = _step(typed)
    form.is_valid()
    return drafted.with_answers(old, STEP, form)


def _step(data: Any) -> Any:
    shape: type[Step] = pages_of(OCCUPATIONAL_HEALTH)[STEP]
    return shape(data)


def _context(draft: Draft, form: CostsFileForm, found: list[costs.Line] | None) -> Body:
    read = [line for line in found or [] if line.cost]
    summed = costs.summed(line.cost for line in read if line.cost)
    body = drafted.content(draft)["body"]
    said = [one for one in (body.get("details") or {}).get(STEP) or [] if one.get("amount")]
    return {
        **frame(draft),
        "draft": draft,
        "form": form,
        "errors": form.found_wrong(),
        "found": found is not None,
        "read": len(read),
        "wrong": [_wrong(line) for line in found or [] if line.problems],
        "costs": [_cost(one) for one in summed],
        "fields": [(f"{PATH}.{at}.{name}", value) for at, one in enumerate(summed) for name, value in one.items()],
        "said": bool(said),
        "back": page_of(draft, STEP),
    }


def _wrong(line: costs.Line) -> Body:
    words = [costs.WORDS[code] for code in line.problems]
    return {"number": line.number, "description": line.description, "words": words}


def _cost(cost: dict[str, str]) -> Body:
    return {"class": NAMES[cost["class"]], "kind": CHOICE_NAMES[f"costs.kind.{cost['kind']}"], "amount": cost["amount"]}
