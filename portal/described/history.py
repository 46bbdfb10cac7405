"""What became of an application: every move and version, and what each version changed."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from employers.applications import lifecycle
from portal.described.shape import COUNT, MOMENT, TEXT, Shape, answer, many, maybe, one_of, page, ref
from portal.described.told import PAGED, Told

TAG = _("Applications")
ABOUT = ""

CALLS: Mapping[str, Told] = {
    "GET /applications/{id}/history": Told(
        summary=_("Read what became of an application"),
        about="Every move and version, newest first: when, in which role, why, and what a version changed.",
        gives="MovePage",
        query=PAGED,
    ),
}
ROLES = (lifecycle.EMPLOYER, lifecycle.AGENT, lifecycle.OFFICIAL, lifecycle.SYSTEM)
MOVE: Mapping[str, Shape] = {
    "at": MOMENT,
    "verb": one_of(lifecycle.MOVES),
    "from": one_of(lifecycle.STATUSES),
    "to": one_of(lifecycle.STATUSES),
    "role": one_of(ROLES),
    "version": COUNT,
    "reason": maybe(TEXT),
    "diff": maybe(many(ref("Change"))),
}
SHAPES: Mapping[str, Shape] = {
    "Change": answer(pointer=TEXT, before={}, after={}),
    "Move": answer(**MOVE),
    "MovePage": page("Move"),
}
MEMBERS: Mapping[str, Mapping[str, str]] = {
    "Change": {
        "pointer": "The member that changed, as a JSON Pointer (RFC 6901).",
        "before": "What it was; null where it was not said. An entry of a list that is new or gone is told whole.",
        "after": "What it is now; null where it is not said any more.",
    },
    "Move": {
        "verb": "What was done.",
        "from": "The status before; `draft` for the first.",
        "to": "The status after.",
        "role": "Who did it, as a role: never a name.",
        "version": "Of the application, after it.",
        "reason": "Why, where somebody said so.",
        "diff": "What changed, where this made another version; null for the first one and for every other move.",
    },
}
CHANGED: list[dict[str, Any]] = [
    {"pointer": "/absence/end", "before": "2026-04-10", "after": "2026-03-31"},
    {"pointer": "/pay_periods/0/end", "before": "2026-04-10", "after": "2026-03-31"},
    {"pointer": "/pay_periods/0/amount", "before": "3600.00", "after": "3000.00"},
]
FIRST: dict[str, Any] = {
    "at": "2026-04-20T07:15:00Z",
    "verb": "submit",
    "from": "draft",
    "to": "submitted",
    "role": "agent",
    "version": 1,
    "reason": None,
    "diff": None,
}
SECOND: dict[str, Any] = {
    **FIRST,
    "at": "2026-04-21T06:40:00Z",
    "verb": "correct",
    "from": "submitted",
    "version": 2,
    "reason": "The employee came back earlier.",
    "diff": CHANGED,
}
EXAMPLES: Mapping[str, Mapping[str, Any]] = {"MovePage": {"corrected": {"items": [SECOND, FIRST], "next": None}}}
