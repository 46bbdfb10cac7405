"""One run of the register: how far it is, what it brought, what could not be read; and the button to run it again."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.admin.utils import label_for_field
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from employers.admin import said, verbs
from employers.admin.readonly import ReadOnlyAdmin
from employers.income_register.models import QuarantinedReport, RegisterSync
from employers.income_register.models_subscriptions import RegisterAlarm
from employers.income_register.rerun import NobodyToAsk, NotEnded, rerun
from employers.records import clock, doorbell

COUNTS = ("reports", "new", "replaced", "invalidated", "quarantined", "findings")
MOST_SHOWN = 100  # unreadable reports and alarms on a run's page
PHASES = {
    "fetch": _("fetched"),
    "verify": _("signature verified"),
    "stage": _("read"),
    "merge": _("compared with what is known"),
}


@admin.register(RegisterSync)
class RegisterSyncAdmin(ReadOnlyAdmin):
    list_display = (
        "requested", "of", "status", "error", "kind", "window", "reports", "new", "quarantined", "findings", "finished",
    )  # fmt: skip
    list_filter = ("status", "error", "dry_run", "again")
    list_select_related = ("organisation", "subscription")
    search_fields = ("=organisation__business_id", "=source")
    search_help_text = _("Business ID or the name of a file")
    ordering = ("-id",)
    change_form_template = "admin/employers/registersync/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        again = self.admin_site.admin_view(require_POST(self.again))
        return [path("<uuid:pk>/again/", again, name="employers_registersync_again"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        sync = self.get_object(request, object_id)
        if request.method != "GET" or not self.has_view_permission(request, sync):
            raise PermissionDenied
        if sync is None:
            raise Http404
        shown = {
            "sync": sync,
            "window": self.window(sync),
            "counts": [(label_for_field(name, RegisterSync), getattr(sync, name)) for name in COUNTS],
            "timings": timings(sync),
            "quarantined": sync.quarantined_reports.select_related("organisation").order_by("pk")[:MOST_SHOWN],
            "alarms": RegisterAlarm.objects.filter(sync=sync).order_by("pk")[:MOST_SHOWN],
            "can_run": sync.status in (RegisterSync.Status.FINISHED, RegisterSync.Status.FAILED) and may_run(request),
        }
        page = {**self.admin_site.each_context(request), "opts": self.opts, "title": self.of(sync)}
        return TemplateResponse(request, self.change_form_template, page | shown)

    def again(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        sync = self.get_object(request, str(pk))
        if not may_run(request):
            raise PermissionDenied
        if sync is None:
            raise Http404
        return run_again(request, sync)

    @admin.display(description=_("employer or file"))
    def of(self, sync: RegisterSync) -> str:
        return str(sync.organisation) if sync.organisation else sync.source

    @admin.display(description=_("kind"))
    def kind(self, sync: RegisterSync) -> str:
        return ", ".join(
            str(label_for_field(name, RegisterSync)) for name in ("dry_run", "again") if getattr(sync, name)
        )

    @admin.display(description=_("requested"), ordering="requested_at")
    def requested(self, sync: RegisterSync) -> str:
        return said.moment(sync.requested_at)

    @admin.display(description=_("finished at"), ordering="finished_at")
    def finished(self, sync: RegisterSync) -> str:
        return said.moment(sync.finished_at)

    @admin.display(description=_("window"))
    def window(self, sync: RegisterSync) -> str:
        if sync.window_from is None or sync.window_until is None:
            return ""
        return f"{said.moment(sync.window_from)}\u2013{said.moment(sync.window_until)}"


def timings(sync: RegisterSync) -> list[dict[str, Any]]:
    """Seconds by phase in the order they come, each beside the longest."""
    longest = max(sync.timings.values(), default=0)
    return [
        {"name": name, "seconds": sync.timings[phase], "longest": longest}
        for phase, name in PHASES.items()
        if phase in sync.timings
    ]


def may_run(request: HttpRequest) -> bool:
    """Whoever may only look may not have everything read anew."""
    return request.user.has_perm("employers.change_registersync")


def run_again(request: HttpRequest, sync: RegisterSync) -> HttpResponse:
    try:
        asked = rerun(sync.pk, by=verbs.acting(request), at=clock.now())
    except NotEnded:
        messages.error(request, now("This run has not ended yet."))
        return redirect("admin:employers_registersync_change", sync.pk)
    except NobodyToAsk:
        messages.error(request, now("No employer of this run lets its register data be read."))
        return redirect("admin:employers_registersync_change", sync.pk)
    doorbell.ring()
    text = ngettext("The window is read again.", "The window is read again for %(count)d employers.", len(asked))
    messages.success(request, text % {"count": len(asked)})
    if len(asked) > 1:
        return redirect("admin:employers_registersync_changelist")
    return redirect("admin:employers_registersync_change", asked[0].pk)


@admin.register(QuarantinedReport)
class QuarantinedReportAdmin(ReadOnlyAdmin):
    """The reason names the element that could not be read, never what stood in it."""

    list_display = ("moment", "organisation", "report_id", "reason", "resolved")
    list_select_related = ("organisation",)
    list_filter = (("resolved_at", admin.EmptyFieldListFilter),)
    search_fields = ("=organisation__business_id", "=report_id")
    search_help_text = _("Business ID or the report's number in the register")
    ordering = ("-id",)
    fields = ("moment", "organisation", "report_id", "reason", "resolved", "sync")
    change_form_template = "admin/employers/quarantinedreport/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        again = self.admin_site.admin_view(require_POST(self.again))
        return [path("<uuid:pk>/again/", again, name="employers_quarantinedreport_again"), *super().get_urls()]

    def again(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        if not may_run(request):
            raise PermissionDenied
        report = QuarantinedReport.objects.select_related("sync").filter(pk=pk).first()
        if report is None:
            raise Http404
        return run_again(request, report.sync)

    @admin.display(description=_("time"), ordering="at")
    def moment(self, report: QuarantinedReport) -> str:
        return said.moment(report.at)

    @admin.display(description=_("read later"), ordering="resolved_at")
    def resolved(self, report: QuarantinedReport) -> str:
        return said.moment(report.resolved_at)
