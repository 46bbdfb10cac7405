"""What the register shows and no application says."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from employers.applications.compare import CODES
from employers.applications.dismiss import BECAUSE, REASONS
from employers.applications.models_register import Finding
from employers.benefits.claim import BENEFITS
from portal.described.claim import PERIOD
from portal.described.shape import (
    BUSINESS_ID,
    COUNT,
    DAY,
    ID,
    MOMENT,
    MONEY,
    YES_NO,
    Shape,
    answer,
    body,
    maybe,
    one_of,
    page,
)
from portal.described.told import OF_EMPLOYER, PAGED, Told

TAG = _("Findings")
ABOUT = "Paid absences that no application covers, and applications that the employer's own reports disagree with."

LISTED = {kind: ", ".join(f"`{one}`" for one in reasons) for kind, reasons in BECAUSE.items()}
NARROWED: Mapping[str, Shape] = {
    **OF_EMPLOYER,
    "status": {**one_of(Finding.State.values), "description": "One status; without it all of them."},
    "kind": {**one_of(Finding.Kind.values), "description": "`unclaimed` or `mismatch`; without it both."},
    "benefit": {**one_of(BENEFITS), "description": "A code of a benefit, as `GET /codes` lists them."},
    "deadline_before": {**DAY, "description": "A day: only what ends before it."},
    "order": {
        **one_of(("newest", "deadline")),
        "default": "newest",
        "description": "`deadline`: the soonest first, what has none last. A cursor is good for the order it was "
        "given in.",
    },
}
CALLS: Mapping[str, Told] = {
    "GET /register-findings": Told(
        summary=_("List what the register shows"),
        about="Newest first, or with `order=deadline` the soonest deadline first and what has none last. An "
        "`unclaimed` finding is a paid absence that no application covers. A `mismatch` names the "
        "`application`, in `code` what differs, and in `facts` what the application and the register say; it "
        "has no deadline.",
        gives="FindingPage",
        query={**NARROWED, **PAGED},
    ),
    "POST /register-findings/{id}/dismissal": Told(
        summary=_("Set a finding aside"),
        about="With the reason. The same said again changes nothing, so that it can be tried again without a key. 409 "
        "`finding-closed` where it was claimed, expired, or set aside for another reason.",
        takes="Dismissal",
        gives="Finding",
        refuses={409: ("finding-closed",)},
    ),
    "DELETE /register-findings/{id}/dismissal": Told(
        summary=_("Take the setting aside of a finding back"),
        about="The finding is open again, or `expired` where its time is over by now. Of an open one nothing changes. "
        "409 `finding-closed` where it was claimed or expired.",
        gives="Finding",
        refuses={409: ("finding-closed",)},
    ),
}
SHAPES: Mapping[str, Shape] = {
    "Finding": answer(
        id=ID,
        kind=one_of(Finding.Kind.values),
        code=maybe(one_of(CODES)),
        facts=maybe({"type": "object"}),
        employer=BUSINESS_ID,
        benefit=one_of(BENEFITS),
        absence=PERIOD,
        paid=maybe(MONEY),
        estimated_amount=maybe(MONEY),
        at_least=YES_NO,
        deadline=maybe(DAY),
        days_left=maybe(COUNT),
        status=one_of(Finding.State.values),
        application=maybe(ID),
        dismissal=maybe(answer(because=one_of(REASONS), at=MOMENT)),
    ),
    "FindingPage": page("Finding"),
    "Dismissal": body("because", because=one_of(REASONS)),
}
MEMBERS: Mapping[str, Mapping[str, str]] = {
    "Finding": {
        "kind": "`unclaimed`: paid, and nobody has applied. `mismatch`: an application and the reports tell otherwise.",
        "code": f"Of a mismatch what differs: {', '.join(f'`{one}`' for one in CODES)}. Null for `unclaimed`.",
        "facts": "Of a mismatch `claimed` and `register`: each a sum, a day, two days (`start`, `end`), a cause of "
        "absence (`cause_1`), or empty where nothing is told. Null for `unclaimed`.",
        "absence": "The days that can be applied for. Of annual leave costs the months.",
        "paid": "EUR, what the reports tell as pay for these days. Null where it is not told.",
        "estimated_amount": "EUR, at least. Null where the reports do not cover the wages that decide; the "
        "deadline holds all the same.",
        "at_least": "Always true: counted from this employer's own wages alone.",
        "deadline": "The last day to apply, not moved off days off. Null for a mismatch.",
        "days_left": "To the deadline as lateness is judged: moved to the next working day.",
        "status": "`open`; `covered` by `application`; `expired`: too late, or told no more; `dismissed`: set aside.",
        "application": "That covers it, or that a mismatch is about.",
        "dismissal": "Who set it aside said why. Null unless `dismissed`.",
    },
    "Dismissal": {"because": "; ".join(f"of `{kind}`: {reasons}" for kind, reasons in LISTED.items()) + "."},
}
OPEN: dict[str, Any] = {
    "id": "0198f3e6-3c4d-7e5f-a061-7c8d9e0f1a2b",
    "kind": "unclaimed",
    "code": None,
    "facts": None,
    "employer": "9000004-6",
    "benefit": "sickness_allowance",
    "absence": {"start": "2026-03-02", "end": "2026-04-10"},
    "paid": "3600.00",
    "estimated_amount": "1678.54",
    "at_least": True,
    "deadline": "2026-05-02",
    "days_left": 14,
    "status": "open",
    "application": None,
    "dismissal": None,
}
ASIDE = {"because": "no_claim_wanted", "at": "2026-04-20T07:40:00Z"}
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "FindingPage": {"last": {"items": [OPEN], "next": None}},
    "Finding": {"open": OPEN, "set_aside": {**OPEN, "status": "dismissed", "dismissal": ASIDE}},
    "Dismissal": {"unclaimed": {"because": "no_claim_wanted"}, "mismatch": {"because": "both_right"}},
}
