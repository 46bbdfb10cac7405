"""Ask the employer for what a report has no place for: the claim waits as a draft with all that the report told.

No application, because the law's checks stand: without hours, months or a contract nothing can be judged or estimated.
No lost claim either: the day that the report came is kept with the draft and decides the deadline.
"""

from collections.abc import Sequence
from datetime import datetime

from employers.applications.draft import Body, begin, discard, keep
from employers.applications.models import Channel, Draft
from employers.applications.models_register import RegisterClaim
from employers.applications.prefill import body_of, content_of
from employers.applications.register_claim import FOLLOWED, claim_of
from employers.applications.submit import Filing
from employers.benefits.claim import Claim
from employers.benefits.problems import Problem
from employers.records import events
from employers.records.record import record

State = RegisterClaim.State


def ask_for_details(
    claim: Claim,
    problems: Sequence[Problem],
    *,
    filing: Filing,
    of: RegisterClaim,
    then: RegisterClaim | None,
    at: datetime,
) -> tuple[State, Draft | None]:
    """Refused is what nobody can complete: we know no such benefit, or nobody whom it is about.

    `then`: the claim whose place it takes; its draft goes on, with what the employer has answered in it.
    """
    if not claim.benefit or claim.employee is None:
        discard_unsent(then)
        return State.REFUSED, None
    if then and then.draft and then.draft.benefit == claim.benefit:
        return State.NEEDS_DETAILS, _changed(then.draft, claim, then, at=at)
    discard_unsent(then)
    organisation = of.paid_absence.report.organisation
    draft = begin(
        organisation=organisation,
        user=None,
        benefit=claim.benefit,
        content=content_of(claim, problems),
        at=at,
        channel=Channel.REGISTER,
        told_at=filing.at,
    )
    record(events.CLAIM_INCOMPLETE, organisation=organisation.pk, subject=draft.pk, status=State.NEEDS_DETAILS, at=at)
    return State.NEEDS_DETAILS, draft


def discard_unsent(claim: RegisterClaim | None) -> None:
    if claim and claim.draft and claim.draft.application_id is None:
        discard(draft=claim.draft)
        claim.draft = None


def _changed(draft: Draft, claim: Claim, then: RegisterClaim, *, at: datetime) -> Draft:
    was, now = body_of(claim_of(then.paid_absence, reference="", place=then.place)), body_of(claim)
    news = {name: now[name] for name in FOLLOWED if now[name] != was[name]}

    def change(content: Body) -> Body:
        return content | {"body": content.get("body", {}) | news}

    return keep(draft_id=draft.pk, change=change, at=at)
