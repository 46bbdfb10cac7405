"""What became of an application: every move and version."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.described.shape import COUNT, MOMENT, TEXT, Shape, answer, maybe, page
from portal.described.told import Told

TAG = _("Applications")
ABOUT = ""

CALLS: Mapping[str, Told] = {
    "GET /applications/{id}/history": Told(
        summary=_("Read what became of an application"),
        about="Every move and version: when, in which role, why.",
        gives="MovePage",
    ),
}
MOVE: Mapping[str, Shape] = {
    "at": MOMENT,
    "verb": TEXT,
    "from": TEXT,
    "to": TEXT,
    "role": TEXT,
    "version": COUNT,
    "reason": maybe(TEXT),
}
SHAPES: Mapping[str, Shape] = {"Move": answer(**MOVE), "MovePage": page("Move")}
MEMBERS: Mapping[str, Mapping[str, str]] = {
    "Move": {
        "verb": "What was done.",
        "from": "The status before; empty for the first.",
        "to": "The status after.",
        "role": "Who did it, as a role: never a name.",
        "version": "Of the application, after it.",
        "reason": "Why, where somebody said so.",
    },
}
FIRST: dict[str, Any] = {
    "at": "2026-04-20T07:15:00Z",
    "verb": "submit",
    "from": "",
    "to": "submitted",
    "role": "agent",
    "version": 1,
    "reason": None,
}
EXAMPLES: Mapping[str, Mapping[str, Any]] = {"MovePage": {"sent": {"items": [FIRST], "next": None}}}
