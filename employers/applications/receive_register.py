"""What comes of the claims that the register's reports carry: new ones become applications, the rest is followed."""

from datetime import datetime
from traceback import extract_tb
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Exists, Q, QuerySet

from employers.applications import follow_claims, lifecycle
from employers.applications.ask_details import ask_for_details, discard_unsent
from employers.applications.claims_again import (
    before,
    first_told,
    gone_claims,
    instead,
    requests_of_others,
    with_reports,
)
from employers.applications.models import Channel
from employers.applications.models_register import RegisterClaim, RegisterReview
from employers.applications.register_claim import benefit_of, claim_of, going_on, is_masked
from employers.applications.submit import Duplicate, Filing, Overlap, Refused, fresh_reference, kept, submit
from employers.benefits.claim import Claim
from employers.benefits.problems import Problem
from employers.income_register.queries import paid_absences
from employers.organisations.models import Organisation

ATTEMPTS = 3
State = RegisterClaim.State
log = structlog.get_logger()


def receive_register_claims(*, at: datetime) -> int:
    """Claims that wait become applications, or are told why not. Returns how many were worked."""
    whose = "paid_absence__report__organisation"
    due = (waiting_claims(), gone_claims(attempts=ATTEMPTS))
    organisations = {one for claims in due for one in claims.values_list(whose, flat=True).distinct()}
    return sum(_receive_all(organisation, at=at) for organisation in sorted(organisations))


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
    """Those told and not worked yet. What the employer had sent itself and took back is claimed by its report again."""
    taken_back = Q(status=State.DUPLICATE, application__status=lifecycle.WITHDRAWN) & ~Q(
        application__channel=Channel.REGISTER
    )
    due = RegisterClaim.objects.filter(Q(status=State.WAITING) | taken_back, attempts__lt=ATTEMPTS)
    return due.filter(paid_absence__current=True).exclude(Exists(requests_of_others()))


def is_any_claim_due() -> bool:
    return waiting_claims().exists() or gone_claims(attempts=ATTEMPTS).exists()


def _receive_all(organisation: UUID, *, at: datetime) -> int:
    count = 0
    while _receive_next(organisation, at=at):
        count += 1
    return count


@transaction.atomic
def _receive_next(organisation: UUID, *, at: datetime) -> bool:
    """One worker at a time for an employer, the oldest absence first: what goes on finds what it continues.

    What is told no longer comes after all that could take its place.
    """
    if locked(organisation) is None:
        return False
    own = Q(paid_absence__report__organisation=organisation)
    claim = _first(waiting_claims().filter(own))
    work = _receive if claim else _let_go
    claim = claim or _first(gone_claims(attempts=ATTEMPTS).filter(own))
    if claim is None:
        return False
    try:
        with transaction.atomic():
            work(claim, at=at)
            claim.save()
    except Exception as error:  # whatever nobody thought of: the others go on
        log.error("claim of the register not received", claim=str(claim.pk), error=place_of(error))
        RegisterClaim.objects.filter(pk=claim.pk).update(attempts=claim.attempts + 1)
    return True


def _first(claims: QuerySet[RegisterClaim]) -> RegisterClaim | None:
    return with_reports(claims).order_by("attempts", "paid_absence__start", "paid_absence_id", "place").first()


def place_of(error: Exception) -> str:
    """What went wrong and where. The error's own text may quote what nobody may read in a log."""
    last = extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {last.filename}:{last.lineno}"


def locked(organisation: UUID) -> RegisterReview | None:
    return RegisterReview.objects.select_for_update(skip_locked=True).filter(pk=organisation).first()


def _receive(claim: RegisterClaim, *, at: datetime) -> None:
    then = before(claim)
    claim.application, claim.problems = None, []
    if then is None:
        _take(claim, told_at=first_told(claim), at=at)
    elif is_masked(claim.paid_absence):
        claim.status, claim.application = State.DUPLICATE, then.application
    elif then.application is None:
        _take_instead(claim, then, at=at)
    elif _benefit(claim) != _benefit(then):
        follow_claims.let_go(then, at=at, why=follow_claims.ANOTHER_CAUSE)
        _take(claim, told_at=then.application.submitted_at, at=at)
    elif then.application.status == lifecycle.WITHDRAWN:
        _claim_again(claim, then, at=at)
    else:
        follow_claims.follow(claim, then, at=at)


def _let_go(claim: RegisterClaim, *, at: datetime) -> None:
    """Unless another report claims the same."""
    other = instead(claim)
    if other:
        follow_claims.follow(other, claim, at=at)
        other.save()
    else:
        follow_claims.let_go(claim, at=at)


def _benefit(claim: RegisterClaim) -> str:
    return benefit_of(claim.paid_absence, place=claim.place)


def _take_instead(claim: RegisterClaim, then: RegisterClaim, *, at: datetime) -> None:
    """The one before waits for its employer's details. What the employer threw away is claimed by other words alone."""
    then.status = State.REPLACED
    then.save(update_fields=["status"])
    if then.draft is None and follow_claims.said(claim) == follow_claims.said(then):
        claim.status, claim.problems = State.NEEDS_DETAILS, then.problems
        return
    told_at = then.draft.told_at if then.draft else None
    _take(claim, told_at=told_at or first_told(claim), at=at, then=then)


def _claim_again(claim: RegisterClaim, then: RegisterClaim, *, at: datetime) -> None:
    """The employer withdrew it in the portal. To claim it after all, a report has to claim something else."""
    if follow_claims.said(claim) == follow_claims.said(then):
        claim.status, claim.application = then.status, then.application
    else:
        _take(claim, told_at=first_told(claim), at=at)
    then.status = State.REPLACED
    then.save(update_fields=["status"])


def _take(claim: RegisterClaim, *, told_at: datetime, at: datetime, then: RegisterClaim | None = None) -> None:
    """`told_at`: it came when the report did, so it is not late because we were."""
    filing = Filing(channel=Channel.REGISTER, by=follow_claims.system(_employer(claim)), at=min(told_at, at))
    said = _claimed(claim)
    try:
        with transaction.atomic():
            claim.application = submit(organisation=_employer(claim), claim=said, filing=filing)
        claim.status = State.RECEIVED
        discard_unsent(then)
    except Refused as refused:
        claim.problems = [kept(problem) for problem in refused.problems]
        claim.status, claim.draft = ask_for_details(said, refused.problems, filing=filing, of=claim, then=then, at=at)
    except Duplicate as duplicate:
        claim.status, claim.application = State.DUPLICATE, duplicate.existing
        discard_unsent(then)
    except Overlap as overlap:
        claim.status, claim.application = State.DUPLICATE, overlap.existing[0]
        claim.problems = [kept(Problem("absence", "overlap"))]
        discard_unsent(then)


def _claimed(claim: RegisterClaim) -> Claim:
    absence = claim.paid_absence
    said = claim_of(absence, reference=fresh_reference(), place=claim.place)
    return going_on(said, organisation=absence.report.organisation, person=absence.report.person)


def _employer(claim: RegisterClaim) -> Organisation:
    return claim.paid_absence.report.organisation
