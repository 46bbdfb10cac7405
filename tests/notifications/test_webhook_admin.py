"""Officials see which webhooks there are and how deliveries went, and neither an address nor a secret."""

import pytest
from django.urls import reverse

from employers.notifications.models_webhooks import WebhookDelivery
from tests import cast
from tests.notifications.hooks import hook, sent, waiting
from tests.notifications.receiver import answer, receiving
from tests.pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]


@pytest.fixture
def official(client):
    client.force_login(cast.official(), backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "en"
    return client


def test_lists_and_pages_tell_how_it_went_and_no_secret(official):
    with receiving(answer(503)) as receiver:
        endpoint = hook(receiver.url, description="Into the payroll")
        waiting(endpoint)
        sent()
        delivery = WebhookDelivery.objects.get()
        seen = [
            text(official.get(reverse(f"admin:employers_{name}_changelist")))
            for name in ("webhookendpoint", "webhookdelivery")
        ]
        seen += [
            text(official.get(reverse(f"admin:employers_{name}_change", args=[one.pk])))
            for name, one in (("webhookendpoint", endpoint), ("webhookdelivery", delivery))
        ]
    assert all("Into the payroll" in page for page in seen)
    assert "503 refused" in seen[1]
    assert str(delivery.event) in seen[3]
    for page in seen:
        assert endpoint.secret not in page
        assert f":{receiver.port}" not in page


def test_nothing_can_be_changed_there(official):
    endpoint = hook("http://127.0.0.1:9/")
    where = reverse("admin:employers_webhookendpoint_change", args=[endpoint.pk])
    assert official.post(where, {"state": "disabled"}).status_code == 403
    assert official.post(reverse("admin:employers_webhookendpoint_delete", args=[endpoint.pk])).status_code == 403
