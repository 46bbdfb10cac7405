"""Claim what a finding shows: the employer confirms, and what the register tells becomes an application."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from employers.applications.models import Application, Channel
from employers.applications.models_register import Finding
from employers.applications.register_claim import who_and_since
from employers.applications.submit import Filing, fresh_reference, submit
from employers.applications.unclaimed import cached, unclaimed
from employers.benefits import findable
from employers.benefits.claim import Claim, Period
from employers.benefits.common import missing_of_person
from employers.benefits.periods import overlap
from employers.law.queries import laws
from employers.organisations.access import Actor


class FindingGone(Exception):
    """Claimed, too late, or no longer told by the register."""


def draft_claim(finding: Finding) -> Claim:
    """The claim that a confirmation would send, without its reference, from what the reports say now.

    Of a finding that was claimed in part since, what is left. Raises FindingGone.
    """
    organisation, law_on = finding.organisation, cached(laws())
    told = unclaimed(organisation, on=finding.due, law_on=law_on, person=finding.person_id)
    days = Period(start=finding.absence_start, end=finding.absence_end)
    left = [one for one in told if one.benefit == finding.benefit and overlap(one.absence, days)]
    found = next((one for one in left if one.absence.start == days.start), left[0] if left else None)
    if found is None or finding.status != Finding.State.OPEN:
        raise FindingGone
    employee, employment = who_and_since(finding.person, organisation=organisation)
    return replace(found.claim, employee=employee, employment=employment)


def needs(finding: Finding) -> list[str]:
    """Paths into the claim: what the register does not tell and an application cannot do without.

    Raises FindingGone.
    """
    claim = draft_claim(finding)
    return [*missing_of_person(claim), *findable.needed(claim)]


@transaction.atomic
def claim_finding(
    *, finding_id: UUID, by: Actor, at: datetime, claim_changes: Mapping[str, Any] | None = None
) -> Application:
    """`claim_changes`: fields of the claim that the employer said otherwise; its details beside those that are told.

    Raises Finding.DoesNotExist, FindingGone, Refused, Duplicate or Overlap, and then nothing is written.
    """
    finding = Finding.objects.select_for_update(of=("self",)).get(pk=finding_id)
    claim = _changed(replace(draft_claim(finding), reference=fresh_reference()), claim_changes or {})
    filing = Filing(channel=Channel.API if by.client else Channel.WEB, by=by, at=at)
    finding.application = submit(organisation=finding.organisation, claim=claim, filing=filing)
    finding.status = Finding.State.COVERED
    finding.save(update_fields=["application", "status"])
    return finding.application


def _changed(claim: Claim, changes: Mapping[str, Any]) -> Claim:
    if "details" in changes:
        changes = {**changes, "details": {**claim.details, **changes["details"]}}
    return replace(claim, **changes)
