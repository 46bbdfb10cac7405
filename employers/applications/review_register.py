"""Look through what a finished sync brought: the claims that reports carry, then what nobody claimed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce

from employers.applications import findings, mismatches
from employers.applications.models_register import RegisterReview
from employers.applications.receive_register import (
    collect_claims,
    is_any_claim_due,
    locked,
    place_of,
    receive_register_claims,
)
from employers.income_register.models import RegisterCursor, RegisterSync
from employers.organisations.models import Organisation

ATTEMPTS = 3
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Unread:
    """An employer, and the run that last brought its reports: of its own, or of a subscription over many employers."""

    organisation: Organisation
    sync: UUID


def is_any_due() -> bool:
    return _fresh().exists() or is_any_claim_due() or mismatches.outdated().exists()


def review_register(*, at: datetime) -> None:
    """Every step can be done twice, and by several workers at once."""
    unread = [Unread(one, one.last) for one in _fresh()]
    for one in unread:
        _collect(one.organisation)
    receive_register_claims(at=at)
    for one in unread:
        _review(one, at=at)
    for organisation in mismatches.outdated():
        _compare_again(organisation, at=at)


def _fresh() -> QuerySet[Any]:
    """Employers whose reports were not looked through since the run that brought the last of them.

    Where no cursor names that run, it is the last one of their own that has finished.
    """
    kept = RegisterCursor.objects.filter(organisation=OuterRef("pk")).values("last_sync")[:1]
    own = RegisterSync.objects.filter(
        organisation=OuterRef("pk"), status=RegisterSync.Status.FINISHED, dry_run=False
    ).order_by("-finished_at")
    employers = Organisation.objects.filter(register_access=True).annotate(
        last=Coalesce(Subquery(kept), Subquery(own.values("pk")[:1]), output_field=UUIDField()),
        read=Subquery(RegisterReview.objects.filter(organisation=OuterRef("pk")).values("sync")[:1]),
    )
    return employers.filter(Q(read=None) | ~Q(read=F("last")), last__isnull=False).order_by("pk")


def _collect(organisation: Organisation) -> None:
    """A row for every claim told and not known yet."""
    collect_claims(organisation)
    RegisterReview.objects.get_or_create(organisation=organisation)


def _review(unread: Unread, *, at: datetime) -> None:
    """Findings after a sync. What fails three times waits for the next one, so that others are not kept waiting."""
    with transaction.atomic():
        review = locked(unread.organisation.pk)
        if review is None or review.sync_id == unread.sync:
            return
        try:
            with transaction.atomic():
                _find(unread, at=at)
        except Exception as error:  # whatever nobody thought of: the others go on
            log.error("findings failed", sync=str(unread.sync), error=place_of(error))
            review.attempts += 1
        else:
            review.attempts = 0
        if review.attempts in (0, ATTEMPTS):
            review.sync_id, review.attempts = unread.sync, 0
        review.save()


def _find(unread: Unread, *, at: datetime) -> None:
    """A run over many employers adds up what is open of them all."""
    still_open = findings.find(unread.organisation, at=at)
    mismatches.find_mismatches(unread.organisation, at=at)
    RegisterSync.objects.filter(pk=unread.sync).update(findings=F("findings") + still_open)


def _compare_again(organisation: Organisation, *, at: datetime) -> None:
    """An application was said anew or decided since."""
    try:
        with transaction.atomic():
            if locked(organisation.pk):
                mismatches.find_mismatches(organisation, at=at)
    except Exception as error:  # whatever nobody thought of: the others go on
        log.error("mismatches failed", employer=str(organisation.pk), error=place_of(error))
        mismatches.let_go(organisation)  # or every round would try it again
