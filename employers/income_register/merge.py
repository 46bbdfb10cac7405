"""Bring an extract's reports into the tables: staged first, then settled by a few statements over whole sets.

Whatever the order and however often the same versions come, the same rows are left: a version is written once, a
masked field is filled in when it is told later and never emptied, and what is current is worked out from all versions.
What is known already is not written again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from .models import RegisterSync
from .schema import Poison, Report
from .stage import execute, payers_of, stage


@dataclass(slots=True, kw_only=True)
class Counts:
    reports: int = 0  # read, kept or not
    new: int = 0
    replaced: int = 0
    invalidated: int = 0
    quarantined: int = 0
    foreign: int = 0  # of payers that are not ours: not kept
    organisations: frozenset[UUID] = field(default_factory=frozenset)  # of which something changed

    @property
    def columns(self) -> dict[str, int]:
        """Those that `RegisterSync` has columns for."""
        names = ("reports", "new", "replaced", "invalidated", "quarantined")
        return {name: getattr(self, name) for name in names}


def merge(reports: Iterable[Report | Poison], *, sync: RegisterSync, at: datetime) -> Counts:
    """Stage and settle what the sync's employer, or those of its subscription, reported."""
    payers, only = payers_of(sync)
    stage(reports, payers=payers, only=only)
    return settle(sync=sync, at=at)


def settle(*, sync: RegisterSync, at: datetime) -> Counts:
    """Bring what was staged last into the tables; in the transaction that also moves the cursor."""
    with connection.cursor() as cursor:
        for name in ("merge", "settle", "quarantine", "count"):
            execute(cursor, name, sync=sync.pk, at=at)
        return _counts(cursor.fetchone())


def _counts(row: tuple[Any, ...]) -> Counts:
    reports, new, replaced, invalidated, quarantined, foreign, organisations = row
    return Counts(
        reports=reports,
        new=new,
        replaced=replaced,
        invalidated=invalidated,
        quarantined=quarantined,
        foreign=foreign,
        organisations=frozenset(organisations),
    )
