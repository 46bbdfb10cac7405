"""Calls that send a claim, or tell beforehand what would come of it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from employers.applications.api import reading, shapes
from employers.applications.api.doing import Answered, as_errors, refusals
from employers.applications.assess import Assessment, assess
from employers.applications.facts import Noticed, own_wages
from employers.applications.models import Channel
from employers.applications.submit import Filing, file
from employers.benefits.claim import Claim, Income
from employers.benefits.problems import errors
from employers.intake.serializers import Unreadable, read_claim, read_estimate
from employers.organisations.access import Actor
from employers.organisations.calls import actor_in_body, body_of, caller_of, is_strict, once
from employers.people.models import Person
from employers.records import doorbell
from employers.records.etag import etag
from employers.records.problem import invalid
from employers.records.readlog import log_reads


class Estimates(APIView):
    def post(self, request: Request) -> Response:
        """What a claim would give, with every line and every parameter it used. Stores nothing."""
        caller, body = caller_of(request), body_of(request)
        by = actor_in_body(caller, body)
        employer = by.principal if by else None
        try:
            claim, income = read_estimate(body, allow_temporary=settings.SANDBOX)
        except Unreadable as unreadable:
            raise invalid(unreadable.problems) from None
        facts = Noticed()
        if income == Income() and claim.employee and employer:
            income = own_wages(claim, organisation=employer, facts=facts)
        found = assess(claim, on=caller.on, organisation=employer, income=income, filing=False, facts=facts)
        _log(by, found.person, facts, action="estimate", at=caller.at)
        return Response(_accepted(found, strict=is_strict(request)))


class Validate(APIView):
    def post(self, request: Request) -> Response:
        """The same rules as sending, and nothing is written."""
        caller, body = caller_of(request), body_of(request)
        by = actor_in_body(caller, body)
        employer = by.principal if by else None
        claim, facts = claim_in(body), Noticed()
        wages = own_wages(claim, organisation=employer, facts=facts)
        found = assess(claim, on=caller.on, organisation=employer, income=wages, filing=True, facts=facts)
        _log(by, found.person, facts, action="validate", at=caller.at)
        estimate = _accepted(found, strict=is_strict(request))
        return Response({"estimate": estimate, "problems": estimate["problems"]})


class Applications(reading.Applications):
    def post(self, request: Request) -> HttpResponse:
        """Send an application. Needs an Idempotency-Key."""
        caller, body = caller_of(request), body_of(request)
        by = actor_in_body(caller, body)
        answer = once(request, lambda: _sent(body, by=by, at=caller.at, strict=is_strict(request)))
        doorbell.ring()
        return answer


def claim_in(body: Any) -> Claim:
    try:
        return read_claim(body, allow_temporary=settings.SANDBOX)
    except Unreadable as unreadable:
        raise invalid(unreadable.problems) from None


def _sent(body: Any, *, by: Actor | None, at: datetime, strict: bool) -> Answered:
    claim = claim_in(body)
    assert by is not None  # a readable claim names an employer, and only a known one gets here
    assert by.principal is not None
    filing = Filing(channel=Channel.API, by=by, at=at, strict=strict)
    facts = Noticed()
    with refusals(strict=strict):
        version = file(organisation=by.principal, claim=claim, filing=filing, facts=facts)
    _log(by, version.application.person, facts, action="submit", at=at)
    address = f"{shapes.BASE}/{version.application_id}"
    return 201, shapes.filed(version), {"Location": address, "ETag": etag(version.number)}


def _log(by: Actor | None, person: Person | None, facts: Noticed, *, action: str, at: datetime) -> None:
    """What is told comes of the person's wages, employment or earlier absences, an error as well as a sum."""
    if by and person and facts.is_used:
        log_reads([person.pk], reader=by.as_reader(), purpose="application", action=action, at=at)


def _accepted(found: Assessment, *, strict: bool) -> dict[str, Any]:
    """The estimate, unless something stands in the way of it."""
    problems = as_errors(found.problems) if strict else found.problems
    if errors(problems) or found.estimate is None:
        raise invalid(problems)
    return shapes.estimate(found.estimate)
