"""The feed of events, and what each type of event tells."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from employers.notifications.visible import NEEDED
from employers.records import events
from portal.described.problems import APPLICATION
from portal.described.shape import BUSINESS_ID, ID, MOMENT, TEXT, Shape, answer, many, maybe, one_of, ref
from portal.described.told import FED, Told

TAG = _("Events")
ABOUT = "One feed per client over all its employers: oldest first, without gaps, at least 90 days back."

RIGHTS_OF_TYPES = (
    " ".join(
        f"{', '.join(f'`{kind}`' for kind in kinds)}: {' or '.join(f'`{right}`' for right in needed)}."
        for needed, kinds in (
            (needed, [kind for kind in NEEDED if NEEDED[kind] == needed]) for needed in dict.fromkeys(NEEDED.values())
        )
    )
    + " Of occupational health care its own rights instead of `apply`. `batch.finished`: of this client's own batches. "
    "`mandate.changed`: of your organisation's own rights, also that one ended."
)
CALLS: Mapping[str, Told] = {
    "GET /events": Told(
        summary=_("Follow what happens"),
        about="To all the client's employers, oldest first. Keep `next`, and ask again with it: it is never null. You "
        "hear what your employers let you see at this moment. " + RIGHTS_OF_TYPES,
        gives="EventPage",
        query=FED,
    ),
}
SHAPES: Mapping[str, Shape] = {
    "Event": answer(
        id=ID,
        type=one_of(events.PUBLIC),
        timestamp=MOMENT,
        employer=BUSINESS_ID,
        application=maybe(ID),
        subject=maybe(ID),
        status=maybe(TEXT),
    ),
    "EventPage": answer(items=many(ref("Event")), next=TEXT),
}
MEMBERS: Mapping[str, Mapping[str, str]] = {
    "Event": {
        "type": "What happened; new types may come. `GET /codes` names them.",
        "employer": "The Business ID of the employer it is about.",
        "application": "The application it is about, if it is about one.",
        "subject": "The id of what else it is about: the sync of `register_sync.finished`, the finding of "
        "`register_finding.opened`, the batch of `batch.finished`, the mandate of `mandate.changed`.",
        "status": "Where it stood then. Read it anew: it may have moved since.",
    },
}
WORDS: Mapping[str, str] = {
    events.SUBMITTED: "An application was filed.",
    events.CORRECTED: "An application has a new version.",
    events.WITHDRAWN: "An application was taken back.",
    events.INFORMATION_REQUESTED: "An official asks something: `GET /applications/{id}/requests`.",
    events.MESSAGE: "The agency wrote: `GET /applications/{id}/messages`.",
    events.DECIDED: "A decision was made: `GET /applications/{id}/decision`.",
    events.PAYMENT_SENT: "Money is on its way: `GET /payments`.",
    events.PAY_ENDED: "The employer's pay ends and the absence goes on.",
    events.BATCH_FINISHED: "Every row of a batch has its result: `GET /batches/{id}/rows`.",
    events.SYNC_FINISHED: "A sync with the Incomes Register has ended: `GET /register-syncs/{id}`.",
    events.FINDING_OPENED: "The register shows a paid absence that no application covers: `GET /register-findings`.",
    events.MANDATE_CHANGED: "An employer changed what it lets your organisation do: `GET /employers`.",
}
DECIDED: dict[str, Any] = {
    "id": "0198f3f7-4d5e-7f60-b172-8d9e0f1a2b3c",
    "type": "application.decided",
    "timestamp": "2026-04-28T09:30:00Z",
    "employer": "9000004-6",
    "application": APPLICATION,
    "subject": None,
    "status": "decided",
}
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "EventPage": {"decided": {"items": [DECIDED], "next": "AAAAAAAAAAEBmPP3TV5_YLFyjZ4PGis8"}}
}
