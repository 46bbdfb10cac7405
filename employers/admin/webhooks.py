"""Where machine clients hear of events, and what was sent there. Addresses and secrets are the clients' own."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from employers.admin import said
from employers.admin.readonly import ReadOnlyAdmin
from employers.notifications.models_webhooks import WebhookDelivery, WebhookEndpoint


@admin.register(WebhookEndpoint)
class WebhookEndpointAdmin(ReadOnlyAdmin):
    """Its owner makes it active again, nobody else."""

    list_display = ("created", "client", "organisation", "description", "state", "why", "disabled")
    list_filter = ("state", "why")
    list_select_related = ("client__organisation",)
    search_fields = ("=client__organisation__business_id", "=client__name")
    search_help_text = _("Business ID, or the name of a machine client")
    ordering = ("-id",)
    fields = (*list_display, "kinds", "earlier_secret_ends")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("url", "secret", "earlier_secret")

    @admin.display(description=_("created at"), ordering="id")
    def created(self, endpoint: WebhookEndpoint) -> str:
        return said.moment(endpoint.created_at)

    @admin.display(description=_("organisation"))
    def organisation(self, endpoint: WebhookEndpoint) -> str:
        return str(endpoint.client.organisation)

    @admin.display(description=_("disabled at"), ordering="disabled_at")
    def disabled(self, endpoint: WebhookEndpoint) -> str:
        return said.moment(endpoint.disabled_at)

    @admin.display(description=_("events"))
    def kinds(self, endpoint: WebhookEndpoint) -> str:
        return ", ".join(endpoint.types) or str(_("All of them"))

    @admin.display(description=_("the secret before ends"))
    def earlier_secret_ends(self, endpoint: WebhookEndpoint) -> str:
        return said.moment(endpoint.earlier_until)


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(ReadOnlyAdmin):
    list_display = ("written", "type", "client", "webhook", "status", "attempts", "next_attempt", "last")
    list_filter = ("status", "type")
    list_select_related = ("endpoint__client",)
    search_fields = ("=event", "=endpoint__client__name")
    search_help_text = _("Id of the event, or the name of a machine client")
    ordering = ("-id",)
    fields = (*list_display, "event", "tries")

    @admin.display(description=_("written at"), ordering="id")
    def written(self, delivery: WebhookDelivery) -> str:
        return said.moment(delivery.created_at)

    @admin.display(description=_("machine client"))
    def client(self, delivery: WebhookDelivery) -> str:
        return str(delivery.endpoint.client)

    @admin.display(description=_("webhook"))
    def webhook(self, delivery: WebhookDelivery) -> str:
        return str(delivery.endpoint)

    @admin.display(description=_("next attempt at"), ordering="next_at")
    def next_attempt(self, delivery: WebhookDelivery) -> str:
        return said.moment(delivery.next_at) if delivery.status == WebhookDelivery.State.WAITING else ""

    @admin.display(description=_("last attempt"))
    def last(self, delivery: WebhookDelivery) -> str:
        return _told(delivery.tried[-1]) if delivery.tried else ""

    @admin.display(description=_("attempts"))
    def tries(self, delivery: WebhookDelivery) -> str:
        return "; ".join(f"{one['at']}: {_told(one)}" for one in delivery.tried)


def _told(one: dict[str, Any]) -> str:
    """A status, or why there is none, and how long it took."""
    what = " ".join(str(part) for part in (one["status_code"], one["error"]) if part)
    return f"{what}, {one['duration_ms']} ms"
