"""What comes of the claims that the register's reports carry."""

from dataclasses import replace
from datetime import datetime
from traceback import extract_tb
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet

from employers.applications.models import Application, Channel
from employers.applications.models_register import RegisterClaim, RegisterReview
from employers.applications.queries import inherited, last_before
from employers.applications.receive_row import kept
from employers.applications.register_claim import claim_of
from employers.applications.submit import Duplicate, Filing, Overlap, Refused, fresh_reference, submit
from employers.benefits.claim import Claim
from employers.benefits.problems import Problem
from employers.income_register.models import PaidAbsence
from employers.income_register.queries import paid_absences
from employers.law.queries import laws
from employers.organisations.access import Actor
from employers.organisations.models import Organisation

ATTEMPTS = 3
State = RegisterClaim.State
log = structlog.get_logger()


def receive_register_claims(*, at: datetime) -> int:
    """Claims that wait become applications, or are told why not. Returns how many were worked."""
    organisations = waiting_claims().values_list("paid_absence__report__organisation", flat=True).distinct()
    return sum(_receive_all(organisation, at=at) for organisation in organisations)


def collect_claims(organisation: Organisation) -> None:
    """A row for every payment that is asked for and not known yet."""
    told = paid_absences(organisation).filter(reimbursement_type__isnull=False, claims__isnull=True)
    claims = [
        RegisterClaim(paid_absence_id=pk, place=place)
        for pk, further in told.values_list("pk", "further")
        for place in range(1 + len(further or ()))
    ]
    RegisterClaim.objects.bulk_create(claims, ignore_conflicts=True)


def waiting_claims() -> QuerySet[RegisterClaim]:
    return RegisterClaim.objects.filter(status=State.WAITING, attempts__lt=ATTEMPTS, paid_absence__current=True)


def _receive_all(organisation: UUID, *, at: datetime) -> int:
    count = 0
    while _receive_next(organisation, at=at):
        count += 1
    return count


@transaction.atomic
def _receive_next(organisation: UUID, *, at: datetime) -> bool:
    """One worker at a time for an employer, the oldest absence first: what goes on finds what it continues."""
    if locked(organisation) is None:
        return False
    waiting = waiting_claims().filter(paid_absence__report__organisation=organisation)
    claim = waiting.order_by("attempts", "paid_absence__start", "paid_absence_id").first()
    if claim is None:
        return False
    try:
        with transaction.atomic():
            _receive(claim, at=at)
    except Exception as error:  # whatever nobody thought of: the others go on
        log.error("claim of the register not received", claim=str(claim.pk), error=place_of(error))
        claim.attempts += 1
    claim.save()
    return True


def place_of(error: Exception) -> str:
    """What went wrong and where. The error's own text may quote what nobody may read in a log."""
    last = extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {last.filename}:{last.lineno}"


def locked(organisation: UUID) -> RegisterReview | None:
    return RegisterReview.objects.select_for_update(skip_locked=True).filter(pk=organisation).first()


def _receive(claim: RegisterClaim, *, at: datetime) -> None:
    absence = PaidAbsence.objects.select_related("report__organisation", "report__person").get(pk=claim.paid_absence_id)
    corrected = _told_before(absence)
    if corrected:
        claim.application_id = corrected.application_id
        claim.status, claim.problems = State.DUPLICATE, [kept(Problem("", "correction"))]
        return
    try:
        with transaction.atomic():
            claim.application = _submitted(absence, at=at)
            claim.status = State.RECEIVED
    except Refused as refused:
        claim.status, claim.problems = State.REFUSED, [kept(problem) for problem in refused.problems]
    except Duplicate as duplicate:
        claim.status, claim.application = State.DUPLICATE, duplicate.existing
    except Overlap as overlap:
        claim.status, claim.application = State.DUPLICATE, overlap.existing[0]
        claim.problems = [kept(Problem("absence", "overlap"))]


def _told_before(absence: PaidAbsence) -> RegisterClaim | None:
    """The claim of an earlier version of this report, with an application, that this one says anew.

    It is the same claim when it stands in the same place, or when its days overlap.
    """
    same_days = Q(paid_absence__start__lte=absence.end, paid_absence__end__gte=absence.start)
    same = Q(paid_absence__number=absence.number) | (same_days if absence.start and absence.end else Q())
    versions = RegisterClaim.objects.filter(paid_absence__report__report_id=absence.report.report_id)
    others = versions.exclude(paid_absence__report=absence.report)
    return others.filter(same, application__isnull=False).first()


def _submitted(absence: PaidAbsence, *, at: datetime) -> Application:
    """It came when the report did, so it is not late because we were."""
    organisation = absence.report.organisation
    by = Actor(role="system", principal=organisation)
    filing = Filing(channel=Channel.REGISTER, by=by, at=min(absence.report.received_at, at))
    claim = claim_of(absence, reference=fresh_reference())
    return submit(organisation=organisation, claim=_going_on(claim, absence), filing=filing)


def _going_on(claim: Claim, absence: PaidAbsence) -> Claim:
    """A month's report claims its part of an absence: the next month's continues it."""
    if claim.absence is None or absence.report.person is None:
        return claim
    last = last_before(
        claim.absence.start,
        benefit=claim.benefit,
        organisation=absence.report.organisation,
        person=absence.report.person,
    )
    continues = inherited(claim.absence.start, benefit=claim.benefit, last=last, law_on=laws())
    return replace(claim, continues_application=str(continues.pk)) if continues else claim
