"""Calls about employers: who they are, what is missing before they can be paid, what happened."""

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from employers.organisations.access import mandates_in_force, rights_of_client
from employers.organisations.calls import Caller, caller_of, employer_in_path
from employers.organisations.models import Organisation
from employers.organisations.rights import APPLY, RIGHTS
from employers.records import events, paging
from employers.records.models import Event
from employers.records.problem import invalid_at
from employers.records.queries import Cursor, events_after

CURSOR = 24  # bytes: eight of a transaction's number, sixteen of an event's id


class Employers(APIView):
    def get(self, request: Request) -> Response:
        """The employers the client acts for, and what each lets it do."""
        caller, page = caller_of(request), paging.asked(request.query_params)
        rows = page.rows(caller.employers())
        held = rights_by_employer(caller, rows)
        items = [employer_answer(employer, held[employer.pk]) for employer in rows[: page.limit]]
        return Response(page.answer([{"id": employer.pk} for employer in rows], items))


class Employer(APIView):
    def get(self, request: Request, business_id: str) -> Response:
        caller = caller_of(request)
        employer = employer_in_path(caller, business_id)
        return Response(employer_answer(employer, rights_of_client(caller.client, employer, on=caller.on)))


class Readiness(APIView):
    def get(self, request: Request, business_id: str) -> Response:
        """What is missing before a claim of this employer can be sent by this client, and paid."""
        caller = caller_of(request)
        employer = employer_in_path(caller, business_id)
        may_apply = APPLY in rights_of_client(caller.client, employer, on=caller.on)
        missing = [*([] if may_apply else ["mandate"]), *employer.missing]
        return Response({"ready": not missing, "missing": missing})


class Events(APIView):
    def get(self, request: Request) -> Response:
        """What happened to all the client's employers, oldest first. Keep `next`, and ask again with it."""
        caller, limit = caller_of(request), paging.limit(request.query_params)
        after = event_cursor(request.query_params.get("after", ""))
        own = caller.client.organisation  # its batches are its own matter, whomever their rows are about
        employers = {own.pk: own.business_id, **dict(caller.employers().values_list("pk", "business_id"))}
        found = events_after(after, limit=limit, organisations=list(employers), types=events.PUBLIC)
        last = Cursor(found[-1].transaction, found[-1].id) if found else after
        return Response(
            {
                "items": [event_answer(event, employers[event.organisation]) for event in found],
                "next": paging.cursor(last.transaction.to_bytes(8, "big") + last.id.bytes),
            }
        )


def employer_answer(employer: Organisation, rights: list[str]) -> dict[str, Any]:
    return {
        "business_id": employer.business_id,
        "name": employer.name,
        "size_class": employer.size_class,
        "employees": employer.employees,
        "rights": rights,
        "language": employer.language,
    }


def event_answer(event: Event, business_id: str) -> dict[str, Any]:
    """Ids only: what it was about is read where rights are checked."""
    return {
        "id": event.id,
        "type": event.type,
        "timestamp": event.at,
        "employer": business_id,
        "application": event.application,
        "subject": event.subject,
        "status": event.status or None,
    }


def rights_by_employer(caller: Caller, employers: list[Organisation]) -> dict[UUID, list[str]]:
    """For all of them in one query."""
    mandates = (
        mandates_in_force(on=caller.on)
        .filter(principal__in=employers, agent_organisation=caller.client.organisation_id)
        .values_list("principal", "rights")
    )
    held: dict[UUID, set[str]] = {employer.pk: set() for employer in employers}
    for principal, rights in mandates:
        held[principal].update(rights)
    own = caller.client.organisation_id
    return {pk: [right for right in RIGHTS if pk == own or right in found] for pk, found in held.items()}


def event_cursor(text: str) -> Cursor:
    if not text:
        return Cursor()
    found = paging.place(text, size=CURSOR)
    if found is None or found[0] > 127:
        raise invalid_at("after", "id_invalid")
    return Cursor(int.from_bytes(found[:8], "big"), UUID(bytes=found[8:]))
