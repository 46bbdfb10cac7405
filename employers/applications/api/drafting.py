"""Calls about drafts: applications on their way, shared by an employer on the web and a payroll firm by machine."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from employers.applications import draft as drafts
from employers.applications.api import drafted, reading, shapes
from employers.applications.api.doing import Answered, document, refusals
from employers.applications.api.drafted import BASE, MergePatch
from employers.applications.api.sending import claim_in
from employers.applications.complete import begun, completed
from employers.applications.correct import StaleVersion
from employers.applications.models import Channel, Draft
from employers.applications.submit import Filing
from employers.organisations.access import Actor
from employers.organisations.calls import Caller, body_of, caller_of, employer_in_body, is_strict, once
from employers.organisations.models import Organisation
from employers.records import doorbell, etag, paging
from employers.records.problem import Refusal, not_found


class Drafts(APIView):
    def get(self, request: Request) -> Response:
        """Those that were not sent, newest first, without what they say."""
        caller, page = caller_of(request), paging.asked(request.query_params)
        found = drafted.filtered(drafted.seen_by(caller), request.query_params)
        rows = page.rows(found.defer("content").select_related("organisation"))
        items = [drafted.facts(draft) for draft in rows[: page.limit]]
        return Response(page.answer([{"id": draft.pk} for draft in rows], items))

    def post(self, request: Request) -> HttpResponse:
        """Begin one with what is known by now."""
        caller, body = caller_of(request), body_of(request)
        employer = employer_in_body(caller, body)
        return _once_if_asked(request, lambda: _begun(caller, employer, body))


class One(APIView):
    parser_classes = [*APIView.parser_classes, MergePatch]

    def get(self, request: Request, id: UUID) -> Response:
        """With what it says, and what would stand against sending it now."""
        caller = caller_of(request)
        return _shown(caller, drafted.owned(caller, id))

    def patch(self, request: Request, id: UUID) -> Response:
        """Complete a part of it, or say that it is ready."""
        caller = caller_of(request)
        found = drafted.owned(caller, id)
        patch = drafted.patch_in(body_of(request), benefit=found.benefit)
        by, version = _actor(caller, found), etag.needed(request.headers, current=found.version)
        with transaction.atomic(), refusals():
            there = _open(id, version)
            kept = _patched(there, patch, by=by, caller=caller)
        return _shown(caller, kept)

    def delete(self, request: Request, id: UUID) -> Response:
        """Throw it away, with its documents."""
        caller = caller_of(request)
        found = drafted.owned(caller, id)
        with transaction.atomic(), refusals():
            drafts.discard(draft=_open(id, etag.named(request.headers, current=found.version)))
        return Response(status=204)


class Submission(APIView):
    def post(self, request: Request, id: UUID) -> HttpResponse:
        """Send it, by the rules of every application."""
        caller = caller_of(request)
        found = drafted.owned(caller, id)
        version, by = etag.named(request.headers, current=found.version), _actor(caller, found)
        filing = Filing(channel=Channel.API, by=by, at=caller.at, strict=is_strict(request))
        answer = once(request, lambda: _submitted(id, version, filing))
        reading.log_one(caller, Draft.objects.values_list("application", flat=True).get(pk=id), action="submission")
        doorbell.ring()
        return answer


def _once_if_asked(request: Request, work: Callable[[], Answered]) -> HttpResponse:
    """A key is taken where it is given."""
    if "Idempotency-Key" in request.headers:
        return once(request, work)
    with transaction.atomic():
        status, shown, headers = work()
    return Response(shown, status=status, headers=headers)


def _begun(caller: Caller, employer: Organisation | None, body: Any) -> Answered:
    said = drafted.beginning_in(body)
    assert employer is not None  # a body without one was refused
    benefit = said.pop("benefit")
    by = caller.about(benefit).actor(employer)
    content = begun(benefit, {name: value for name, value in said.items() if name != "employer"})
    draft = drafts.begin(
        organisation=employer, user=None, benefit=benefit, content=content, at=caller.at, channel=Channel.API, by=by
    )
    return 201, drafted.shape(draft, on=caller.on), _headers(draft)


def _headers(draft: Draft) -> dict[str, str]:
    return {"Location": f"{BASE}/{draft.pk}", "ETag": etag.etag(draft.version)}


def _shown(caller: Caller, draft: Draft) -> Response:
    drafted.log(caller, draft)
    return Response(drafted.shape(draft, on=caller.on), headers={"ETag": etag.etag(draft.version)})


def _actor(caller: Caller, draft: Draft) -> Actor:
    return caller.about(draft.benefit).actor(draft.organisation)


def _open(id: UUID, version: int | None) -> Draft:
    """Locked, of the version that the caller saw. Raises correct.StaleVersion, the 409 of one that was sent, and the
    404 of one that somebody has thrown away by now."""
    try:
        found = drafts.locked(id)
    except Draft.DoesNotExist:
        raise not_found() from None
    if found.application:
        raise Refusal(409, "draft-sent", existing=shapes.existing(found.application))
    if version not in (None, found.version):
        raise StaleVersion(found.version)
    return found


def _patched(draft: Draft, patch: drafted.Patch, *, by: Actor, caller: Caller) -> Draft:
    if patch.body is not None:
        part = patch.body
        draft = drafts.keep(
            draft_id=draft.pk,
            change=lambda old: completed(draft, part, by=by, content=old),
            at=caller.at,
            by=by,
        )
    if patch.ready:
        return drafts.hand_over(draft_id=draft.pk, by=by, at=caller.at)
    if patch.ready is False and draft.ready_at:
        return drafts.keep(draft_id=draft.pk, change=lambda old: old, at=caller.at, by=by)
    return draft


def _submitted(id: UUID, version: int | None, filing: Filing) -> Answered:
    with refusals(strict=filing.strict):
        draft = _open(id, version)
        claim = claim_in(drafted.to_send(draft))
        if draft.told_at:
            filing = drafted.as_told(filing)
        pk = drafts.send(draft_id=id, claim=claim, filing=filing).pk
    return 201, document(pk), {"Location": f"{shapes.BASE}/{pk}", "ETag": etag.etag(1)}
