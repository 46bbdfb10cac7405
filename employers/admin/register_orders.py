"""Subscriptions at the register with the buttons to order and to end them, and the alarms that are open."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from employers.admin import said
from employers.admin.readonly import ReadOnlyAdmin
from employers.income_register import subscribe
from employers.income_register.client import BadSignature, RegisterRefused, RegisterUnavailable, Unsendable
from employers.income_register.models_subscriptions import RegisterAlarm, RegisterSubscription
from employers.records import clock

State = RegisterSubscription.Status
FACTS = {
    "since": _("since"),
    "expected": _("expected"),
    "begins": _("begins"),
    "asked": _("asked for"),
    "told": _("told"),
    "promised": _("promised"),
    "reports": _("reports"),
    "until": _("until"),
    "subject": _("issued to"),
    "error": _("error"),
    "file": _("file"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    label: str | Promise
    done: str | Promise
    run: Callable[..., RegisterSubscription]
    allowed: Callable[[RegisterSubscription], bool]


BUTTONS = {
    "order": Button(
        label=_("Order"),
        done=_("The register was told. Whether it agrees shows here."),
        run=subscribe.order,
        allowed=lambda one: one.status == State.WANTED,
    ),
    "confirm": Button(
        label=_("Ask what became of it"),
        done=_("The register was asked."),
        run=subscribe.confirm,
        allowed=lambda one: one.status == State.ORDERED,
    ),
    "end": Button(
        label=_("End"),
        done=_("The register was told to end it."),
        run=subscribe.end,
        allowed=lambda one: one.status == State.ACTIVE,
    ),
}


@admin.register(RegisterSubscription)
class RegisterSubscriptionAdmin(ReadOnlyAdmin):
    list_display = ("kind", "status", "recurring", "employers", "read_until", "ordered", "ended", "why")
    list_filter = ("status", "recurring")
    ordering = ("-id",)
    fields = (
        "kind", "status", "recurring", "employers", "all_versions", "profile", "changes_since", "valid_from",
        "daily_at", "read_until", "ordered", "ended", "why", "number",
    )  # fmt: skip
    change_form_template = "admin/employers/registersubscription/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return RegisterSubscription.objects.annotate(listed=Count("organisations")).order_by("-id")

    def get_urls(self) -> list[URLPattern]:
        do = self.admin_site.admin_view(require_POST(self.do))
        return [path("<uuid:pk>/do/<slug:verb>/", do, name="employers_registersubscription_do"), *super().get_urls()]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        found = self.get_object(request, object_id) if object_id else None
        buttons = {verb: one for verb, one in BUTTONS.items() if found and one.allowed(found)}
        return super().changeform_view(request, object_id, form_url, {"buttons": buttons})

    def do(self, request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
        if not request.user.has_perm("employers.change_registersubscription"):
            raise PermissionDenied
        if verb not in BUTTONS or self.get_object(request, str(pk)) is None:
            raise Http404
        refused = _pressed(BUTTONS[verb], pk, at=clock.now())
        messages.error(request, refused) if refused else messages.success(request, str(BUTTONS[verb].done))
        return redirect("admin:employers_registersubscription_change", pk)

    @admin.display(description=_("employers"))
    def employers(self, subscription: Any) -> str:
        return str(subscription.listed or now("all"))

    @admin.display(description=_("changes since"))
    def changes_since(self, subscription: RegisterSubscription) -> str:
        return said.moment(subscription.modified_from)

    @admin.display(description=_("read until"), ordering="synced_until")
    def read_until(self, subscription: RegisterSubscription) -> str:
        return said.moment(subscription.synced_until)

    @admin.display(description=_("ordered"), ordering="ordered_at")
    def ordered(self, subscription: RegisterSubscription) -> str:
        return said.moment(subscription.ordered_at)

    @admin.display(description=_("ended"), ordering="ended_at")
    def ended(self, subscription: RegisterSubscription) -> str:
        return said.moment(subscription.ended_at)

    @admin.display(description=_("the register's error codes"))
    def why(self, subscription: RegisterSubscription) -> str:
        return ", ".join(subscription.errors)

    @admin.display(description=_("our reference"))
    def number(self, subscription: RegisterSubscription) -> str:
        return subscription.reference


def _pressed(button: Button, pk: UUID, *, at: datetime) -> str:
    """What went wrong, in words; nothing when it went well."""
    try:
        button.run(pk, at=at)
    except subscribe.WrongState:
        return now("Somebody was faster: the subscription has moved on.")
    except Unsendable:
        return now("The register would refuse this order. Make another one.")
    except RegisterUnavailable:
        return now("The register does not answer now. Try again later.")
    except (RegisterRefused, BadSignature):
        return now("What the register answered cannot be used. Look at the log.")
    return ""


def _fact(value: Any) -> str:
    """Times as the language writes them; everything else as it is."""
    if isinstance(value, list):
        return "\u2013".join(_fact(one) for one in value)
    try:
        return said.moment(datetime.fromisoformat(value)) if "T" in str(value) else str(value)
    except (TypeError, ValueError):
        return str(value)


class OpenFilter(admin.SimpleListFilter):
    """Open ones unless something else is asked for."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("cleared", _("cleared")), ("all", _("all"))]

    def choices(self, changelist: Any) -> Any:
        choices = list(super().choices(changelist))
        choices[0]["display"] = _("open")
        return choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[RegisterAlarm]) -> QuerySet[RegisterAlarm]:
        if self.value() == "all":
            return queryset
        return queryset.filter(cleared_at__isnull=self.value() != "cleared")


@admin.register(RegisterAlarm)
class RegisterAlarmAdmin(ReadOnlyAdmin):
    """Nothing is pressed away: an alarm goes when it is well again."""

    list_display = ("raised", "kind", "about", "organisation", "told", "run", "cleared")
    list_display_links = None
    list_filter = (OpenFilter, "kind")
    list_select_related = ("organisation",)
    search_fields = ("=about", "=organisation__business_id")
    search_help_text = _("Business ID or the name of a file")
    ordering = ("-id",)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The list tells all there is to tell."""
        return obj is None and super().has_view_permission(request, obj)

    @admin.display(description=_("raised"), ordering="raised_at")
    def raised(self, alarm: RegisterAlarm) -> str:
        return said.moment(alarm.raised_at)

    @admin.display(description=_("cleared"), ordering="cleared_at")
    def cleared(self, alarm: RegisterAlarm) -> str:
        return said.moment(alarm.cleared_at)

    @admin.display(description=_("facts"))
    def told(self, alarm: RegisterAlarm) -> str:
        return "; ".join(f"{FACTS.get(name, name)}: {_fact(value)}" for name, value in alarm.facts.items())

    @admin.display(description=_("run"))
    def run(self, alarm: RegisterAlarm) -> SafeString | str:
        if alarm.sync_id is None:
            return ""
        address = reverse("admin:employers_registersync_change", args=[alarm.sync_id])
        return format_html('<a href="{}">{}</a>', address, now("open"))
