"""Documents that employers attached: what is held and why, and those that were checked to open."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from employers.admin import said, verbs
from employers.admin.readonly import ReadOnlyAdmin
from employers.admin.records import link
from employers.applications import attached
from employers.applications.models_files import Attachment
from employers.applications.scan import MOST_TRIES, NO_SCANNER, UNREADABLE
from employers.applications.views.attachments import download
from employers.records import clock
from employers.records.readlog import log_reads

TROUBLES = {
    NO_SCANNER: _("The scanner does not answer. It is asked again all the time."),
    UNREADABLE: _("The file cannot be read in the store. It is tried again all the time."),
}


@admin.register(Attachment)
class AttachmentAdmin(ReadOnlyAdmin):
    """The names of files are personal data: they are on the application's page, where looking is logged."""

    list_display = ("added", "application_link", "kind", "length", "state", "why", "found", "open_link")
    list_display_links = None
    list_filter = ("state", "trouble", "kind")
    list_select_related = ("application",)
    ordering = ("-id",)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [path("<uuid:pk>/open/", wrap(self.open), name="employers_attachment_open"), *super().get_urls()]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The list alone."""
        return obj is None and super().has_view_permission(request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Attachment]:
        return Attachment.objects.select_related("application").order_by("-id")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not settings.CLAMD_URL:
            messages.warning(
                request, _("No scanner is configured (CLAMD_URL): every document is held, and none opens.")
            )
        return super().changelist_view(request, extra_context)

    def open(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """A document of an application, checked, to save; a draft's is the employer's alone. Logged."""
        if not self.has_view_permission(request) or not request.user.has_perm("employers.view_application"):
            raise PermissionDenied
        sent = attached.readable().filter(application__isnull=False).select_related("application")
        one = get_object_or_404(sent, pk=pk)
        persons = [one.application.person_id] if one.application and one.application.person_id else []
        reader = verbs.acting(request).as_reader()
        log_reads(persons, reader=reader, purpose="handling", action="open_attachment", at=clock.now())
        return download(request, one)

    @admin.display(description=_("added"), ordering="added_at")
    def added(self, one: Attachment) -> str:
        return said.moment(one.added_at)

    @admin.display(description=_("application"))
    def application_link(self, one: Attachment) -> SafeString | str:
        return link(one.application_id, one.application.reference) if one.application else str(_("not sent yet"))

    @admin.display(description=_("size"), ordering="size")
    def length(self, one: Attachment) -> str:
        return filesizeformat(one.size)

    @admin.display(description=_("why it waits"))
    def why(self, one: Attachment) -> str:
        if one.state != Attachment.State.HELD:
            return ""
        if one.tries >= MOST_TRIES:
            return str(_("It ended its worker three times. Ask the operators to look at it."))
        return str(TROUBLES.get(one.trouble, ""))

    @admin.display(description=_("open"))
    def open_link(self, one: Attachment) -> SafeString | str:
        if one.state != Attachment.State.RELEASED or not one.application_id:
            return ""
        return format_html('<a href="{}">{}</a>', reverse("admin:employers_attachment_open", args=[one.pk]), _("Save"))
