"""E-mails that went out, that wait and that failed. What they said is nowhere kept; the address is shown in part."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from employers.admin import said
from employers.admin.readonly import ReadOnlyAdmin
from employers.notifications import letters
from employers.notifications.deliver import NotFailed, try_again
from employers.notifications.models import Mail
from employers.records import clock, doorbell


class KindFilter(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(code, kind.subject) for code, kind in letters.KINDS.items()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    """The one thing to do here: try again what was given up."""

    list_display = ("written", "about", "to", "organisation", "status", "attempts", "next_attempt", "sent", "error")
    list_filter = ("status", KindFilter)
    list_select_related = ("address__organisation",)
    search_fields = ("=address__organisation__business_id",)
    search_help_text = _("Business ID")
    ordering = ("-id",)
    fields = list_display

    def get_urls(self) -> list[URLPattern]:
        again = self.admin_site.admin_view(require_POST(self.try_again))
        return [path("<uuid:mail_id>/again/", again, name="employers_mail_again"), *super().get_urls()]

    def try_again(self, request: HttpRequest, mail_id: UUID) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            try_again(mail_id, at=clock.now())
        except NotFailed:
            messages.error(request, now("This e-mail was not given up."))
        else:
            doorbell.ring("employers.send_mails")
            messages.success(request, now("The e-mail is tried again."))
        return redirect("admin:employers_mail_change", mail_id)

    @admin.display(description=_("written at"), ordering="id")
    def written(self, mail: Mail) -> str:
        return said.moment(mail.created_at)

    @admin.display(description=_("kind"), ordering="kind")
    def about(self, mail: Mail) -> str:
        return str(letters.KINDS[mail.kind].subject)

    @admin.display(description=_("e-mail"))
    def to(self, mail: Mail) -> str:
        return mail.address.masked

    @admin.display(description=_("employer"))
    def organisation(self, mail: Mail) -> str:
        return str(mail.address.organisation)

    @admin.display(description=_("next attempt at"), ordering="next_at")
    def next_attempt(self, mail: Mail) -> str:
        return said.moment(mail.next_at) if mail.status == Mail.State.WAITING else ""

    @admin.display(description=_("sent at"), ordering="sent_at")
    def sent(self, mail: Mail) -> str:
        return said.moment(mail.sent_at)
