"""Send an application: everything it needs is written in one transaction, or nothing is."""

import json
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from employers.applications import basis, lifecycle
from employers.applications.assess import Assessment, assess
from employers.applications.facts import TABLES, Facts, OfOneClaim, own_wages
from employers.applications.models import Application, ApplicationVersion
from employers.applications.record import log
from employers.benefits.claim import Claim, to_json
from employers.benefits.pay_end import pay_ends
from employers.benefits.problems import Problem
from employers.organisations.access import Actor
from employers.organisations.models import Organisation
from employers.people.models import Person
from employers.people.record import new_person
from employers.records import clock, crypto

SHARES = 1_936_287_073  # whose advisory locks these are; any number that nothing else uses
MOST_SHARES = 512  # an employer shares its lock with others, so that there are never more
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no letter that looks like a digit


class Refused(Exception):
    """The claim breaks a rule; `problems` holds them all."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = problems


class Duplicate(Exception):
    """The same claim is already with us."""

    def __init__(self, existing: Application) -> None:
        super().__init__(str(existing.pk))
        self.existing = existing


class Overlap(Exception):
    """Another live application covers some of the same days."""

    def __init__(self, existing: list[Application]) -> None:
        super().__init__(", ".join(str(application.pk) for application in existing))
        self.existing = existing


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """How and by whom the claim came."""

    channel: str
    by: Actor
    at: datetime
    strict: bool = False  # the caller wants warnings to count as errors


@transaction.atomic
def submit(*, organisation: Organisation, claim: Claim, filing: Filing) -> Application:
    """Raises Refused, Duplicate or Overlap, and then nothing is written."""
    return file(organisation=organisation, claim=claim, filing=filing).application


def file(*, organisation: Organisation, claim: Claim, filing: Filing, facts: Facts | None = None) -> ApplicationVersion:
    """The same in a transaction of the caller's, which has to end with whatever this raises. `facts`: not asked before,
    for the tables may change until it is this claim's turn."""
    one_at_a_time(organisation, claim)
    facts = facts or OfOneClaim()
    application, version = judged(organisation, claim, filing=filing, new_person=new_person, facts=facts)
    _insert(application)
    version.save(force_insert=True)
    log(application, "submit", source=lifecycle.DRAFT, by=filing.by, at=filing.at)
    return version


def judged(
    organisation: Organisation,
    claim: Claim,
    *,
    filing: Filing,
    new_person: Callable[[str], Person],
    facts: Facts,
) -> tuple[Application, ApplicationVersion]:
    """What sending the claim would write, not written, but for a person nobody knew: `new_person` makes one.

    Raises Refused, Duplicate or Overlap.
    """
    income = own_wages(claim, organisation=organisation, facts=facts)
    on = clock.day_of(filing.at)
    assessment = assess(claim, on=on, organisation=organisation, income=income, filing=True, facts=facts)
    refuse(assessment, strict=filing.strict)
    person, content_hash = assessment.person, hash_of(claim)
    if person is None and claim.employee:
        person = new_person(claim.employee.personal_identity_code)  # about whom nobody has sent anything
    else:
        refuse_twins(organisation, person, claim, content_hash, facts=facts)
    if filing.by.client and facts.is_taken(claim.reference, client=filing.by.client):
        raise Refused([Problem("reference", "reference_taken")])
    application = _application(organisation, person, assessment, content_hash=content_hash, filing=filing)
    return application, version_of(application, assessment, by=filing.by, at=filing.at)


def hash_of(claim: Claim) -> bytes:
    """Equal for the same claim said again; the reference does not count."""
    said = to_json(claim) | {"reference": ""}
    return crypto.index(json.dumps(said, sort_keys=True, ensure_ascii=False), purpose="claim")


