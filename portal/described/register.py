"""Reading an employer's reports in the Incomes Register."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from employers.income_register.models import RegisterSync
from portal.described.shape import BUSINESS_ID, COUNT, ID, MOMENT, TEXT, YES_NO, Shape, answer, body, maybe, one_of
from portal.described.told import Told

TAG = _("Incomes Register")
ABOUT = "Read an employer's reports in the Incomes Register now. Every employer is read each night without being asked."

CALLS: Mapping[str, Told] = {
    "POST /register-syncs": Told(
        summary=_("Read an employer's reports in the Incomes Register"),
        about="Starts a sync, or gives the one that waits already. With `dry_run` it is counted what would change, and "
        "nothing is kept. 422 `register_access_missing` where the employer does not let its data be read.",
        takes="SyncRequest",
        gives="Sync",
        status=202,
        keyed=True,
        headers=("Location",),
    ),
    "GET /register-syncs/{id}": Told(
        summary=_("See how far a sync is"),
        about="And what it brought. Ask every few seconds, or wait for the event `register_sync.finished`.",
        gives="Sync",
    ),
}
COUNTS = ("reports", "new", "replaced", "invalidated", "quarantined", "findings")
SHAPES: Mapping[str, Shape] = {
    "SyncRequest": body("employer", employer=BUSINESS_ID, dry_run=YES_NO),
    "Sync": answer(
        id=ID,
        employer=BUSINESS_ID,
        status=one_of(RegisterSync.Status.values),
        dry_run=YES_NO,
        window=answer(**{"from": maybe(MOMENT), "until": maybe(MOMENT)}),
        progress=answer(read=COUNT, promised=maybe(COUNT)),
        **dict.fromkeys(COUNTS, COUNT),
        error=maybe(TEXT),
    ),
}
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
}
WAITING: dict[str, Any] = {
    "id": "0198f3d5-2b3c-7d4e-9f50-6b7c8d9e0f1a",
    "employer": "9000004-6",
    "status": "waiting",
    "dry_run": False,
    "window": {"from": None, "until": None},
    "progress": {"read": 0, "promised": None},
    **dict.fromkeys(COUNTS, 0),
    "error": None,
}
FINISHED: dict[str, Any] = {
    **WAITING,
    "status": "finished",
    "window": {"from": "2026-04-19T21:00:00Z", "until": "2026-04-20T07:30:00Z"},
    "progress": {"read": 14, "promised": 14},
    **{"reports": 14, "new": 12, "replaced": 2, "findings": 1},
}
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "SyncRequest": {"read": {"employer": "9000004-6"}, "count": {"employer": "9000004-6", "dry_run": True}},
    "Sync": {"waiting": WAITING, "finished": FINISHED},
}
