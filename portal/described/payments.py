"""Payments: from a line on the bank statement to the application."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from employers.applications.models import Payment
from portal.described.problems import APPLICATION
from portal.described.shape import BUSINESS_ID, DAY, ID, MONEY, TEXT, Shape, answer, maybe, one_of, page
from portal.described.told import OF_EMPLOYER, PAGED, Told

TAG = _("Payments")
ABOUT = "What was paid or waits to be paid, over all your clients. The event `payment.sent` tells of each."

CALLS: Mapping[str, Told] = {
    "GET /payments": Told(
        summary=_("Find what was paid"),
        about="Newest first. Of an employer whose applications you may see, the payments of those; of one that lets "
        "you see payments alone, all of them. A payment that a new decision replaced before it was sent is left out.",
        gives="PaymentPage",
        query={
            **OF_EMPLOYER,
            "paid_after": {**DAY, "description": "A day: only what was paid after it, so nothing that waits."},
            "reference": {
                **TEXT,
                "description": "The reference of the bank line, with or without spaces, leading zeros or `RFnn`.",
                "examples": ["12345 67890 12345 67891"],
            },
            **PAGED,
        },
    ),
}
STATES = [state.value for state in Payment.State if state != Payment.State.CANCELLED]
SHAPES: Mapping[str, Shape] = {
    "Payment": answer(
        id=ID,
        employer=BUSINESS_ID,
        application=ID,
        reference=TEXT,
        amount=MONEY,
        status=one_of(STATES),
        paid_on=maybe(DAY),
        payment_reference=maybe(TEXT),
        application_reference=TEXT,
    ),
    "PaymentPage": page("Payment"),
}
MEMBERS: Mapping[str, Mapping[str, str]] = {
    "Payment": {
        "reference": "On the bank line.",
        "amount": "EUR.",
        "status": "`waiting` until it is sent.",
        "paid_on": "The day it was sent.",
        "payment_reference": "As the application says.",
        "application_reference": "The application's own `reference`.",
    },
}
PAID: dict[str, Any] = {
    "id": "0198f3b2-4c5d-7e6f-8a90-b1c2d3e4f506",
    "employer": "9000004-6",
    "application": APPLICATION,
    "reference": "1234567890123456789",
    "amount": "1678.54",
    "status": "sent",
    "paid_on": "2026-04-30",
    "payment_reference": None,
    "application_reference": "row-4711",
}
EXAMPLES: Mapping[str, Mapping[str, Any]] = {"PaymentPage": {"paid": {"items": [PAID], "next": None}}}
