"""Drafts: applications on their way, shared between the web service and programs."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from employers.applications.api.drafted import OPEN, READY, SENT
from employers.benefits.claim import BENEFITS
from portal.described.claim import ALWAYS, CLAIM
from portal.described.claim import MEMBERS as OF_A_CLAIM
from portal.described.problems import APPLICATION
from portal.described.shape import (
    BUSINESS_ID,
    COUNT,
    DAY,
    ID,
    MOMENT,
    YES_NO,
    Shape,
    answer,
    body,
    many,
    maybe,
    one_of,
    page,
    ref,
)
from portal.described.told import JSON, OF_EMPLOYER, PAGED, Told

TAG = _("Drafts")
ABOUT = (
    "An application on its way, shared by the employer in the web service and by your programs: each completes its "
    "part. Until it is sent, whatever stands against it is a warning. One that nobody touches for 30 days is deleted."
)
MERGE_PATCH = "application/merge-patch+json"
STATUSES = (OPEN, READY, SENT)
SEEN = "With `If-Match` only in the version that you saw."


def loosened(shape: Shape) -> Shape:
    """The same with anything left out or null, at any depth."""
    loose = {name: value for name, value in shape.items() if name not in ("required", "minItems")}
    if "properties" in shape:
        loose["properties"] = {name: maybe(loosened(member)) for name, member in shape["properties"].items()}
    if "items" in shape:
        loose["items"] = loosened(shape["items"])
    if "anyOf" in shape:
        loose["anyOf"] = [loosened(one) for one in shape["anyOf"]]
    return loose


DETAILS: Shape = {"type": "object", "description": "`details` of the benefit, with anything left out."}
SO_FAR: Mapping[str, Shape] = {
    name: maybe(DETAILS if name == "details" else loosened(shape))
    for name, shape in CLAIM.items()
    if name not in ALWAYS
} | {"reference": maybe(CLAIM["reference"])}
FACTS: Mapping[str, Shape] = {
    "id": ID,
    "employer": BUSINESS_ID,
    "benefit": one_of(BENEFITS),
    "status": one_of(STATUSES),
    "version": COUNT,
    "created_at": MOMENT,
    "changed_at": MOMENT,
    "changed_by": one_of(("employer", "agent", "register")),
    "kept_until": maybe(DAY),
    "application": maybe(ID),
}

CALLS: Mapping[str, Told] = {
    "GET /drafts": Told(
        summary=_("List drafts"),
        about="Newest first, those of the web service among them, without what they say. Those that were sent come "
        "with `status=sent` alone. A correction that somebody prepares on the web is none of them.",
        gives="DraftPage",
        query={
            **OF_EMPLOYER,
            "benefit": {**one_of(BENEFITS), "description": "A code of a benefit."},
            "status": {**one_of(STATUSES), "description": "Without it `open` and `ready`."},
            **PAGED,
        },
    ),
    "POST /drafts": Told(
        summary=_("Begin a draft"),
        about="A claim with as much of it as you know: `employer` and `benefit`, and any other member or part of one. "
        "Unknown members and values that cannot be read are refused; what is missing or against a rule is told in "
        "`problems`. The employer sees it in the web service at once.",
        takes="Beginning",
        gives="Draft",
        status=201,
        may_be_keyed=True,
        headers=("Location", "ETag"),
    ),
    "GET /drafts/{id}": Told(
        summary=_("Read a draft"),
        about="With what would be said against sending it now. Pages of the web service change it too: the `ETag` is "
        "another after each change.",
        gives="Draft",
        headers=("ETag",),
    ),
    "PATCH /drafts/{id}": Told(
        summary=_("Complete a draft"),
        about="`body` is a merge patch (RFC 7396) of what it says: null takes a member out, an object is merged, a "
        "list replaces the list. `ready` tells the employer that you have done your part; any change takes the mark "
        "away. Whoever has a page open that you changed is shown both when saving.",
        takes="DraftPatch",
        takes_as=(MERGE_PATCH, JSON),
        gives="Draft",
        if_match="required",
        headers=("ETag",),
        refuses={409: ("draft-sent",)},
    ),
    "DELETE /drafts/{id}": Told(
        summary=_("Delete a draft"),
        about=f"With its documents. {SEEN}",
        gives=None,
        status=204,
        if_match="optional",
        refuses={409: ("draft-sent",)},
    ),
    "POST /drafts/{id}/submission": Told(
        summary=_("Send a draft"),
        about="By the same rules as `POST /applications`. Without a `reference` it gets one of ours. No body is "
        f"needed. {SEEN}",
        gives="Application",
        status=201,
        keyed=True,
        strict=True,
        if_match="optional",
        headers=("Location", "ETag"),
        refuses={409: ("draft-sent", "duplicate", "overlap"), 422: ("validation-failed",)},
    ),
}

SHAPES: Mapping[str, Shape] = {
    "ClaimSoFar": body(**SO_FAR),
    "Beginning": body("employer", "benefit", employer=CLAIM["employer"], benefit=CLAIM["benefit"], **SO_FAR),
    "DraftPatch": body(body=ref("ClaimSoFar"), ready=YES_NO),
    "DraftFacts": answer(**FACTS),
    "DraftPage": page("DraftFacts"),
    "Draft": answer(**FACTS, body=ref("ClaimSoFar"), problems=many(ref("Error"))),
}
OF_FACTS = {
    "status": "`open`; `ready`: somebody has done their part; `sent`: see `application`.",
    "version": "Grows with each change, whoever makes it; the `ETag` is the same number.",
    "changed_by": "Who changed it last: the employer, whoever acts for it, or a report to the Incomes Register.",
    "kept_until": "Deleted after this day unless somebody touches it. Null: it stays.",
    "application": "What it became when it was sent.",
}
MEMBERS: Mapping[str, Mapping[str, str]] = {
    "ClaimSoFar": {name: words for name, words in OF_A_CLAIM["Claim"].items() if name in SO_FAR},
    "Beginning": OF_A_CLAIM["Claim"],
    "DraftPatch": {"body": "A merge patch.", "ready": "You have done your part."},
    "DraftFacts": OF_FACTS,
    "Draft": {
        **OF_FACTS,
        "body": "The claim as far as it is known.",
        "problems": "What would be said if it was sent now. Pointers are into the claim.",
    },
}

EMPLOYEE: dict[str, Any] = {"personal_identity_code": "010190-9123", "given_name": "Aino", "family_name": "Esimerkki"}
FACT: dict[str, Any] = {
    "id": "0198f3a4-2d60-7b1f-8c3e-9a4f5e6d7c8b",
    "employer": "9000004-6",
    "benefit": "sickness_allowance",
    "status": "open",
    "version": 2,
    "created_at": "2026-04-15T09:00:00Z",
    "changed_at": "2026-04-15T09:20:00Z",
    "changed_by": "employer",
    "kept_until": "2026-05-15",
    "application": None,
}
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "Beginning": {
        "with the employee and the days": {
            "employer": "9000004-6",
            "benefit": "sickness_allowance",
            "employee": EMPLOYEE,
            "absence": {"start": "2026-03-02", "end": "2026-04-10"},
        },
        "with nothing yet": {"employer": "9000004-6", "benefit": "parental_allowance"},
    },
    "DraftPatch": {
        "the pay": {
            "body": {
                "pay_periods": [{"start": "2026-03-02", "end": "2026-04-10", "amount": "3600.00"}],
                "pay_basis": "full",
            },
            "ready": True,
        },
    },
    "Draft": {
        "begun": {
            **FACT,
            "body": {"employee": EMPLOYEE},
            "problems": [
                {
                    "pointer": "/absence",
                    "code": "required",
                    "severity": "warning",
                    "detail": "Fill in this.",
                    "rule": None,
                    "help": "/api/v1/problems/required",
                }
            ],
        }
    },
    "DraftPage": {"one sent": {"items": [{**FACT, "status": "sent", "application": APPLICATION}], "next": None}},
}
