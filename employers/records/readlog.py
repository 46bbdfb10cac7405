"""Every read of a person's data leaves a row, and comes before the data: no row, no data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from employers.records.models import ReadLog


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    kind: str  # user, client, system
    id: UUID | None
    organisation: UUID | None = None
    principal: UUID | None = None
    mandate: UUID | None = None


def log_reads(persons: Iterable[UUID], *, reader: Reader, purpose: str, action: str, at: datetime) -> None:
    """One row a person, one statement for all. Do it before the data leaves the door."""
    log_each(((person, reader) for person in persons), purpose=purpose, action=action, at=at)


def log_each(reads: Iterable[tuple[UUID, Reader]], *, purpose: str, action: str, at: datetime) -> None:
    """The same for a list that holds the matters of several employers: who reads as whom may differ from row to row."""
    rows = list(dict.fromkeys(reads))
    ReadLog.objects.bulk_create(
        ReadLog(
            at=at,
            person=person,
            actor_kind=reader.kind,
            actor=reader.id,
            organisation=reader.organisation,
            principal=reader.principal,
            mandate=reader.mandate,
            purpose=purpose,
            action=action,
            hits=len(rows),
        )
        for person, reader in rows
    )
