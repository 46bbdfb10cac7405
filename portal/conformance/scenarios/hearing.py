"""Hearing of what happens: the feed that is caught up with, and webhooks whose signature is verified."""

import json
from typing import Any

from standardwebhooks import Webhook, WebhookVerificationError

from portal.conformance.receiver import Delivery
from portal.conformance.stage import Stage
from portal.conformance.vendor import Failed, must, wait_for

SUBMITTED = "application.submitted"
PERSONAL = ("personal_identity_code", "family_name", "given_name", "segment")


def the_feed(stage: Stage) -> str:
    """Away while things happen, then caught up with in small pages: each once, none missing, the same when re-read."""
    start = end_of_feed(stage)
    sent = [stage.sent()["id"] for _ in range(5)]
    wait_for("the events", lambda: set(sent) <= {one["application"] for one in _after(stage, start)}, seconds=30)
    told = _after(stage, start, limit=2)
    ids = [one["id"] for one in told]
    must(len(ids) == len(set(ids)), "an event came twice")
    mine = [one["application"] for one in told if one["type"] == SUBMITTED and one["application"] in sent]
    must(sorted(mine) == sorted(sent), f"{len(mine)} of {len(sent)} applications were told")
    again = [one["id"] for one in _after(stage, start, limit=200)]
    must(again[: len(ids)] == ids, "read again, the feed is another one")
    must(not any(word in json.dumps(told) for word in PERSONAL), "an event tells about a person")
    return f"{len(sent)} applications in {len(told)} events, each once, the same when read again"


def end_of_feed(stage: Stage) -> str:
    """A cursor behind everything that there is. `next` is never null."""
    page = stage.vendor.get("/events", params={"limit": "200"}).json()
    while page["items"]:
        page = stage.vendor.get("/events", params={"limit": "200", "after": page["next"]}).json()
    must(page["next"] is not None, "next is null")
    return str(page["next"])


def _after(stage: Stage, cursor: str, *, limit: int = 200) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while True:
        asked = {"limit": str(limit)} | ({"after": cursor} if cursor else {})
        page = stage.vendor.get("/events", params=asked).json()
        if not page["items"]:
            return found
        found, cursor = found + page["items"], page["next"]


def a_webhook(stage: Stage) -> str:
    """Signed by Standard Webhooks, thin, and a damaged body does not verify."""
    hook = opened(stage, "/hook", types=[SUBMITTED])
    try:
        stage.vendor.post(f"/webhooks/{hook['id']}/test", expect=(200, 201, 202))
        ping = stage.receiver.wait("/hook")
        verified(ping, hook["secret"])
        sent = stage.sent()["id"]
        heard = stage.receiver.wait("/hook", lambda one: sent in one.body.decode())
        told = verified(heard, hook["secret"])
        must((told["type"], bool(told["timestamp"])) == (SUBMITTED, True), "type or timestamp is missing")
        must(not any(word in heard.body.decode() for word in PERSONAL), "the webhook tells about a person")
        _must_not_verify(heard, hook["secret"])
    finally:
        stage.vendor.call("DELETE", f"/webhooks/{hook['id']}", expect=204)
    return "a ping, then the event; both verify, and a changed body does not"


def opened(stage: Stage, path: str, **more: Any) -> dict[str, Any]:
    body = {"url": stage.receiver.url + path, "description": "conformance", **more}
    hook: dict[str, Any] = stage.vendor.post("/webhooks", body, expect=201).json()
    must(hook["secret"].startswith("whsec_"), "the secret is no whsec_")
    listed = stage.vendor.get("/webhooks").json()["items"]
    shown = next(one for one in listed if one["id"] == hook["id"])
    must("secret" not in shown, "the secret is shown again")
    return hook


def verified(delivery: Delivery, secret: str) -> dict[str, Any]:
    try:
        Webhook(secret).verify(delivery.body, delivery.headers)
    except WebhookVerificationError as error:
        raise Failed(f"the signature does not verify: {error}") from None
    told: dict[str, Any] = json.loads(delivery.body)
    return told


def _must_not_verify(delivery: Delivery, secret: str) -> None:
    try:
        Webhook(secret).verify(delivery.body + b" ", delivery.headers)
    except WebhookVerificationError:
        return
    raise Failed("a changed body verifies")


def a_rotated_secret(stage: Stage) -> str:
    """While they overlap, both secrets verify."""
    hook = opened(stage, "/rotated")
    try:
        fresh = stage.vendor.post(f"/webhooks/{hook['id']}/secret", expect=(200, 201)).json()["secret"]
        must(fresh != hook["secret"], "the secret is the same")
        stage.vendor.post(f"/webhooks/{hook['id']}/test", expect=(200, 201, 202))
        heard = stage.receiver.wait("/rotated")
        for secret in (hook["secret"], fresh):
            verified(heard, secret)
        must(len(heard.headers["webhook-signature"].split()) == 2, "not two signatures")
    finally:
        stage.vendor.call("DELETE", f"/webhooks/{hook['id']}", expect=204)
    return "a delivery with two signatures; the old secret verifies and the new one"


def a_replay(stage: Stage) -> str:
    """The receiver was down: the log tells it, and a replay brings the same webhook again."""
    stage.receiver.answers["/broken"] = 500
    hook = opened(stage, "/broken", types=[SUBMITTED])
    log = f"/webhooks/{hook['id']}/deliveries"
    try:
        sent = stage.sent()["id"]
        first = stage.receiver.wait("/broken", lambda one: sent in one.body.decode())
        entry: Any = wait_for("the log", lambda: next(iter(stage.vendor.get(log).json()["items"]), None))
        stage.receiver.answers["/broken"] = 204
        stage.receiver.heard.clear()
        stage.vendor.post(f"{log}/{entry['id']}/replay", expect=(200, 201, 202))
        again = stage.receiver.wait("/broken", lambda one: sent in one.body.decode())
        verified(again, hook["secret"])
        must(again.headers["webhook-id"] == first.headers["webhook-id"], "the replay has another id")
    finally:
        stage.vendor.call("DELETE", f"/webhooks/{hook['id']}", expect=204)
    return "refused with 500, told in the log, replayed with the same id"
