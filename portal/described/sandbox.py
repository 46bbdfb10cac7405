"""Calls that only the sandbox has."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.described.shape import DAY, MOMENT, TEXT, Shape, answer, body
from portal.described.told import Told

TAG = _("Sandbox")
ABOUT = "For trying things: another day for today, and everything back to the start."

CALLS: Mapping[str, Told] = {
    "POST /sandbox/reset": Told(
        summary=_("Put everything back to the start"),
        about="Clients and tokens stay.",
        status=204,
        refuses={404: ("not-found",)},
    ),
    "POST /sandbox/clock": Told(
        summary=_("Set the time"),
        about=(
            "One of `now` and `today`. It goes on from there, and never beyond the last year with official amounts: "
            "422 `year_not_official`."
        ),
        takes="Clock",
        gives="ClockSet",
        refuses={404: ("not-found",)},
    ),
}
SHAPES: Mapping[str, Shape] = {
    "Clock": body(now={**TEXT, "maxLength": 40}, today=DAY),
    "ClockSet": answer(now=MOMENT, today=DAY),
}
MEMBERS: Mapping[str, Mapping[str, str]] = {
    "Clock": {"now": "A time with its zone.", "today": "A day; it is nine in the morning in Helsinki."}
}
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "Clock": {"time": {"now": "2026-05-04T09:00:00Z"}, "day": {"today": "2026-05-04"}},
    "ClockSet": {"set": {"now": "2026-05-04T09:00:00Z", "today": "2026-05-04"}},
}
