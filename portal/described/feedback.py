"""Agency-internal: what goes back to customer service."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from customers.segments.rules import CHANGING, STEADY, SUPPORTED
from portal.described.shape import DAY, ID, TEXT, YES_NO, Shape, answer, many, maybe, one_of, ref
from portal.described.told import FED, Told

TAG = _("Feedback")
ABOUT = "Changes of segment with their reasons, for the agency's own systems alone."

CALLS: Mapping[str, Told] = {
    "GET /customers/feedback": Told(
        summary=_("Follow changes of segment"),
        about="With their reasons, oldest first. Keep `next`, and ask again with it.",
        gives="FeedbackPage",
        query=FED,
    ),
}
SEGMENTS = (STEADY, CHANGING, SUPPORTED)
SHAPES: Mapping[str, Shape] = {
    "Feedback": answer(
        id=ID,
        person=answer(personal_identity_code=TEXT),
        segment=one_of(SEGMENTS),
        previous=maybe(one_of(SEGMENTS)),
        sliding=YES_NO,
        reasons=many(answer(code=TEXT)),
        assigned_on=DAY,
        valid_from=DAY,
    ),
    "FeedbackPage": answer(items=many(ref("Feedback")), next=TEXT),
}
MEMBERS: Mapping[str, Mapping[str, str]] = {}
CHANGE: dict[str, Any] = {
    "id": "0198f408-5e6f-7071-8283-9e0f1a2b3c4d",
    "person": {"personal_identity_code": "010190-901R"},
    "segment": "changing",
    "previous": "steady",
    "sliding": False,
    "reasons": [{"code": "absence_reported", "since": "2026-03-02"}],
    "assigned_on": "2026-04-20",
    "valid_from": "2026-03-02",
}
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "FeedbackPage": {"change": {"items": [CHANGE], "next": "AAAAAAAAAAEBmPQIXm9wcYKDng8aKzxN"}}
}
