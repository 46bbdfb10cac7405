"""Messages about an application: the employer's side asks, the agency answers."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from employers.applications.message import LONGEST
from employers.applications.models_threads import Message
from portal.described.shape import ID, MOMENT, TEXT, Shape, answer, body, maybe, one_of, page
from portal.described.told import PAGED, Told

TAG = _("Messages")
ABOUT = "Ask about an application. The agency answers in the same list, and the event `application.message` says so."

CALLS: Mapping[str, Told] = {
    "GET /applications/{id}/messages": Told(
        summary=_("Read the messages about an application"),
        about="Both sides, newest first, with those written on the pages. The agency's messages of this page count "
        "as read from now on.",
        gives="MessagePage",
        query=PAGED,
    ),
    "POST /applications/{id}/messages": Told(
        summary=_("Ask about an application"),
        about="What looks like a personal identity code is hidden in it.",
        takes="NewMessage",
        gives="Message",
        status=201,
        keyed=True,
    ),
}
SHAPES: Mapping[str, Shape] = {
    "Message": answer(id=ID, text=TEXT, role=one_of(Message.Role.values), at=MOMENT, read_at=maybe(MOMENT)),
    "MessagePage": page("Message"),
    "NewMessage": body("text", text={"type": "string", "minLength": 1, "maxLength": LONGEST}),
}
MEMBERS: Mapping[str, Mapping[str, str]] = {
    "Message": {
        "role": "Whose words: the employer's, its agent's, or an official's.",
        "read_at": "When the other side first opened it; null while it had not before this call.",
    },
    "NewMessage": {"text": "In your own words. Nothing about the illness."},
}
ASKED: dict[str, Any] = {
    "id": "0198f3a6-1b2c-7d3e-8f40-5a6b7c8d9e0f",
    "text": "Do you need the certificate as well?",
    "role": "agent",
    "at": "2026-04-22T07:30:00Z",
    "read_at": "2026-04-22T09:00:00Z",
}
ANSWERED: dict[str, Any] = {
    **ASKED,
    "id": "0198f3a6-9c8b-7a60-b5d4-e3f2a1b0c9d8",
    "text": "No, it came to us electronically.",
    "role": "official",
    "at": "2026-04-22T09:10:00Z",
    "read_at": None,
}
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "MessagePage": {"answered": {"items": [ANSWERED, ASKED], "next": None}},
    "Message": {"asked": {**ASKED, "read_at": None}},
    "NewMessage": {"question": {"text": ASKED["text"]}},
}