def fresh_reference() -> str:
    """For those who have no number of their own: eight characters to read aloud on the telephone."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def one_at_a_time(organisation: Organisation, claim: Claim) -> None:
    """Two claims about one person wait for each other, so that the second sees the first."""
    all_at_a_time([(organisation, claim)])


def all_at_a_time(claims: Iterable[tuple[Organisation | None, Claim]]) -> None:
    """The same for many, in one order for everybody: who waits for whom never goes in a circle.

    Who holds very many takes `whole_at_a_time` instead, for which the others share a lock of their employer's.
    """
    chosen = {(_share(organisation), _lock(organisation, claim)) for organisation, claim in claims if organisation}
    shares, locks = sorted({share for share, _lock in chosen}), sorted({lock for _share, lock in chosen})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock_shared(%s, one) FROM unnest(%s::int[]) AS one"
            " UNION ALL SELECT pg_advisory_xact_lock(one) FROM unnest(%s::bigint[]) AS one",
            [SHARES, shares, locks],
        )


def whole_at_a_time(organisations: Iterable[Organisation]) -> None:
    """Nobody sends anything for these employers until the transaction ends: for thousands of claims, of which each
    taking a lock would leave none for anybody else."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, one) FROM unnest(%s::int[]) AS one",
            [SHARES, sorted({_share(organisation) for organisation in organisations})],
        )


def _lock(organisation: Organisation, claim: Claim) -> int:
    who = claim.employee.personal_identity_code if claim.employee else ""
    return int.from_bytes(crypto.index(f"{organisation.pk}{who}", purpose="lock")[:8], "big", signed=True)


def _share(organisation: Organisation) -> int:
    return organisation.pk.int % MOST_SHARES


def refuse(assessment: Assessment, *, strict: bool) -> None:
    refused = assessment.problems if strict else assessment.errors
    if refused:
        raise Refused(assessment.problems)


def refuse_twins(
    organisation: Organisation,
    person: Person | None,
    claim: Claim,
    content_hash: bytes,
    replaces: Application | None = None,
    facts: Facts = TABLES,
) -> None:
    """Raises Duplicate or Overlap. `replaces`: the application that says this anew is no twin of its own."""
    without = replaces.pk if replaces else None
    overlapping = facts.overlapping(claim, organisation=organisation, person=person, without=without)
    twins = [one for one in overlapping if bytes(one.content_hash) == content_hash]  # they cover the same days
    if twins:
        raise Duplicate(min(twins, key=lambda one: one.pk))
    if overlapping:
        raise Overlap(overlapping)


def _application(
    organisation: Organisation, person: Person | None, assessment: Assessment, *, content_hash: bytes, filing: Filing
) -> Application:
    claim = assessment.claim
    return Application(
        organisation=organisation,
        person=person,
        benefit=claim.benefit,
        status=lifecycle.SUBMITTED,
        channel=filing.channel,
        reference=claim.reference,
        content_hash=content_hash,
        **columns(assessment),
        submitted_at=filing.at,
        submitted_by=filing.by.user,
        **filing.by.columns(),
    )


def columns(assessment: Assessment) -> dict[str, Any]:
    """What queries need of a claim, beside what is sealed."""
    claim, estimate = assessment.claim, assessment.estimate
    assert estimate is not None  # no errors, so there is one
    return {
        "absence_start": claim.absence.start if claim.absence else None,
        "absence_end": claim.absence.end if claim.absence else None,
        "continues": assessment.continues,
        "law_day": assessment.law_day,
        "deadline": estimate.deadline,
        "late": any(problem.code == "late" for problem in assessment.problems),
        "amount": estimate.to_employer,
        "pay_ends": pay_ends(claim),
    }


def keep_version(
    application: Application, assessment: Assessment, *, by: Actor, at: datetime, reason: str = ""
) -> ApplicationVersion:
    """The claim as it was said and judged, under the application's number."""
    version = version_of(application, assessment, by=by, at=at, reason=reason)
    version.save(force_insert=True)
    return version


def version_of(
    application: Application, assessment: Assessment, *, by: Actor, at: datetime, reason: str = ""
) -> ApplicationVersion:
    assert assessment.estimate is not None
    return ApplicationVersion(
        application=application,
        number=application.version,
        content=to_json(assessment.claim),
        estimate=assessment.estimate.as_dict(),
        basis=basis.to_keep(law=assessment.law, income=assessment.income, earlier=assessment.earlier),
        problems=[kept(problem) for problem in assessment.warnings],
        at=at,
        reason=reason or None,
        **by.columns(),
    )


def _insert(application: Application) -> None:
    """A reference taken between our look and our insert: the constraint is the last door."""
    try:
        application.save(force_insert=True)
    except IntegrityError as error:
        if "application_reference_once" not in str(error):
            raise
        raise Refused([Problem("reference", "reference_taken")]) from error


def kept(problem: Problem) -> dict[str, object]:
    params = {key: str(value) for key, value in problem.params.items()}
    return {"field": problem.field, "code": problem.code, "severity": problem.severity, "params": params}
