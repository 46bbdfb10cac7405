"""What happened and who looked. Nothing here can be changed."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from employers.admin import said
from employers.admin.readonly import ReadOnlyAdmin
from employers.applications.models import InformationRequest
from employers.records.models import Event, ReadLog


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ("moment", "type", "status", "application_link")
    list_filter = ("type",)
    search_fields = ("application__exact", "subject__exact", "organisation__exact")
    search_help_text = _("The id of an application, an employer or what else it was about.")
    ordering = ("-id",)

    @admin.display(description=_("time"), ordering="id")
    def moment(self, event: Event) -> str:
        return said.moment(event.at)

    @admin.display(description=_("application"))
    def application_link(self, event: Event) -> SafeString | str:
        return link(event.application) if event.application else ""


@admin.register(ReadLog)
class ReadLogAdmin(ReadOnlyAdmin):
    list_display = ("moment", "person", "actor_kind", "actor", "principal", "purpose", "action", "hits")
    list_filter = ("actor_kind", "purpose", "action")
    search_fields = ("person__exact", "actor__exact", "principal__exact")
    search_help_text = _("The id of a person, of whoever looked or of an employer.")
    ordering = ("-id",)

    @admin.display(description=_("time"), ordering="id")
    def moment(self, row: ReadLog) -> str:
        return said.moment(row.at)


@admin.register(InformationRequest)
class InformationRequestAdmin(ReadOnlyAdmin):
    """Which questions are out; the questions and answers are on the application's page."""

    list_display = ("due", "application_link", "asked_by", "answered")
    list_display_links = None
    list_select_related = ("application", "asked_by")
    search_fields = ("=application__reference",)
    ordering = ("-id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        done = Count("items", filter=Q(items__answered_at__isnull=False))
        return InformationRequest.objects.annotate(done=done, questions=Count("items")).order_by("-id")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The list alone: one of them is read where it belongs, and that is logged."""
        return obj is None and super().has_view_permission(request, obj)

    @admin.display(description=_("application"))
    def application_link(self, request: InformationRequest) -> SafeString:
        return link(request.application_id, request.application.reference)

    @admin.display(description=_("answered"))
    def answered(self, request: Any) -> str:
        return f"{request.done}/{request.questions}"


def link(application: Any, text: str = "") -> SafeString:
    return format_html(
        '<a href="{}">{}</a>', reverse("admin:employers_application_change", args=[application]), text or application
    )
