"""Many applications from a file: look through all of them first, and send those that are fine."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from employers.applications import preview as previews
from employers.applications.attach import WORDS
from employers.applications.look import WRONG
from employers.applications.views import looked, upload_files
from employers.applications.views.choice import benefit_of, groups
from employers.applications.views.doors import saw
from employers.applications.views.guide import topics_beside
from employers.intake import spreadsheets
from employers.intake.batch import Unreadable
from employers.intake.forms.base import Questions
from employers.intake.models import Batch
from employers.intake.models_previews import Preview
from employers.intake.words import sentence
from employers.organisations import rights
from employers.organisations.access import Actor
from employers.organisations.models import Organisation
from employers.organisations.views.doors import acting_for, user_of
from employers.records import clock, doorbell

CHECKER, SENDER = "employers.check_previews", "employers.work_batches"
AGAIN = 5  # seconds until a page about something that runs is asked again
TOO_LARGE = gettext_lazy("The file is larger than 20 MB. Save it in two parts.")
OTHER_KIND = gettext_lazy("We take CSV and XLSX files. Save the file as one of these.")


class UploadForm(Questions):
    document = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or XLSX, at most 20 MB. One application on each row."),
        allow_empty_file=True,  # told with the other reasons
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    missing = {"document": WORDS["file_missing"]}

    def refuse(self, *texts: Any) -> None:
        self.errors.pop("document", None)
        for text in texts:
            self.add_error("document", forms.ValidationError(str(text)))


@require_http_methods(["GET", "HEAD", "POST"])
@acting_for(rights.APPLY)
def upload(request: HttpRequest, organisation: Organisation, by: Actor) -> HttpResponse:
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        kept = _taken(request, organisation, form)
        if kept:
            return redirect(kept)
    context = {
        "organisation": organisation,
        "form": form,
        "errors": form.found_wrong(),
        "kept": looked.previews_of(organisation).filter(kind=Preview.Kind.FILE).defer("content", "found")[:10],
        "groups": groups(),
        "most": previews.MOST,
        "topics": topics_beside("start", organisation=organisation),
    }
    return render(request, "employers/applications/upload.html", context)


@require_GET
@acting_for(rights.APPLY)
def template(request: HttpRequest, organisation: Organisation, by: Actor, benefit: str, kind: str) -> HttpResponse:
    return upload_files.template(benefit_of(benefit), kind, on=clock.today())


@require_GET
@acting_for(rights.APPLY)
def preview(request: HttpRequest, organisation: Organisation, by: Actor, preview_id: UUID) -> HttpResponse:
    """What would become of every row; once sent, what became of it."""
    one = looked.one_preview(organisation, preview_id, user=user_of(request))
    page = looked.page_of_rows(one, request.GET.get("page"))
    people = [UUID(row["person"]) for row in page.object_list if row.get("person")]
    saw([*dict.fromkeys(people)], by=by, purpose="application", action="preview")
    context = {
        "organisation": organisation,
        "preview": one,
        "page": page,
        "totals": looked.totals(one.found),
        "running": looked.is_running(one),
        "until": looked.until(one),
        "topics": topics_beside("check", organisation=organisation, codes=_codes(one)),
    }
    response = render(request, "employers/applications/preview.html", context)
    if context["running"]:
        response["Refresh"] = str(AGAIN)
    return response


@require_POST
@acting_for(rights.APPLY)
def send(request: HttpRequest, organisation: Organisation, by: Actor, preview_id: UUID) -> HttpResponse:
    one = looked.one_preview(organisation, preview_id, user=user_of(request))
    mode = request.POST.get("mode", Batch.Mode.PARTIAL)
    if mode not in Batch.Mode.values:
        raise Http404
    try:
        previews.send(preview_id=one.pk, mode=mode, by=by, at=clock.now())
        doorbell.ring(SENDER)
    except previews.NotAllFine:
        messages.info(request, _("Nothing was sent: some rows have to be corrected first."))
    except previews.NothingToSend:
        messages.info(request, _("There is nothing that could be sent yet."))
    return redirect(one)


@require_GET
@acting_for(rights.APPLY)
def errors(request: HttpRequest, organisation: Organisation, by: Actor, preview_id: UUID, kind: str) -> HttpResponse:
    """The rows to be corrected, as the file had them."""
    one = looked.one_preview(organisation, preview_id, user=user_of(request))
    found = [row for row in one.found if row["status"] == WRONG]
    if one.kind != Preview.Kind.FILE or not found:
        raise Http404
    people = [UUID(row["person"]) for row in found if row.get("person")]
    saw([*dict.fromkeys(people)], by=by, purpose="application", action="download")
    name = f"{organisation.business_id}-{clock.today():%Y-%m-%d}.{kind}"
    return upload_files.wrong_rows(name, kind, content=one.content, found=found)


@require_POST
@acting_for(rights.APPLY)
def delete(request: HttpRequest, organisation: Organisation, by: Actor, preview_id: UUID) -> HttpResponse:
    """The file and what was found of it; what was sent from it stays sent."""
    one = looked.one_preview(organisation, preview_id, user=user_of(request))
    previews.discard(preview_id=one.pk)
    messages.success(request, _("What you had not sent was deleted."))
    return redirect("upload" if one.kind == Preview.Kind.FILE else "claim-list", organisation_id=organisation.pk)


def _codes(one: Preview) -> list[str]:
    return list(dict.fromkeys(problem["code"] for row in one.found for problem in row["problems"]))


def _form(request: HttpRequest) -> UploadForm:
    """Of a file too large to be kept in memory nothing is left: the form tells why."""
    if request.method != "POST":
        return UploadForm()
    form = UploadForm(request.POST, request.FILES)
    sent = int(request.META.get("CONTENT_LENGTH") or 0)
    if "document" not in request.FILES and sent > settings.LARGEST_BODY:
        form.refuse(TOO_LARGE)
    return form


def _taken(request: HttpRequest, organisation: Organisation, form: UploadForm) -> Preview | None:
    """Kept, and looked through if that is soon done. None where the form says why not."""
    file = form.cleaned_data["document"]
    if file.size > settings.LARGEST_BODY or not file.name.lower().endswith((".csv", ".xlsx")):
        form.refuse(TOO_LARGE if file.size > settings.LARGEST_BODY else OTHER_KIND)
        return None
    try:
        table = spreadsheets.read(file.read(), name=file.name, most=previews.MOST)
    except spreadsheets.Unfit as unfit:
        form.refuse(WORDS[unfit.code])
        return None
    except Unreadable as unreadable:
        form.refuse(*[_in_header(problem.field) + sentence(problem) for problem in unreadable.problems])
        return None
    return _looked_through(request, organisation, file.name, table)


def _in_header(field: str) -> str:
    """Columns are told by their place, counted from 1 as people do."""
    place = field.removeprefix("columns.")
    return _("Column %(number)s:") % {"number": int(place) + 1} + " " if place.isdigit() else ""


def _looked_through(request: HttpRequest, organisation: Organisation, name: str, table: spreadsheets.Table) -> Preview:
    at = clock.now()
    kept = previews.keep_file(
        organisation=organisation,
        user=user_of(request),
        name=name,
        header=table.header,
        lines=table.lines,
        at=at,
    )
    if len(table.lines) > previews.AT_ONCE:
        doorbell.ring(CHECKER)
        return kept
    return previews.check(preview_id=kept.pk, at=at)
