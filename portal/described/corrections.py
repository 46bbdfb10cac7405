"""Saying an application anew: corrections, pay of the months that follow, taking it back."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from employers.applications.models_corrections import CorrectionRequest
from portal.described.applications import MEMBERS as OF_AN_APPLICATION
from portal.described.applications import SENT
from portal.described.applications import SHAPES as OF_APPLICATIONS
from portal.described.claim import ALWAYS, CLAIM, SAID, claims
from portal.described.claim import MEMBERS as OF_A_CLAIM
from portal.described.history import CHANGED
from portal.described.shape import COUNT, DAY, ID, MOMENT, TEXT, Shape, answer, body, many, maybe, one_of, page, ref
from portal.described.told import PAGED, Told

TAG = _("Corrections")
ABOUT = (
    "Before the decision a correction is the next version of the application. After it, nothing changes until an "
    "official takes the correction up: the call answers 202, and the list of corrections tells what became of it."
)
ANEW: Mapping[int, tuple[str, ...]] = {409: ("correction-waits", "duplicate", "overlap", "wrong-state")}

CALLS: Mapping[str, Told] = {
    "POST /applications/{id}/corrections": Told(
        summary=_("Correct an application"),
        about="The whole claim as it should read, and why. `If-Match` holds the `ETag` of the version it was made "
        "from. It stays about the same employer, employee and benefit, and keeps its `reference`, whatever is sent. "
        "What says nothing new is refused: 422 `unchanged`.",
        takes="Correction",
        gives="Corrected",
        status=201,
        also={202: "Corrected"},
        keyed=True,
        strict=True,
        if_match="required",
        headers=("Location", "ETag"),
        refuses=ANEW,
    ),
    "GET /applications/{id}/corrections": Told(
        summary=_("Read what became of corrections after the decision"),
        about="Newest first. Corrections before the decision are versions: `GET /applications/{id}/history`.",
        gives="AskedCorrectionPage",
        query=PAGED,
    ),
    "POST /applications/{id}/pay-reports": Told(
        summary=_("Report the next pay of an absence that goes on"),
        about="Added to what was said before, instead of a new application each month. It makes the next version, "
        "or after the decision a request, as a correction does. `pay_continues_from` absent: no pay follows.",
        takes="PayReport",
        gives="Corrected",
        status=201,
        also={202: "Corrected"},
        keyed=True,
        strict=True,
        if_match="optional",
        headers=("Location", "ETag"),
        refuses={409: (*ANEW[409], "nothing-continues")},
    ),
    "POST /applications/{id}/withdrawal": Told(
        summary=_("Withdraw an application"),
        about="Until it is decided. Its days can be applied for anew, within their time limit.",
        takes="Withdrawal",
        gives="Application",
        status=201,
        keyed=True,
        if_match="optional",
        headers=("Location", "ETag"),
        refuses={409: ("wrong-state",)},
    ),
}
REASON: Shape = {"type": "string", "minLength": 1, "maxLength": 1000}
STATES = one_of(CorrectionRequest.State.values)
APPLICATION: Mapping[str, Shape] = OF_APPLICATIONS["Application"]["properties"]
SHAPES: Mapping[str, Shape] = {
    "Correction": body(*ALWAYS, "reason", **SAID, reason=REASON),
    "Corrected": answer(**APPLICATION, diff=many(ref("Change")), request=maybe(answer(id=ID, status=STATES))),
    "AskedCorrection": answer(
        id=ID,
        kind=one_of(CorrectionRequest.Kind.values),
        status=STATES,
        version=COUNT,
        reason=maybe(TEXT),
        diff=many(ref("Change")),
        asked_at=MOMENT,
        answer=maybe(TEXT),
        answered_at=maybe(MOMENT),
    ),
    "AskedCorrectionPage": page("AskedCorrection"),
    "PayReport": body(
        "pay_periods",
        pay_periods=CLAIM["pay_periods"],
        pay_continues_from=maybe(DAY),
        absence_end=maybe(DAY),
    ),
    "Withdrawal": body("reason", reason=REASON),
}
MEMBERS: Mapping[str, Mapping[str, str]] = {
    "Correction": {**OF_A_CLAIM["Claim"], "reason": "Why. Nothing about the illness."},
    "Corrected": {
        **OF_AN_APPLICATION["Application"],
        "diff": "What changed; after the decision, what would change.",
        "request": "What an official takes up or refuses; null where the correction is the next version already.",
    },
    "AskedCorrection": {
        "kind": "`correct`, `report_pay`, or `cancel`: the register no longer tells of the absence.",
        "status": "`waiting` for an official; `taken_up`; `refused`: `answer` says why.",
        "reason": "Yours.",
        "version": "Of the application it was made from.",
        "diff": "What would change, or did.",
        "answer": "The official's words, where it was refused.",
    },
    "PayReport": {
        "pay_periods": "What was paid next. Empty where no more pay follows.",
        "pay_continues_from": "Pay goes on after them, from this day.",
        "absence_end": "Where the absence goes on beyond the pay.",
    },
    "Withdrawal": {"reason": "Why. Nothing about the illness."},
}
REQUEST = "0198f3a4-5d0f-7c31-96a8-0b1c2d3e4f5a"
WHY = "The employee came back earlier."
SHORTER: dict[str, Any] = {
    "absence": {"start": "2026-03-02", "end": "2026-03-31"},
    "pay_periods": [{"start": "2026-03-02", "end": "2026-03-31", "amount": "3000.00"}],
}
ASKED: dict[str, Any] = {
    "id": REQUEST,
    "kind": "correct",
    "status": "refused",
    "version": 1,
    "reason": WHY,
    "diff": CHANGED,
    "asked_at": "2026-05-06T08:20:00Z",
    "answer": "The wages in the register are those of the whole absence.",
    "answered_at": "2026-05-08T10:05:00Z",
}
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "Correction": {"shorter": {**claims()["sickness_allowance"], **SHORTER, "reason": WHY}},
    "Corrected": {
        "next_version": {**SENT, **SHORTER, "version": 2, "diff": CHANGED, "request": None},
        "waits": {**SENT, "status": "decided", "diff": CHANGED, "request": {"id": REQUEST, "status": "waiting"}},
    },
    "AskedCorrectionPage": {"refused": {"items": [ASKED], "next": None}},
    "PayReport": {
        "april": {
            "pay_periods": [{"start": "2026-04-01", "end": "2026-04-30", "amount": "2500.00"}],
            "pay_continues_from": "2026-05-01",
        }
    },
    "Withdrawal": {"twice": {"reason": "It was sent twice."}},
}
