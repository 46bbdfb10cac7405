"""An application on its way: begun by a person or a program, kept piece by piece, sent once, or thrown away."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from employers.applications.attach import move_along
from employers.applications.correct import StaleVersion, correct
from employers.applications.models import Application, Channel, Draft
from employers.applications.models_register import RegisterClaim
from employers.applications.submit import Filing, submit
from employers.benefits.claim import Claim
from employers.organisations.access import Actor
from employers.organisations.models import Organisation, User

Body = dict[str, Any]
NO_TIME, LONGEST_PAGE = timedelta(0), timedelta(minutes=10)
CHANGED = ("version", "changed_by", "client", "acting_organisation", "mandate", "ready_at", "ready_by")


def begin(
    *,
    organisation: Organisation,
    user: User | None,
    benefit: str,
    content: Body,
    at: datetime,
    channel: str = Channel.WEB,
    corrects: Application | None = None,
    told_at: datetime | None = None,
    by: Actor | None = None,
) -> Draft:
    """`content`: `body` is the claim as far as it is known, `done` the pages answered, the rest is for estimates.

    `way`, where it is there, names the pages that are still asked, in their order. `channel`: paper and telephone are
    an official's who enters what somebody else said. `corrects`: what was sent already and is said anew. `told_at`:
    when a report in the register claimed it, which nobody of the employer began here. `by`: whose program begins it, or
    in whose name the user does.
    """
    return Draft.objects.create(
        organisation=organisation,
        user=user,
        benefit=benefit,
        content=content,
        created_at=at,
        changed_at=at,
        channel=channel,
        changed_by=user,
        corrects=corrects,
        told_at=told_at,
        **(by.columns() if by else {}),
    )


@transaction.atomic
def keep(
    *,
    draft_id: UUID,
    change: Callable[[Body], Body],
    at: datetime,
    by: Actor | None = None,
    version: int | None = None,
) -> Draft:
    """`change` gets the content as it is now, so that two windows do not undo each other.

    `by`: nobody where a report says it anew. `version`: the one it was made from, of whoever tells. Raises
    Draft.DoesNotExist or StaleVersion; a draft that was sent stays as it is.
    """
    draft = locked(draft_id, version=version)
    if draft.application_id is None:
        draft.content = change(draft.content)
        draft.seconds += 0 if by and by.client else _worked(draft, at)
        draft.changed_at = at
        _change(draft, by=by)
        draft.save(update_fields=["content", "seconds", "changed_at", *CHANGED])
    return draft


@transaction.atomic
def hand_over(*, draft_id: UUID, by: Actor, at: datetime, version: int | None = None) -> Draft:
    """Ready for those who may send it. The next change takes the mark away. One that was sent stays as it is.

    Raises StaleVersion.
    """
    draft = locked(draft_id, version=version)
    if draft.application_id is None:
        _change(draft, by=by)
        draft.ready_at, draft.ready_by = at, by.user
        draft.save(update_fields=CHANGED)
    return draft


def locked(draft_id: UUID, *, version: int | None = None) -> Draft:
    """Raises Draft.DoesNotExist, and StaleVersion where it is another one by now."""
    draft = Draft.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=draft_id)
    if version is not None and draft.version != version:
        raise StaleVersion(draft.version)
    return draft


def _change(draft: Draft, *, by: Actor | None) -> None:
    """One version more, by whom, and not ready any more."""
    draft.version += 1
    draft.ready_at = draft.ready_by = None
    if by:
        draft.changed_by = by.user
        for name, value in by.columns().items():
            setattr(draft, name, value)


def _worked(draft: Draft, at: datetime) -> int:
    """Since the last save. Nobody works longer on one page: the rest was a pause."""
    return int(max(NO_TIME, min(at - draft.changed_at, LONGEST_PAGE)).total_seconds())


@transaction.atomic
def send(*, draft_id: UUID, claim: Claim, filing: Filing, reason: str = "", version: int | None = None) -> Application:
    """Sent twice, it is one application. Raises what `submit` raises, and then the draft stays.

    `version`: the one that the claim was read from; raises StaleVersion where somebody has changed it since.

    What says a sent application anew is given its `reason`, and raises what `correct` raises. What a report in the
    register claimed was sent when the report came.

    Once sent, the draft holds no personal data: the application does.
    """
    draft = locked(draft_id)
    if draft.application_id is not None:
        return Application.objects.get(pk=draft.application_id)
    if version is not None and version != draft.version:
        raise StaleVersion(draft.version)
    application = _sent(draft, claim, filing, reason=reason)
    draft.application = application
    draft.content = {}
    draft.seconds += 0 if filing.by.client else _worked(draft, filing.at)
    draft.changed_at = filing.at
    draft.version += 1
    draft.save(update_fields=["application", "content", "seconds", "changed_at", "version"])
    waiting = RegisterClaim.objects.filter(draft=draft, status=RegisterClaim.State.NEEDS_DETAILS)
    waiting.update(status=RegisterClaim.State.RECEIVED, application=application)
    move_along(draft_id=draft.pk, application=application, at=filing.at)
    return application


def _sent(draft: Draft, claim: Claim, filing: Filing, *, reason: str) -> Application:
    if draft.corrects_id is None:
        told_first = min(draft.told_at or filing.at, filing.at)
        return submit(organisation=draft.organisation, claim=claim, filing=replace(filing, at=told_first))
    said = correct(
        application_id=draft.corrects_id,
        claim=claim,
        reason=reason,
        version=draft.content["corrects_version"],
        by=filing.by,
        at=filing.at,
    )
    return said.application


def discard(*, draft: Draft) -> None:
    draft.delete()
