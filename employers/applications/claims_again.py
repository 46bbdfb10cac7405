"""Which claims in the register are one claim told anew. Reads only.

A version of a report tells the claims of the one before it anew. A report that was cancelled and the one that was made
instead have nothing in common but the employer, the person, what is claimed and its days.
"""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from employers.applications import lifecycle
from employers.applications.models_corrections import CorrectionRequest
from employers.applications.models_register import RegisterClaim
from employers.applications.register_claim import benefit_of, is_masked
from employers.income_register.models import PaidAbsence, ReportVersion

State = RegisterClaim.State
SAME_CLAIM = timedelta(days=7)  # cancelled and told anew: the register asks for both on one day
SAME_DAYS, ANOTHER_REPORT, SAME_PLACE = range(3)


def gone_claims(*, attempts: int) -> QuerySet[RegisterClaim]:
    """Those that something stands on and that are told no longer, when nothing is left that could take their place.

    Where a newer version came masked, what it claims is not known. A request that somebody else made is answered
    first.
    """
    report = OuterRef("paid_absence__report__report_id")
    absences = PaidAbsence.objects.filter(current=True, unpaid=False, report__report_id=report)
    masked = absences.filter(Q(start=None) | Q(cause_code=None) | Q(amount=None))
    told = RegisterClaim.objects.filter(paid_absence__current=True)
    to_come = told.filter(
        status=State.WAITING,
        paid_absence__report__organisation=OuterRef("paid_absence__report__organisation"),
        paid_absence__report__person=OuterRef("paid_absence__report__person"),
    )
    kept_back = told.filter(status=State.REFUSED, application=OuterRef("application"))
    held_by = RegisterClaim.objects.filter(status__in=RegisterClaim.HOLDS, paid_absence__current=False)
    return held_by.filter(attempts__lt=attempts).exclude(
        Exists(masked) | Exists(to_come) | Exists(kept_back) | Exists(requests_of_others())
    )


def requests_of_others() -> QuerySet[CorrectionRequest]:
    """For a query of claims: requests about the application that wait and that the register did not make."""
    waiting = CorrectionRequest.objects.filter(
        application=OuterRef("application"), state=CorrectionRequest.State.WAITING
    )
    return waiting.exclude(asked_by=None, client=None)


def with_reports(claims: QuerySet[RegisterClaim]) -> QuerySet[RegisterClaim]:
    return claims.select_related(
        "paid_absence__report__organisation", "paid_absence__report__person", "application", "draft"
    )


def before(claim: RegisterClaim) -> RegisterClaim | None:
    """The claim, told no longer, whose place this one takes."""
    gone = [one for one in _of_the_same(claim, _followable()) if not one.paid_absence.current]
    others = [one for one in _of_the_same(claim, Q(status=State.WAITING)) if one != claim and one.paid_absence.current]
    near = [(_likeness(claim, one), one) for one in gone]
    found = [
        (likeness, one)
        for likeness, one in near
        if likeness is not None and (likeness < SAME_PLACE or all(_likeness(each, one) != 0 for each in others))
    ]
    return min(found, key=lambda pair: (pair[0], pair[1].pk))[1] if found else None


def _followable() -> Q:
    """What something stands on, and what an official was asked to cancel."""
    decided = Q(application__status__in=lifecycle.ENDED) & ~Q(application__outcome__in=lifecycle.DEAD_OUTCOMES)
    return Q(status__in=RegisterClaim.HOLDS) | (Q(status=State.WITHDRAWN) & decided)


def _of_the_same(claim: RegisterClaim, which: Q) -> list[RegisterClaim]:
    report = claim.paid_absence.report
    same = Q(paid_absence__report__report_id=report.report_id)
    if report.person_id:
        same |= Q(paid_absence__report__person=report.person_id)
    return list(
        with_reports(RegisterClaim.objects.filter(which, same, paid_absence__report__organisation=report.organisation))
    )


def _likeness(now: RegisterClaim, then: RegisterClaim) -> int | None:
    """The lower the nearer; None where one has nothing to do with the other.

    In another report only days tell. In the same one a claim can also move to other days, or change its cause.
    """
    one, other = now.paid_absence, then.paid_absence
    same_report = one.report.report_id == other.report.report_id
    same_benefit = is_masked(one) or benefit_of(one, place=now.place) == benefit_of(other, place=then.place)
    same_days = _overlap(one, other)
    if same_days and same_benefit:
        return SAME_DAYS if same_report else ANOTHER_REPORT
    same_place = same_report and (one.number, now.place) == (other.number, then.place)
    return SAME_PLACE if same_place and (same_days or same_benefit) else None


def _overlap(one: PaidAbsence, other: PaidAbsence) -> bool:
    if one.start is None or other.start is None:
        return False
    return one.start <= (other.end or other.start) and other.start <= (one.end or one.start)


def instead(claim: RegisterClaim) -> RegisterClaim | None:
    """Another report that claims the same, and that was thought a repetition as long as this one counted."""
    twins = with_reports(
        RegisterClaim.objects.filter(
            paid_absence__current=True, status=State.DUPLICATE, application=claim.application_id
        )
    )
    return twins.order_by("paid_absence__start", "pk").first() if claim.application_id else None


def first_told(claim: RegisterClaim) -> datetime:
    """When the claim came. One that was cancelled and told anew within days is the same claim."""
    report = claim.paid_absence.report
    taken_back = [
        one
        for one in _of_the_same(claim, Q(status=State.WITHDRAWN))
        if _likeness(claim, one) in (SAME_DAYS, ANOTHER_REPORT) and abs(report.received_at - _ended(one)) <= SAME_CLAIM
    ]
    first = [one.application.submitted_at for one in taken_back if one.application]
    return min([report.received_at, *first])


def _ended(claim: RegisterClaim) -> datetime:
    report = claim.paid_absence.report
    later = ReportVersion.objects.filter(report_id=report.report_id, version__gt=report.version).order_by("version")
    return later.values_list("received_at", flat=True).first() or report.received_at
