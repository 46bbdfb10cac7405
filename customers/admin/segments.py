"""What officials see of segments, and only those allowed to. Nothing can be changed here."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from customers.segments import words
from customers.segments.models import SegmentAssignment
from employers.admin.readonly import ReadOnlyAdmin
from employers.organisations.access import Actor
from employers.records import clock
from employers.records.readlog import log_reads


@admin.register(SegmentAssignment)
class SegmentAssignmentAdmin(ReadOnlyAdmin):
    list_display = ("person", "segment_name", "sliding", "valid_from", "assigned_on", "superseded")
    list_filter = ("segment", "sliding", "superseded")
    ordering = ("-id",)
    fields = ("person", "segment_name", "previous_name", "sliding", "reasons_said", "valid_from", "assigned_on")

    @admin.display(description=_("segment"), ordering="segment")
    def segment_name(self, assignment: SegmentAssignment) -> str:
        return words.segment_name(assignment.segment)

    @admin.display(description=_("previous segment"))
    def previous_name(self, assignment: SegmentAssignment) -> str:
        return words.segment_name(assignment.previous)

    @admin.display(description=_("reasons"))
    def reasons_said(self, assignment: SegmentAssignment) -> str:
        return format_html_join("; ", "{} ({})", ((row["text"], row["since"]) for row in reasons(assignment)))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Whoever is on the page of the list was looked at."""
        response = super().changelist_view(request, extra_context)
        if isinstance(response, TemplateResponse) and response.context_data:
            log(request, *response.context_data["cl"].result_list, action="list")
        return response

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> SegmentAssignment | None:
        """Every page about one assignment begins here."""
        assignment: SegmentAssignment | None = super().get_object(request, object_id, from_field)
        if assignment and self.has_view_permission(request, assignment):
            log(request, assignment, action="read")
        return assignment


def log(request: HttpRequest, *assignments: SegmentAssignment, action: str) -> None:
    reader = Actor(role="official", user=request.user).as_reader()  # type: ignore[arg-type]
    persons = [assignment.person_id for assignment in assignments]
    log_reads(persons, reader=reader, purpose="customer_service", action=action, at=clock.now())


def said(assignment: SegmentAssignment) -> dict[str, Any]:
    return {
        "name": words.segment_name(assignment.segment),
        "sliding": assignment.sliding,
        "valid_from": assignment.valid_from,
        "assigned_on": assignment.assigned_on,
        "current": not assignment.superseded,
        "reasons": reasons(assignment),
    }


def reasons(assignment: SegmentAssignment) -> list[dict[str, Any]]:
    return [
        {"text": words.reason(reason["code"]), "since": date.fromisoformat(reason["since"])}
        for reason in assignment.reasons
    ]
