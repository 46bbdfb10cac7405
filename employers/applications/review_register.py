"""Look through what a finished sync brought: the claims that reports carry, then what nobody claimed."""

from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery

from employers.applications import findings
from employers.applications.models_register import RegisterReview
from employers.applications.receive_register import (
    collect_claims,
    is_any_claim_due,
    locked,
    place_of,
    receive_register_claims,
)
from employers.income_register.models import RegisterSync
from employers.organisations.models import Organisation

ATTEMPTS = 3
log = structlog.get_logger()


def is_any_due() -> bool:
    return bool(_unread()) or is_any_claim_due()


def review_register(*, at: datetime) -> None:
    """Every step can be done twice, and by two workers at once."""
    unread = _unread()
    for sync in unread:
        _collect(sync.organisation)
    receive_register_claims(at=at)
    for sync in unread:
        _review(sync, at=at)


def _unread() -> list[RegisterSync]:
    """The last finished sync of each employer whose reports were not looked through since."""
    last = RegisterSync.objects.filter(organisation=OuterRef("pk"), status=RegisterSync.Status.FINISHED)
    employers = Organisation.objects.filter(register_access=True).annotate(
        last=Subquery(last.order_by("-finished_at").values("pk")[:1]),
        read=Subquery(RegisterReview.objects.filter(organisation=OuterRef("pk")).values("sync")[:1]),
    )
    fresh = employers.filter(Q(read=None) | ~Q(read=F("last")), last__isnull=False).values("last")
    return list(RegisterSync.objects.filter(pk__in=fresh).select_related("organisation"))


def _collect(organisation: Organisation) -> None:
    """A row for every claim told and not known yet."""
    collect_claims(organisation)
    RegisterReview.objects.get_or_create(organisation=organisation)


def _review(sync: RegisterSync, *, at: datetime) -> None:
    """Findings after a sync. What fails three times waits for the next one, so that others are not kept waiting."""
    with transaction.atomic():
        review = locked(sync.organisation_id)
        if review is None or review.sync_id == sync.pk:
            return
        try:
            with transaction.atomic():
                still_open = findings.find(sync.organisation, at=at)
                RegisterSync.objects.filter(pk=sync.pk).update(findings=still_open)
        except Exception as error:  # whatever nobody thought of: the others go on
            log.error("findings failed", sync=str(sync.pk), error=place_of(error))
            review.attempts += 1
        else:
            review.attempts = 0
        if review.attempts in (0, ATTEMPTS):
            review.sync, review.attempts = sync, 0
        review.save()
