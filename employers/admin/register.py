"""What came from the Incomes Register about people: claims in reports, and findings."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from employers.admin import said, verbs
from employers.admin.readonly import ReadOnlyAdmin
from employers.admin.records import link
from employers.applications.models_register import Finding, RegisterClaim
from employers.benefits.problems import Problem
from employers.intake import words
from employers.records import clock
from employers.records.readlog import log_reads


class OfPeopleAdmin(ReadOnlyAdmin):
    """Rows about people: whoever is on a page was looked at. The list tells all there is to tell."""

    list_display_links = None

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_view_permission(request, obj)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        response = super().changelist_view(request, extra_context)
        if isinstance(response, TemplateResponse) and response.context_data:
            people = [self.person_of(row) for row in response.context_data["cl"].result_list]
            reader = verbs.acting(request).as_reader()
            log_reads(filter(None, people), reader=reader, purpose="register", action="list", at=clock.now())
        return response

    def person_of(self, row: Any) -> Any:
        return row.person_id

    @admin.display(description=_("absence"))
    def absence(self, row: Any) -> str:
        return said.period(row.absence_start, row.absence_end)

    @admin.display(description=_("application"))
    def application_link(self, row: Any) -> str:
        return link(row.application_id, row.application.reference) if row.application_id else ""


@admin.register(RegisterClaim)
class RegisterClaimAdmin(OfPeopleAdmin):
    list_display = ("status", "organisation", "absence", "report_id", "why", "application_link", "attempts")
    list_filter = ("status",)
    list_select_related = ("paid_absence__report__organisation", "application")
    search_fields = ("=paid_absence__report__organisation__business_id", "=paid_absence__report__report_id")
    search_help_text = _("Business ID or the report's number in the register")
    ordering = ("-paid_absence",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return RegisterClaim.objects.order_by("-paid_absence")

    def person_of(self, row: Any) -> Any:
        return row.paid_absence.report.person_id

    @admin.display(description=_("employer"))
    def organisation(self, claim: RegisterClaim) -> str:
        return str(claim.paid_absence.report.organisation)

    @admin.display(description=_("absence"), ordering="paid_absence__start")
    def absence(self, claim: RegisterClaim) -> str:
        return said.period(claim.paid_absence.start, claim.paid_absence.end)

    @admin.display(description=_("report"))
    def report_id(self, claim: RegisterClaim) -> str:
        return claim.paid_absence.report.report_id

    @admin.display(description=_("problems"))
    def why(self, claim: RegisterClaim) -> str:
        """In the words the employer would get, with the place they are about."""
        told = [Problem(one["field"], one["code"], one["severity"], one["params"]) for one in claim.problems]
        return " ".join(f"{problem.pointer} {words.sentence(problem)}".strip() for problem in told)


@admin.register(Finding)
class FindingAdmin(OfPeopleAdmin):
    list_display = (
        "status", "organisation", "benefit_name", "absence", "paid", "estimated_amount", "deadline", "application_link",
    )  # fmt: skip
    list_filter = ("status", "benefit")
    list_select_related = ("organisation", "application")
    search_fields = ("=organisation__business_id",)
    search_help_text = _("Business ID")
    ordering = ("deadline", "id")

    @admin.display(description=_("benefit"), ordering="benefit")
    def benefit_name(self, finding: Finding) -> str:
        return words.benefit_name(finding.benefit)
