"""What we send to webhooks: one entry under `webhooks` of the document for each type of event."""

from collections.abc import Mapping
from typing import Any

from employers.records import events
from portal.described.events import DECIDED, WORDS
from portal.described.problems import APPLICATION
from portal.described.shape import BUSINESS_ID, ID, MOMENT, TEXT, Shape, answer, answer_with, one_of, ref
from portal.described.told import JSON

PING = "webhook.ping"
SHAPES: Mapping[str, Shape] = {
    "Notice": answer(
        type=one_of(events.PUBLIC),
        timestamp=MOMENT,
        data=answer_with({"application": ID, "subject": ID}, event=ID, employer=BUSINESS_ID),
    ),
    "Ping": answer(type={"const": PING}, timestamp=MOMENT, data=answer(webhook=ID)),
}
MEMBERS: Mapping[str, Mapping[str, str]] = {
    "Notice": {
        "type": "As of the event in `GET /events`.",
        "timestamp": "When it happened, not when it was sent.",
        "data": "Ids only: read the matter itself where your rights are checked.",
    },
}
SIGNED: Mapping[str, str] = {
    "webhook-id": "The id of the event: the same in every attempt.",
    "webhook-timestamp": "When this attempt was made, in seconds since 1970.",
    "webhook-signature": "`v1,` and the HMAC-SHA256 of `id.timestamp.body` in base64; two of them, parted by a space, "
    "while a secret is being changed (Standard Webhooks 1.0).",
}
ANSWERS: Mapping[str, str] = {
    "2XX": "Taken; we send it no more.",
    "410": "We send nothing there any more.",
    "default": "We try again: after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h.",
}


def webhooks() -> dict[str, Any]:
    """Those of the feed; and the one that `POST /webhooks/{id}/test` sends."""
    return {kind: {"post": operation(kind)} for kind in (*events.PUBLIC, PING)}


def operation(kind: str) -> dict[str, Any]:
    return {
        "operationId": f"webhook_{kind.replace('.', '_')}",
        "summary": kind,
        "description": WORDS.get(kind, "You asked for it: `POST /webhooks/{id}/test`."),
        "tags": ["Webhooks"],
        "parameters": [
            {"name": name, "in": "header", "required": True, "description": words, "schema": TEXT}
            for name, words in SIGNED.items()
        ],
        "requestBody": {
            "required": True,
            "content": {
                JSON: {
                    "schema": ref("Ping" if kind == PING else "Notice"),
                    "examples": {"sent": {"value": example(kind)}},
                }
            },
        },
        "responses": {status: {"description": words} for status, words in ANSWERS.items()},
    }


def example(kind: str) -> dict[str, Any]:
    if kind == PING:
        return {"type": kind, "timestamp": "2026-04-28T09:30:00Z", "data": {"webhook": DECIDED["id"]}}
    of_application = kind.startswith("application.") or kind in (events.PAYMENT_SENT, events.PAY_ENDED)
    about = {"application": APPLICATION} if of_application else {"subject": "0198f3e6-3c4d-7e5f-a061-7c8d9e0f1a2b"}
    data = {"event": DECIDED["id"], "employer": DECIDED["employer"], **about}
    return {"type": kind, "timestamp": "2026-04-28T09:30:00Z", "data": data}
