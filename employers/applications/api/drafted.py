"""A draft as machines see it: which ones, what a body may hold, what is shown of one and what is remarked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from rest_framework.parsers import BaseParser

from employers.applications.api import narrowing
from employers.applications.assess import assess
from employers.applications.expire import KEPT_FOR
from employers.applications.facts import own_wages
from employers.applications.models import Channel, Draft
from employers.applications.submit import Filing, fresh_reference
from employers.benefits.claim import BENEFITS
from employers.benefits.problems import Problem
from employers.intake import detail_values, values, words
from employers.intake.serializers import Unreadable, read_claim, unfit
from employers.organisations.calls import Caller, check_right
from employers.people.queries import known_person
from employers.records import clock, wire
from employers.records.problem import Refusal, invalid, invalid_at, not_found
from employers.records.readlog import log_each

BASE = "/api/v1/drafts"
SHARED = (Channel.WEB, Channel.API, Channel.REGISTER)  # what an official enters for somebody is not the employer's
ABOUT = ("employer", "benefit")
OPEN, READY, SENT = "open", "ready", "sent"
STATUS: Mapping[str, Q] = {
    OPEN: Q(application__isnull=True, ready_at__isnull=True),
    READY: Q(application__isnull=True, ready_at__isnull=False),
    SENT: Q(application__isnull=False),
}
Body = dict[str, Any]


class MergePatch(BaseParser):
    """RFC 7396. The bytes stay in `HttpRequest.body`, as those of every body."""

    media_type = "application/merge-patch+json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        try:
            return wire.loads((parser_context or {})["request"]._request.body)
        except wire.Unparseable:
            raise Refusal(400, "malformed-request") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """None: nothing is said of it."""

    body: Body | None
    ready: bool | None


def shared() -> QuerySet[Draft]:
    """A correction that somebody prepares on the web has a reason of its own, and a call of its own by machine."""
    return Draft.objects.filter(channel__in=SHARED, corrects__isnull=True)


def seen_by(caller: Caller) -> QuerySet[Draft]:
    return shared().filter(narrowing.seen_by(caller))


def owned(caller: Caller, id: UUID) -> Draft:
    """404 for an unknown or foreign one, 403 where its employer withholds the right."""
    found = shared().filter(pk=id, organisation__in=caller.known()).select_related("organisation").first()
    if found is None:
        raise not_found()
    check_right(caller, found.organisation_id, benefit=found.benefit)
    return found


def filtered(found: QuerySet[Draft], query: narrowing.Query) -> QuerySet[Draft]:
    """Without a `status` those that were not sent."""
    chosen = narrowing.chosen(query, {"benefit": BENEFITS, "status": STATUS})
    status = chosen.pop("status", None)
    return found.filter(STATUS[status] if status else ~STATUS[SENT], **chosen, **narrowing.of_employer(query))


def beginning_in(body: Any) -> Body:
    """A claim as far as it is known. Raises the 422."""
    benefit = body.get("benefit") if isinstance(body, dict) else None
    wrong = unfit(body, benefit=benefit, allow_temporary=settings.SANDBOX, about=ABOUT)
    if wrong:
        raise invalid(wrong)
    return dict(body)


def patch_in(body: Any, *, benefit: str) -> Patch:
    """`{"body": {...}, "ready": true}`, each with what changes. Raises the 422."""
    if not isinstance(body, dict):
        raise invalid_at("", "invalid_type")
    problems: list[Problem] = []
    values.unknown(body, ("body", "ready"), "", problems)
    if "ready" in body:
        detail_values.truth(body["ready"], "ready", problems)
    if "body" in body:
        part = unfit(body["body"], benefit=benefit, allow_temporary=settings.SANDBOX)
        problems += [replace(one, field=values.below("body", one.field) if one.field else "body") for one in part]
    if problems:
        raise invalid(problems)
    return Patch(body=body.get("body"), ready=body.get("ready"))


def facts(draft: Draft) -> Body:
    """What is told in a list: nothing about a person."""
    return {
        "id": draft.pk,
        "employer": draft.organisation.business_id,
        "benefit": draft.benefit,
        "status": SENT if draft.application_id else READY if draft.ready_at else OPEN,
        "version": draft.version,
        "created_at": draft.created_at,
        "changed_at": draft.changed_at,
        "changed_by": _changed_by(draft),
        "kept_until": _kept_until(draft),
        "application": draft.application_id,
    }


def shape(draft: Draft, *, on: date) -> Body:
    found = [] if draft.application_id else remarks(draft, on=on)
    return {
        **facts(draft),
        "body": draft.content.get("body", {}),
        "problems": [words.described(problem) for problem in found],
    }


def remarks(draft: Draft, *, on: date) -> list[Problem]:
    """What would be said if it was sent now. Nothing stands in the way before that, so all of it is a warning."""
    try:
        claim = read_claim(to_send(draft), allow_temporary=settings.SANDBOX)
    except Unreadable as unreadable:
        found = unreadable.problems
    else:
        income = own_wages(claim, organisation=draft.organisation)
        told_on = min(on, clock.day_of(draft.told_at)) if draft.told_at else on
        found = assess(claim, on=told_on, organisation=draft.organisation, income=income, filing=True).problems
    return [replace(problem, severity="warning") for problem in found]


def as_told(filing: Filing) -> Filing:
    """What the register claimed first stays the register's."""
    return replace(filing, channel=Channel.REGISTER)


def log(caller: Caller, draft: Draft) -> None:
    """Whom it is about, where we know that person already. No row in the log, no data."""
    code = (draft.content.get("body", {}).get("employee") or {}).get("personal_identity_code")
    person = known_person(code) if code else None
    readers = caller.readers([draft.organisation_id])
    read = [(person.pk, readers[draft.organisation_id])] if person else []
    log_each(read, purpose="application", action="draft", at=caller.at)


def to_send(draft: Draft) -> Body:
    """A reference of our own where nobody gave one, as on the web."""
    said = {"reference": fresh_reference(), **draft.content.get("body", {})}
    return {**said, "employer": draft.organisation.business_id, "benefit": draft.benefit}


def _changed_by(draft: Draft) -> str:
    """In whose name: of a firm that acts for the employer `agent`. What the register told nobody has changed yet."""
    if draft.acting_organisation_id not in (None, draft.organisation_id):
        return "agent"
    untouched = draft.changed_by_id is None and draft.client_id is None
    return "register" if draft.told_at and untouched else "employer"


def _kept_until(draft: Draft) -> date | None:
    """The day on which it goes when nobody touches it. What the register tells waits for its employer."""
    kept = draft.application_id or draft.told_at
    return None if kept else clock.day_of(draft.changed_at + KEPT_FOR)
