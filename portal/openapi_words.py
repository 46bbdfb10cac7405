"""What members and parameters mean, where their names do not say it: by shape and member, for the OpenAPI documents."""

from collections.abc import Mapping
from typing import Any

from employers.applications.compare import CODES
from employers.applications.dismiss import BECAUSE

LISTED = {kind: ", ".join(f"`{one}`" for one in reasons) for kind, reasons in BECAUSE.items()}

MEMBERS: Mapping[str, Mapping[str, str]] = {
    "SyncRequest": {
        "employer": "The Business ID of an employer that lets its register data be read.",
        "dry_run": "Count what would change and keep nothing. False without it.",
    },
    "Sync": {
        "status": "`waiting`: for a worker, or for the register to answer again; `running`; `finished`; `failed`: "
        "given up, with `error`. The last two are final.",
        "window": "Half-open: reports that changed in it are read. Both null until it runs. The next sync begins where "
        "this one ended.",
        "progress": "Of the part of the window that is being read: reports read, and how many the register promised "
        "(null until it says).",
        "reports": "Versions of reports read, known ones among them.",
        "new": "Reports seen for the first time.",
        "replaced": "Newer versions of known reports.",
        "invalidated": "Reports cancelled by their payer.",
        "quarantined": "Reports that could not be read. Officials look at them; the rest is kept.",
        "findings": "Unclaimed findings open after it. They are looked for once it has finished, so it may take "
        "a moment more: `register_finding.opened` tells each new one.",
        "error": "Why it waits again or failed: `unavailable` goes on by itself; `refused`, `bad_signature`, "
        "`malformed`, `wrong_window`, `count`, `worker_lost`, others: ours to look into. Null when all is well.",
    },
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
    "Event": {
        "application": "The application it is about, if it is about one.",
        "subject": "The id of what else it is about: the sync of `register_sync.finished`, the finding of "
        "`register_finding.opened`, the batch of `batch.finished`.",
        "status": "Where it stood then. Read it anew: it may have moved since.",
    },
}

QUERIES: Mapping[str, str] = {
    "employer": "Business ID. One that you may not act for gives an empty list.",
    "benefit": "A code of a benefit, as `GET /codes` lists them.",
    "status": "One status; without it all of them.",
    "kind": "`unclaimed` or `mismatch`; without it both.",
    "order": "`deadline`: the soonest first, what has none last. A cursor is good for the order it was given in.",
    "deadline_before": "A day: only what ends before it.",
    "cursor": "`next` of the page before.",
    "after": "`next` of the answer before; without it from the beginning.",
}

BODIES: Mapping[str, Mapping[str, Any]] = {
    "SyncRequest": {"read": {"employer": "9000004-6"}, "count": {"employer": "9000004-6", "dry_run": True}},
    "Dismissal": {"unclaimed": {"because": "no_claim_wanted"}, "mismatch": {"because": "both_right"}},
}


def worded(shapes: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The shapes with their words. Shapes are shared between members, so none is changed."""
    return {name: _worded(shape, MEMBERS.get(name, {})) for name, shape in shapes.items()}


def _worded(shape: dict[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    if not words:
        return shape
    members = {
        name: {**member, "description": words[name]} if name in words else member
        for name, member in shape["properties"].items()
    }
    return {**shape, "properties": members}
