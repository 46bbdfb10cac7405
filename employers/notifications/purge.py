"""Let go of what was sent long ago: the event log itself has it for longer."""

from datetime import datetime, timedelta

from employers.notifications.models_webhooks import WebhookDelivery

KEPT_FOR = timedelta(days=90)


def purge(*, at: datetime) -> int:
    """How many deliveries went. What waits stays."""
    over = WebhookDelivery.objects.filter(created_at__lt=at - KEPT_FOR).exclude(status=WebhookDelivery.State.WAITING)
    return over.delete()[0]
