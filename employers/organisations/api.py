"""Calls about employers: who they are, what is missing before they can be paid."""

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from employers.organisations.access import mandates_in_force, rights_of_client
from employers.organisations.calls import Caller, caller_of, employer_in_path
from employers.organisations.models import Organisation
from employers.organisations.rights import APPLY, RIGHTS
from employers.records import paging


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


def employer_answer(employer: Organisation, rights: list[str]) -> dict[str, Any]:
    return {
        "business_id": employer.business_id,
        "name": employer.name,
        "size_class": employer.size_class,
        "employees": employer.employees,
        "rights": rights,
        "language": employer.language,
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
