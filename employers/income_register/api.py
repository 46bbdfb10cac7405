"""Calls that start or watch the reading of one employer's reports in the Incomes Register."""

import re
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from employers.benefits.problems import Problem
from employers.organisations.calls import Caller, body_of, caller_of, check_right, employer_in_body, once
from employers.organisations.identifiers import is_business_id
from employers.organisations.models import Organisation
from employers.records import doorbell
from employers.records.problem import invalid, invalid_at, not_found

from .models import RegisterSync
from .sync import AccessMissing, request_sync

BASE = "/api/v1/register-syncs"
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}", re.ASCII)
MEMBERS = {"employer", "dry_run"}
MOST_UNKNOWN = 20  # more than these are not listed
COUNTS = ("reports", "new", "replaced", "invalidated", "quarantined", "findings")


class RegisterSyncs(APIView):
    def post(self, request: Request) -> HttpResponse:
        """Read one employer's reports in the Incomes Register: start a sync, or get the one that waits already. Every
        employer is read each night without being asked. With `dry_run` it is counted what would change, and nothing
        is kept. Needs an Idempotency-Key. 422 `register_access_missing` where the employer does not let its data be
        read."""
        caller, body = caller_of(request), body_of(request)
        employer = employer_in_body(caller, body)
        done = once(request, lambda: _started(caller, employer, body))
        doorbell.ring()
        return done


class Sync(APIView):
    def get(self, request: Request, id: UUID) -> Response:
        """How far it is and what it brought. Ask every few seconds, or wait for the event `register_sync.finished`."""
        caller = caller_of(request)
        found = (
            RegisterSync.objects.filter(pk=id, organisation__in=caller.known()).select_related("organisation").first()
        )
        if found is None:
            raise not_found()
        assert found.organisation_id
        check_right(caller, found.organisation_id)
        return Response(shape(found))


def _started(caller: Caller, employer: Organisation | None, body: Any) -> tuple[int, dict[str, Any], dict[str, str]]:
    problems = wrong(body)
    if problems or employer is None:
        raise invalid(problems)
    try:
        found = request_sync(
            organisation=employer, by=caller.actor(employer), dry_run=body.get("dry_run", False), at=caller.at
        )
    except AccessMissing:
        raise invalid_at("employer", "register_access_missing") from None
    return 202, shape(found), {"Location": f"{BASE}/{found.pk}"}


def wrong(body: Any) -> list[Problem]:
    """What is wrong with `{"employer": "...", "dry_run": true}`."""
    if not isinstance(body, dict):
        return [Problem("", "invalid_type")]
    found = [Problem(_place(name), "unknown_field") for name in sorted(set(body) - MEMBERS)[:MOST_UNKNOWN]]
    if not isinstance(body.get("dry_run", False), bool):
        found.append(Problem("dry_run", "invalid_type"))
    business_id = body.get("employer")
    if business_id is None:
        return [*found, Problem("employer", "required")]
    if not isinstance(business_id, str):
        found.append(Problem("employer", "invalid_type"))
    elif not is_business_id(business_id):
        found.append(Problem("employer", "business_id_invalid"))
    return found


def _place(name: str) -> str:
    """The member itself, unless its name is one that nobody would give: it may hold what must not be repeated."""
    return name if NAME.fullmatch(name) else ""


def shape(found: RegisterSync) -> dict[str, Any]:
    assert found.organisation
    return {
        "id": found.pk,
        "employer": found.organisation.business_id,
        "status": found.status,
        "dry_run": found.dry_run,
        "window": {"from": found.window_from, "until": found.window_until},
        "progress": {"read": found.read, "promised": found.promised},
        **{name: getattr(found, name) for name in COUNTS},
        "error": found.error or None,
    }
