"""Documents: attach them to a draft or an application, take them away from a draft, open those that were checked."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from employers.applications import attached, lifecycle, store
from employers.applications.attach import WORDS, attach, let_go
from employers.applications.formats import KINDS, LARGEST, Unfit
from employers.applications.models import Application, Draft, InformationRequest
from employers.applications.models_files import Attachment
from employers.applications.views.doors import (
    actor_about,
    actor_on,
    held_of,
    one_application,
    own_draft,
    refuse_without,
    saw,
    seen_by,
)
from employers.intake.forms.base import Body, Questions
from employers.intake.words import benefit_name
from employers.organisations import rights
from employers.organisations.access import Actor, covered
from employers.organisations.views.doors import signed_in, user_of
from employers.records import clock, doorbell

ACCEPTED = ",".join(f".{extension}" for kind in KINDS.values() for extension in kind.extensions)


class FileForm(Questions):
    document = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PDF, JPEG, PNG, XLSX or CSV, at most 10 MB."),
        allow_empty_file=True,  # told with the other reasons
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    missing = {"document": WORDS["file_missing"]}

    def refuse(self, code: str) -> None:
        self.errors.pop("document", None)
        self.add_error("document", forms.ValidationError(str(WORDS[code]), code=code))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def of_application(request: HttpRequest, application_id: UUID) -> HttpResponse:
    one = one_application(request, application_id)
    refuse_without(held_of(request, one.organisation), rights.to_send(one.benefit), one.organisation)
    return _page(request, one, back=one.get_absolute_url(), context={"application": one})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def of_draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    draft = own_draft(request, draft_id)
    if draft.application_id:
        return redirect("attachments", application_id=draft.application_id)
    return _page(request, draft, back=reverse("apply-check", args=[draft.pk]), context={"draft": draft})


@require_GET
@signed_in
def attachment(request: HttpRequest, attachment_id: UUID) -> HttpResponse:
    """Checked ones alone; whatever the file holds, the browser only saves it."""
    one = get_object_or_404(_readable_by(request), pk=attachment_id)
    person = one.application.person_id if one.application else None
    benefit = (one.application or one.draft).benefit  # type: ignore[union-attr]
    saw([person], by=actor_about(request, one.organisation, benefit), purpose="attachment", action="open")
    return download(request, one)


@require_POST
@signed_in
def delete(request: HttpRequest, attachment_id: UUID) -> HttpResponse:
    one = get_object_or_404(_of_drafts(request), pk=attachment_id)
    draft = one.draft_id
    if let_go(attachment_id=one.pk):
        doorbell.ring()
        messages.success(request, _("The file was deleted."))
    return redirect("draft-attachments", draft_id=draft)


def download(request: HttpRequest, one: Attachment) -> HttpResponse:
    """The caller has found it among the readable ones, and has logged the read."""
    try:
        content = store.get(one.stored)
    except store.Unavailable:
        return unavailable(request)
    return HttpResponse(
        content,
        headers={
            "Content-Type": KINDS[one.kind].content_type,
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=one.name) or "attachment",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )


def take(
    request: HttpRequest, form: FileForm, to: Application | Draft, *, about: InformationRequest | None = None
) -> bool:
    """Whether the form's file is attached now; if not, the form says why. Raises store.Unavailable."""
    file, by = form.cleaned_data["document"], _by(request, to)
    try:
        attach(to=to, name=file.name, content=file.read(), by=by, at=clock.now(), request=about)
    except Unfit as unfit:
        form.refuse(unfit.code)
        return False
    doorbell.ring()
    return True


def _by(request: HttpRequest, to: Application | Draft) -> Actor:
    return actor_on(request, to) if isinstance(to, Draft) else actor_about(request, to.organisation, to.benefit)


def unavailable(request: HttpRequest) -> HttpResponse:
    response = render(request, "503.html", {"again": request.get_full_path()}, status=503)
    response["Retry-After"] = "120"  # seconds
    return response


def file_form(request: HttpRequest, shape: type[Any] = FileForm, **options: Any) -> Any:
    """Of a request too large to be kept in memory the file was dropped on the way: the form tells why."""
    if request.method != "POST":
        return shape(**options)
    form = shape(request.POST, request.FILES, **options)
    sent = int(request.META.get("CONTENT_LENGTH") or 0)
    if "document" not in request.FILES and sent > max(LARGEST, settings.LARGEST_BODY):
        form.refuse("file_too_large")
    return form


def _page(request: HttpRequest, place: Application | Draft, *, back: str, context: Body) -> HttpResponse:
    form = file_form(request)
    if request.method == "POST" and form.is_valid():
        try:
            if take(request, form, place):
                messages.success(request, _("The file is attached. It is now being checked."))
                return redirect(request.get_full_path())
        except store.Unavailable:
            return unavailable(request)
    _saw_names(request, place)
    context |= {
        "organisation": place.organisation,
        "place": place,
        "benefit": benefit_name(place.benefit),
        "removable": isinstance(place, Draft),
        "open": isinstance(place, Draft) or place.status in lifecycle.OPEN,
        "form": form,
        "errors": form.found_wrong(),
        "back": back,
    }
    return render(request, "employers/applications/attachments.html", context)


def _saw_names(request: HttpRequest, place: Application | Draft) -> None:
    """Names of files tell of the person."""
    if isinstance(place, Application):
        by = actor_about(request, place.organisation, place.benefit)
        saw([place.person_id], by=by, purpose="attachment", action="list")


def _readable_by(request: HttpRequest) -> QuerySet[Attachment]:
    sent = Q(application__in=Application.objects.filter(seen_by(user_of(request))))
    unsent = Q(pk__in=_of_drafts(request).values("pk"))
    return attached.readable().select_related("organisation", "application", "draft").filter(sent | unsent)


def _of_drafts(request: HttpRequest) -> QuerySet[Attachment]:
    """Of those that were not sent yet, shared by all who may prepare them."""
    prepared = Draft.objects.filter(covered(user_of(request), on=clock.today(), needed=rights.to_prepare))
    return Attachment.objects.filter(draft__in=prepared.filter(application=None))
