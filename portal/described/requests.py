"""What an official asks about an application, and the answers."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.described.shape import DAY, ID, TEXT, YES_NO, Shape, answer, body, many, page
from portal.described.told import PAGED, Told

TAG = _("Requests for information")
ABOUT = "What an official asks about an application, item by item, and by when."

CALLS: Mapping[str, Told] = {
    "GET /applications/{id}/requests": Told(
        summary=_("Read what is asked about an application"),
        about="Newest first. The event `application.information_requested` tells of a new one.",
        gives="RequestPage",
        query=PAGED,
    ),
    "POST /applications/{id}/requests/{rid}/answers": Told(
        summary=_("Answer what is asked"),
        about="Some or all items, at most 50 at once. The last answer sends the application back to handling.",
        takes="Answers",
        gives="Request",
        status=201,
        keyed=True,
        refuses={409: ("wrong-state",)},
    ),
}
SHAPES: Mapping[str, Shape] = {
    "Request": answer(id=ID, due=DAY, items=many(answer(id=ID, code=TEXT, text=TEXT, answered=YES_NO))),
    "RequestPage": page("Request"),
    "Answers": body(
        "answers",
        answers=many(body("item", "text", item=ID, text={"type": "string", "minLength": 1, "maxLength": 4000})),
    ),
}
MEMBERS: Mapping[str, Mapping[str, str]] = {
    "Request": {"due": "Answer by this day.", "items": "Each is answered by itself."},
}
ITEM = "0198f3a1-0b7e-7c11-8f3a-5d1a2b3c4d5e"
REQUEST: dict[str, Any] = {
    "id": "0198f3a1-0b7d-7a92-b0c4-6e5f4d3c2b1a",
    "due": "2026-05-01",
    "items": [{"id": ITEM, "code": "pay_detail", "text": "Which pay is for the absence?", "answered": False}],
}
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "RequestPage": {"open": {"items": [REQUEST], "next": None}},
    "Request": {"answered": {**REQUEST, "items": [{**REQUEST["items"][0], "answered": True}]}},
    "Answers": {"one": {"answers": [{"item": ITEM, "text": "Monthly pay, no supplements."}]}},
}
