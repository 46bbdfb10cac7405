"""The order in which applications need somebody, and the filters that cut the queue to a desk."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from employers.applications import lifecycle
from employers.applications.models import Application, InformationRequest, Payment
from employers.applications.models_corrections import CorrectionRequest
from employers.benefits.rules import BENEFITS
from employers.intake import words

ANSWERED, CORRECTED, OVERDUE, NEW, TO_PAY, WAITING, DONE = range(7)
NEEDS = {
    ANSWERED: _("answered"),
    CORRECTED: _("correction asked for"),
    OVERDUE: _("answer overdue"),
    NEW: _("to be handled"),
    TO_PAY: _("to be paid"),
    WAITING: _("waits for an answer"),
    DONE: _("nothing to do"),
}
ORDER = ("need", "submitted_at", "id")


def with_need(applications: QuerySet[Application], *, on: date) -> QuerySet[Application]:
    """Answered and overdue ones first; the oldest of each kind before the younger."""
    requests = InformationRequest.objects.filter(application=OuterRef("pk"))
    overdue = requests.filter(due__lt=on, items__answered_at__isnull=True)
    unpaid = Payment.objects.filter(decision__application=OuterRef("pk"), status=Payment.State.WAITING)
    corrections = waiting_corrections().filter(application=OuterRef("pk"))
    need = Case(
        When(Q(status=lifecycle.IN_HANDLING) & Exists(requests), then=Value(ANSWERED)),
        When(Q(status__in=lifecycle.ENDED) & Exists(corrections), then=Value(CORRECTED)),
        When(Q(status=lifecycle.INFORMATION_REQUESTED) & Exists(overdue), then=Value(OVERDUE)),
        When(status__in=[lifecycle.SUBMITTED, lifecycle.IN_HANDLING], then=Value(NEW)),
        When(Q(status=lifecycle.DECIDED) & Exists(unpaid), then=Value(TO_PAY)),
        When(status=lifecycle.INFORMATION_REQUESTED, then=Value(WAITING)),
        default=Value(DONE),
        output_field=IntegerField(),
    )
    return applications.annotate(need=need)


def waiting_corrections() -> QuerySet[CorrectionRequest]:
    return CorrectionRequest.objects.filter(state=CorrectionRequest.State.WAITING)


class DeskFilter(admin.SimpleListFilter):
    """Open ones unless something else is asked for: what is done is not work."""

    title = _("desk")
    parameter_name = "desk"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("mine", _("mine")), ("nobody", _("nobody's")), ("to_pay", _("to be paid")), ("all", _("all"))]

    def choices(self, changelist: Any) -> Any:
        choices = list(super().choices(changelist))
        choices[0]["display"] = _("open")
        return choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Application]) -> QuerySet[Application]:
        asked = Exists(waiting_corrections().filter(application=OuterRef("pk")))
        still_open = queryset.filter(Q(status__in=lifecycle.OPEN) | asked)
        desks = {
            "mine": still_open.filter(handler=request.user.pk),
            "nobody": still_open.filter(handler=None),
            "to_pay": queryset.filter(status=lifecycle.DECIDED, decision__payment__status=Payment.State.WAITING),
            "all": queryset,
        }
        return desks.get(self.value() or "", still_open)


class BenefitFilter(admin.SimpleListFilter):
    title = _("benefit")
    parameter_name = "benefit"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(code, words.benefit_name(code)) for code in BENEFITS]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Application]) -> QuerySet[Application]:
        return queryset.filter(benefit=self.value()) if self.value() else queryset
