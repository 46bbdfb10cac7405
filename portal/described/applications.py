"""Applications: sending, looking for, reading."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from employers.applications import lifecycle
from employers.applications.api.shapes import links
from employers.applications.models import Channel
from employers.benefits.claim import BENEFITS
from portal.described.claim import MEMBERS as OF_A_CLAIM
from portal.described.claim import SAID, claims
from portal.described.estimates import ESTIMATED
from portal.described.problems import APPLICATION
from portal.described.shape import (
    BUSINESS_ID,
    COUNT,
    ID,
    MOMENT,
    TEXT,
    Shape,
    answer,
    body,
    many,
    one_of,
    page,
    ref,
)
from portal.described.told import OF_EMPLOYER, PAGED, Told

TAG = _("Applications")
ABOUT = "Send an application, find it again, see what became of it."

STATUS: Shape = {**one_of(lifecycle.STATUSES), "description": "One status; without it all of them."}
BENEFIT: Shape = {**one_of(BENEFITS), "description": "A code of a benefit, as `GET /codes` lists them."}
SUBMITTED_AFTER: Shape = {
    **TEXT,
    "description": "A time with its zone, or a day, which begins in Helsinki: only what was sent after it.",
    "examples": ["2026-04-01", "2026-04-01T09:00:00Z"],
}

CALLS: Mapping[str, Told] = {
    "GET /applications": Told(
        summary=_("List applications"),
        about="Newest first.",
        gives="ApplicationPage",
        query={
            **OF_EMPLOYER,
            "benefit": BENEFIT,
            "status": STATUS,
            "submitted_after": SUBMITTED_AFTER,
            **PAGED,
        },
    ),
    "POST /applications": Told(
        summary=_("Send an application"),
        about="It is filed with the 201: `submitted_at` decides the deadline, whatever happens behind it. Warnings "
        "come back in `problems` and do not stand in the way. Repeat the request with the same key until it "
        "answers: it takes effect once.",
        takes="Claim",
        gives="Application",
        status=201,
        keyed=True,
        strict=True,
        headers=("Location", "ETag"),
        refuses={409: ("duplicate", "overlap")},
    ),
    "POST /applications/validate": Told(
        summary=_("Check an application without sending it"),
        about="The same rules as sending, and nothing is written.",
        takes="Claim",
        gives="Validation",
        strict=True,
    ),
    "POST /applications/search": Told(
        summary=_("Find the applications about one person"),
        about="By personal identity code within one employer. A POST, so that the code stays out of addresses.",
        takes="Search",
        gives="ApplicationPage",
        query=PAGED,
    ),
    "GET /applications/by-key/{key}": Told(
        summary=_("Read what a lost answer said"),
        about="The body that the request with this idempotency key got.",
        gives="Application",
        headers=("ETag", "Location"),
    ),
    "GET /applications/{id}": Told(
        summary=_("Read an application"),
        about="With its version as the `ETag`.",
        gives="Application",
        headers=("ETag",),
    ),
}

SHAPES: Mapping[str, Shape] = {
    "Validation": answer(estimate=ref("Estimate"), problems=many(ref("Error"))),
    "Application": answer(
        **SAID,
        id=ID,
        version=COUNT,
        status=one_of(lifecycle.STATUSES),
        submitted_at=MOMENT,
        channel=one_of(Channel.values),
        estimate=ref("Estimate"),
        problems=many(ref("Error")),
        links={"type": "object", "additionalProperties": TEXT},
    ),
    "ApplicationPage": page("Application"),
    "Search": body(
        "employer",
        "personal_identity_code",
        employer=BUSINESS_ID,
        personal_identity_code={"type": "string", "minLength": 11, "maxLength": 11},
    ),
}
MEMBERS: Mapping[str, Mapping[str, str]] = {
    "Application": {
        **OF_A_CLAIM["Claim"],
        "version": "Grows with each correction; the `ETag` is the same number.",
        "status": "Where it stands: `GET /codes` names them.",
        "submitted_at": "When it was filed. It decides the deadline.",
        "channel": "How it came to us.",
        "estimate": "What we reckoned with what we knew.",
        "problems": "Warnings, kept with it.",
        "links": "What else there is about it.",
    },
}
NOTHING: dict[str, Any] = {"other_days": [], "details": {}, "additional_information": "", "insurer_case": "none"}
SENT: dict[str, Any] = {
    **dict.fromkeys(SAID),
    **NOTHING,
    **claims()["sickness_allowance"],
    "employment": {"start": "2019-05-02", "end": None},
    "id": APPLICATION,
    "version": 1,
    "status": "submitted",
    "submitted_at": "2026-04-20T07:15:00Z",
    "channel": "api",
    "estimate": ESTIMATED,
    "problems": [],
    "links": links(UUID(APPLICATION)),
}
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "Application": {"sent": SENT},
    "ApplicationPage": {"last": {"items": [SENT], "next": None}},
    "Validation": {"good": {"estimate": ESTIMATED, "problems": []}},
    "Search": {"search": {"employer": "9000004-6", "personal_identity_code": "010190-9123"}},
}
