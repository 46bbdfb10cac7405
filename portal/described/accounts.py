"""The bank account of an employer."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.described.shape import MOMENT, MONEY, TEXT, Shape, answer, body, maybe, one_of
from portal.described.told import Told

TAG = _("Employers")
ABOUT = ""

CALLS: Mapping[str, Told] = {
    "PUT /employers/{business_id}/bank-account": Told(
        summary=_("Ask for another bank account"),
        about="The account is asked for: we write to the employer, and it counts when a person of the employer has "
        "confirmed it, signed in, within 7 days. Another account that waits is cancelled; the same one is asked for "
        "once. The first payment to a changed account above a set sum is sent by two officials together.",
        takes="Account",
        gives="AccountAsked",
        refuses={409: ("nobody-to-confirm",)},
    ),
}
SHAPES: Mapping[str, Shape] = {
    "Account": body("iban", iban={"type": "string", "minLength": 15, "maxLength": 42}),
    "AccountAsked": answer(
        iban_ending=TEXT,
        status=one_of(("waiting", "in_use")),
        asked_at=maybe(MOMENT),
        confirm_until=maybe(MOMENT),
        changed_at=maybe(MOMENT),
        four_eyes=answer(above=MONEY),
    ),
}
MEMBERS: Mapping[str, Mapping[str, str]] = {
    "Account": {"iban": "With or without spaces, in a country of the euro payments area."},
    "AccountAsked": {
        "iban_ending": "Its last four characters.",
        "status": "`waiting` for somebody of the employer to confirm it, or `in_use` already.",
        "changed_at": "When the account that is in use was taken into use.",
        "four_eyes": "The first payment to a changed account takes two officials above this sum.",
    },
}
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "Account": {"Finnish": {"iban": "FI21 1234 5600 0007 85"}},
    "AccountAsked": {
        "asked": {
            "iban_ending": "0785",
            "status": "waiting",
            "asked_at": "2026-04-20T07:30:00Z",
            "confirm_until": "2026-04-27T07:30:00Z",
            "changed_at": None,
            "four_eyes": {"above": "10000.00"},
        }
    },
}
