"""Figures of the law that are confirmed later: one official enters them, another approves. Nothing is edited."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from employers.admin import figures, said
from employers.admin.readonly import ReadOnlyAdmin
from employers.law import words
from employers.law.models import ConfirmedValue
from employers.records import clock


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(words.STATES.items())

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        states: dict[str, dict[str, Any]] = {
            "waiting": {"approved_at": None, "withdrawn_at": None},
            "approved": {"approved_at__isnull": False},
            "withdrawn": {"withdrawn_at__isnull": False},
        }
        return queryset.filter(**states.get(self.value() or "", {}))


@admin.register(ConfirmedValue)
class ConfirmedValueAdmin(ReadOnlyAdmin):
    list_display = ("figure", "valid_from", "written", "state_name", "entered", "approved")
    list_filter = (StateFilter,)
    list_select_related = ("entered_by", "approved_by")
    ordering = ("-id",)
    add_form_template = "admin/employers/enter.html"
    change_form_template = "admin/employers/confirmedvalue/change_form.html"

    @admin.display(description=_("figure"), ordering="name")
    def figure(self, value: ConfirmedValue) -> str:
        return words.title(value.name)

    @admin.display(description=_("in force from"), ordering="start")
    def valid_from(self, value: ConfirmedValue) -> str:
        return said.day(value.start)

    @admin.display(description=_("value"))
    def written(self, value: ConfirmedValue) -> str:
        return figures.amount(value.name, value.value)

    @admin.display(description=_("state"))
    def state_name(self, value: ConfirmedValue) -> str:
        return str(words.STATES[value.state])

    @admin.display(description=_("entered"), ordering="entered_at")
    def entered(self, value: ConfirmedValue) -> str:
        return figures.by_and_at(value.entered_by, value.entered_at)

    @admin.display(description=_("approved"), ordering="approved_at")
    def approved(self, value: ConfirmedValue) -> str:
        return figures.by_and_at(value.approved_by, value.approved_at)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("employers.add_confirmedvalue")

    def get_urls(self) -> list[URLPattern]:
        do = self.admin_site.admin_view(require_POST(self.do))
        return [path("<uuid:pk>/do/<slug:verb>/", do, name="employers_confirmedvalue_do"), *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """GET shows the form, POST enters what was typed."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = figures.EnterForm(request.POST if request.method == "POST" else None, label_suffix="")
        entered = figures.entered(form, by=figures.user_of(request), at=clock.now()) if form.is_valid() else None
        if entered:
            messages.success(request, _("The figure waits for another official to approve it."))
            return redirect("admin:employers_confirmedvalue_change", entered.pk)
        shown = {"form": form, "media": form.media, "submit": _("Enter")}
        context = self.context(request, title=_("Enter a confirmed figure")) | shown
        return TemplateResponse(request, self.add_form_template, context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        value = self.get_object(request, object_id)
        if value is None or not self.has_view_permission(request, value):
            raise Http404
        shown = {
            "value": value,
            "amount": figures.amount(value.name, value.value),
            "state": words.STATES[value.state],
            "buttons": figures.BUTTONS if value.is_waiting and self.may_act(request) else {},
            "is_own": value.entered_by_id == request.user.pk,
            "known": figures.known(value.name),
        }
        return TemplateResponse(request, self.change_form_template, self.context(request, title=str(value)) | shown)

    def do(self, request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
        if not self.may_act(request):
            raise PermissionDenied
        if verb not in figures.BUTTONS or self.get_object(request, str(pk)) is None:
            raise Http404
        button = figures.BUTTONS[verb]
        refused = figures.pressed(button, value_id=pk, by=figures.user_of(request), at=clock.now())
        messages.error(request, refused) if refused else messages.success(request, str(button.done))
        return redirect("admin:employers_confirmedvalue_change", pk)

    def may_act(self, request: HttpRequest) -> bool:
        return request.user.has_perm("employers.change_confirmedvalue")

    def context(self, request: HttpRequest, *, title: str | Promise) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
