"""Addresses of the client's own, at which it hears of events by itself."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from employers.notifications.guard import LONGEST
from employers.notifications.models_webhooks import WebhookDelivery, WebhookEndpoint
from employers.notifications.webhooks import ERRORS
from employers.records import events
from portal.described.shape import COUNT, ID, MOMENT, TEXT, YES_NO, Shape, answer, body, many, maybe, one_of, page, ref
from portal.described.told import PAGED, Told

TAG = _("Webhooks")
ABOUT = (
    "Events as they happen, by [Standard Webhooks 1.0](https://www.standardwebhooks.com/): signed with HMAC-SHA256 in "
    "`webhook-signature` (`v1`), with the event's own id in `webhook-id` and the time in `webhook-timestamp`. A "
    "message holds a type, a time and ids: read the rest where rights are checked. An answer of 2xx within 10 seconds "
    "is success; anything else is tried again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h. Then, or "
    "at once on 410, the webhook is disabled. No redirect is followed. Sent at least once, in no promised order: keep "
    "the ids you have seen, and let `GET /events` be what you rely on."
)
CALLS: Mapping[str, Told] = {
    "GET /webhooks": Told(
        summary=_("List the webhooks"),
        about="Of this client, newest first. No secret is shown.",
        gives="WebhookPage",
        query=PAGED,
    ),
    "POST /webhooks": Told(
        summary=_("Hear of events at an address"),
        about="Of what happens from now on. The answer alone has the `secret`. Https and a public server; the sandbox "
        "takes `http://127.0.0.1` as well. At most 20 for one client.",
        takes="WebhookWish",
        gives="WebhookWithSecret",
        status=201,
        keyed=True,
        headers=("Location",),
        refuses={409: ("too-many-webhooks",)},
    ),
    "GET /webhooks/{id}": Told(summary=_("Read a webhook"), gives="Webhook"),
    "PATCH /webhooks/{id}": Told(
        summary=_("Change a webhook"),
        about="What is left out stays. With `state` `active` a disabled one goes on where it stopped: what happened "
        "meanwhile is sent. What was given up is sent by its replay.",
        takes="WebhookChange",
        gives="Webhook",
    ),
    "DELETE /webhooks/{id}": Told(
        summary=_("Delete a webhook"), about="With its log. What is on its way arrives.", gives=None, status=204
    ),
    "POST /webhooks/{id}/secret": Told(
        summary=_("Give a webhook another secret"),
        about="The answer alone has it. For 24 hours messages are signed with the new one and the one before: the "
        "signatures stand beside each other in `webhook-signature`.",
        gives="WebhookWithSecret",
        status=201,
        keyed=True,
    ),
    "POST /webhooks/{id}/test": Told(
        summary=_("Try a webhook"),
        about="Sends `webhook.ping` now, once, also to a disabled one, and tells how it went; the receiver has 5 "
        "seconds. 409 `request-in-progress` while another one runs: try again.",
        gives="WebhookAttempt",
        refuses={409: ("request-in-progress",)},
    ),
    "GET /webhooks/{id}/deliveries": Told(
        summary=_("Read what was sent to a webhook"),
        about="Newest first, with every attempt: of the events that you may see now.",
        gives="WebhookDeliveryPage",
        query=PAGED,
    ),
    "POST /webhooks/{id}/deliveries/{did}/replay": Told(
        summary=_("Send an event again"),
        about="Whatever came of it before. Under the same `webhook-id`, with a new time and signature.",
        gives="WebhookDelivery",
        status=202,
        refuses={409: ("webhook-disabled",)},
    ),
}
URL: Shape = {"type": "string", "format": "uri", "maxLength": LONGEST, "pattern": r"^https?://[!-\[\]-~]+$"}
SECRET: Shape = {"type": "string", "pattern": r"^whsec_[A-Za-z0-9+/]{43}=$"}
KINDS: Shape = many(one_of(events.PUBLIC), minItems=1, maxItems=len(events.PUBLIC))
WISH: dict[str, Shape] = {
    "url": URL,
    "types": maybe(KINDS),
    "description": maybe({"type": "string", "maxLength": 200}),
}
WEBHOOK: dict[str, Shape] = {
    "id": ID,
    "url": TEXT,
    "types": many(one_of(events.PUBLIC)),
    "description": TEXT,
    "state": one_of(WebhookEndpoint.State.values),
    "disabled_because": maybe(one_of(WebhookEndpoint.Why.values)),
    "disabled_at": maybe(MOMENT),
    "earlier_secret_until": maybe(MOMENT),
    "created_at": MOMENT,
}
OUTCOME: dict[str, Shape] = {
    "status_code": maybe({"type": "integer"}),
    "duration_ms": COUNT,
    "error": maybe(one_of(ERRORS)),
}
SHAPES: Mapping[str, Shape] = {
    "WebhookWish": body("url", **WISH),
    "WebhookChange": body(**WISH, state=one_of(WebhookEndpoint.State.values)),
    "Webhook": answer(**WEBHOOK),
    "WebhookWithSecret": answer(**WEBHOOK, secret=SECRET),
    "WebhookPage": page("Webhook"),
    "WebhookAttempt": answer(delivered=YES_NO, **OUTCOME),
    "WebhookTry": answer(at=MOMENT, **OUTCOME),
    "WebhookDelivery": answer(
        id=ID,
        event=ID,
        type=one_of(events.PUBLIC),
        status=one_of(WebhookDelivery.State.values),
        created_at=MOMENT,
        next_at=maybe(MOMENT),
        attempts=many(ref("WebhookTry")),
    ),
    "WebhookDeliveryPage": page("WebhookDelivery"),
}
OF_A_WISH = {
    "url": "Where to send. A server of the public internet by its name, https, port 443 or one from 1024 up.",
    "types": "Which events; all of them when left out.",
    "description": "For your own people.",
}
STATE = "`active`, or `disabled`: nothing is sent."
OF_A_WEBHOOK = {
    **OF_A_WISH,
    "types": "The events that are sent to it.",
    "state": STATE,
    "disabled_because": "`gone`: the receiver answered 410; `failing`: a delivery was given up; `owner`: you did.",
    "earlier_secret_until": "So long the secret before signs too.",
}
MEMBERS: Mapping[str, Mapping[str, str]] = {
    "WebhookWish": OF_A_WISH,
    "WebhookChange": {**OF_A_WISH, "types": "Which events; null: all of them.", "state": STATE},
    "Webhook": OF_A_WEBHOOK,
    "WebhookWithSecret": {**OF_A_WEBHOOK, "secret": "Base64 after `whsec_`. Keep it: it is shown this once."},
    "WebhookAttempt": {
        "delivered": "The receiver answered 2xx.",
        "status_code": "What the receiver answered; null where it did not.",
        "error": "`address_refused`: it stands for an address that is not public; `name_unresolved`; "
        "`connection_failed`; `certificate_invalid`; `timeout`: no answer in time; `answer_unreadable`; `redirected`; "
        "`gone`: 410; `refused`: another status; `worker_lost`.",
    },
    "WebhookDelivery": {
        "event": "The id of the event in `GET /events`, and the `webhook-id` of every attempt.",
        "status": "`withheld`: you may no longer see the event, so it was not sent.",
        "next_at": "The next attempt; null where none comes.",
        "attempts": "The last 20, the newest last.",
    },
}
MADE: dict[str, Any] = {
    "id": "0198f3f9-6a7b-7c8d-9e0f-1a2b3c4d5e6f",
    "url": "https://payroll.example.com/portal/events",
    "types": ["application.decided", "payment.sent"],
    "description": "Decisions into the payroll",
    "state": "active",
    "disabled_because": None,
    "disabled_at": None,
    "earlier_secret_until": None,
    "created_at": "2026-04-20T07:20:00Z",
}
TRIED: dict[str, Any] = {"status_code": 200, "duration_ms": 84, "error": None}
SENT: dict[str, Any] = {
    "id": "0198f3fa-7b8c-7d9e-8f0a-2b3c4d5e6f70",
    "event": "0198f3f7-4d5e-7f60-b172-8d9e0f1a2b3c",
    "type": "application.decided",
    "status": "delivered",
    "created_at": "2026-04-28T09:30:01Z",
    "next_at": None,
    "attempts": [
        {"at": "2026-04-28T09:30:01Z", "status_code": 503, "duration_ms": 31, "error": "refused"},
        {"at": "2026-04-28T09:30:06Z", **TRIED},
    ],
}
WITH_SECRET = {**MADE, "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw0N3yqRk5XbE="}
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "WebhookWish": {"decisions": {name: MADE[name] for name in WISH}},
    "WebhookChange": {"active_again": {"state": "active"}, "another_address": {"url": "https://new.example.com/"}},
    "Webhook": {"made": MADE},
    "WebhookWithSecret": {"made": WITH_SECRET},
    "WebhookPage": {"one": {"items": [MADE], "next": None}},
    "WebhookAttempt": {
        "arrived": {"delivered": True, **TRIED},
        "slow": {"delivered": False, "status_code": None, "duration_ms": 5001, "error": "timeout"},
    },
    "WebhookDelivery": {"again": {**SENT, "status": "waiting", "next_at": "2026-04-28T10:00:00Z"}},
    "WebhookDeliveryPage": {"one": {"items": [SENT], "next": None}},
}
