"""Decisions, with what they differ in and how to appeal."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from employers.applications import lifecycle
from portal.described.shape import DAY, ID, MOMENT, MONEY, TEXT, Shape, answer, many, maybe, one_of
from portal.described.told import Told

TAG = _("Decisions")
ABOUT = "What was granted, why it is not what was estimated, what was paid, how to appeal."

CALLS: Mapping[str, Told] = {
    "GET /applications/{id}/decision": Told(
        summary=_("Read a decision"),
        about="The one in force. 404 `not-decided` before there is one; `application.decided` tells when there is.",
        gives="Decision",
        refuses={404: ("not-decided",)},
    ),
}
SHAPES: Mapping[str, Shape] = {
    "Decision": answer(
        outcome=one_of(lifecycle.OUTCOMES),
        decided_at=MOMENT,
        amount=MONEY,
        reason=TEXT,
        differences=many(answer(line=TEXT, estimate=maybe(MONEY), decision=maybe(MONEY), why=TEXT)),
        appeal=answer(until=DAY, text=TEXT),
        payments=many(answer(id=ID, amount=MONEY, status=TEXT, paid_on=maybe(DAY), reference=TEXT)),
    ),
}
MEMBERS: Mapping[str, Mapping[str, str]] = {
    "Decision": {
        "outcome": "`granted`, `partly_granted`, `rejected`, or `lapsed`: the matter lapsed.",
        "reason": "The official's words; may be empty.",
        "amount": "EUR, to the employer.",
        "differences": "Line by line, why it is not what was estimated.",
        "appeal": "How, and until when.",
        "payments": "What was paid because of it.",
    },
}
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "Decision": {
        "granted": {
            "outcome": "granted",
            "decided_at": "2026-04-28T09:30:00Z",
            "amount": "1678.54",
            "reason": "",
            "differences": [],
            "appeal": {"until": "2026-06-04", "text": "You may appeal until 4.6.2026."},
            "payments": [
                {
                    "id": "0198f3b2-4c5d-7e6f-8a90-b1c2d3e4f506",
                    "amount": "1678.54",
                    "status": "sent",
                    "paid_on": "2026-04-30",
                    "reference": "RF18539007547034",
                }
            ],
        }
    }
}
