"""Bring an extract's reports into the tables: COPY into temporary tables, then a few statements over whole sets.

Whatever the order and however often the same versions come, the same rows are left: a version is written once, a
masked field is filled in when it is told later and never emptied, and what is current is worked out from all versions.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model
from psycopg.types.json import Jsonb
from uuid_utils.compat import uuid7

from employers.organisations.models import Organisation
from employers.people.models import Employment, Person
from employers.records.fields import SealedTextField

from .codes import pensionable
from .models import PaidAbsence as PaidAbsenceRow
from .models import QuarantinedReport, RegisterSync
from .schema import PaidAbsence, Poison, Report

HERE = Path(__file__).parent
BATCH = 2000  # reports in memory at once
TABLES = {
    "staged_person": ("id", "identity_code", "identity_index"),
    "staged_report": (
        "id", "report_id", "version", "status", "payment_date", "period_start", "period_end", "wages",
        "absences_told", "absences_from", "absences_until", "received_at", "identity_index",
    ),
    "staged_employment": (
        "id", "identity_index", "told_by", "given_name", "family_name", "start_day", "end_day",
    ),
    "staged_absence": (
        "id", "report_id", "version", "number", "start_day", "end_day", "cause_code", "amount", "reimbursement_type",
        "reimbursement_reference", "reimbursement_specifier", "further", "information", "contact",
    ),
}  # fmt: skip
T = TypeVar("T")


@dataclass(slots=True, kw_only=True)
class Counts:
    reports: int = 0
    new: int = 0
    replaced: int = 0
    invalidated: int = 0
    quarantined: int = 0


def merge(reports: Iterable[Report | Poison], *, sync: RegisterSync, at: datetime) -> Counts:
    """To be called inside the transaction that also moves the cursor."""
    counts = Counts()
    with connection.cursor() as cursor:
        _execute(cursor, "stage")
        staging = _Staging(sync.organisation)
        for batch in _batches(reports, BATCH):
            counts.reports += len(batch)
            readable = [one for one in batch if isinstance(one, Report) and _is_own(one, sync.organisation)]
            counts.quarantined += _quarantine(batch, sync=sync, at=at)
            staging.copy(cursor, readable)
        for name in ("merge", "settle", "count"):
            _execute(cursor, name, organisation=sync.organisation.pk)
        counts.new, counts.replaced, counts.invalidated = cursor.fetchone()
    return counts


def _execute(cursor: Any, name: str, **parameters: Any) -> None:
    for statement in _statements(name):
        cursor.execute(statement, parameters)


@cache
def _statements(name: str) -> list[str]:
    return [one for one in (HERE / f"{name}.sql").read_text().split(";\n") if one.strip()]


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _is_own(report: Report, organisation: Organisation) -> bool:
    """Masked payers pass: the register was asked for this payer alone."""
    return report.business_id in (None, organisation.business_id)


def _quarantine(batch: Sequence[Report | Poison], *, sync: RegisterSync, at: datetime) -> int:
    reasons = [
        (one.report_id, one.reason if isinstance(one, Poison) else "DeliveryData/Payer")
        for one in batch
        if isinstance(one, Poison) or not _is_own(one, sync.organisation)
    ]
    QuarantinedReport.objects.bulk_create(
        [
            QuarantinedReport(
                organisation=sync.organisation, sync=sync, report_id=report_id[:40], reason=reason[:100], at=at
            )
            for report_id, reason in reasons
        ],
        ignore_conflicts=True,
    )
    return len(reasons)


class _Staging:
    """Rows for the temporary tables, sealed before they leave this process."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self.rows: dict[str, list[tuple[Any, ...]]] = {}
        self.indexes: dict[str, bytes] = {}  # by identity code
        self.employments: dict[bytes, UUID] = {}  # keys by person; a name is sealed to the row it will stand in

    def copy(self, cursor: Any, reports: Sequence[Report]) -> None:
        self.rows = {name: [] for name in TABLES}
        self._know({one.identity_code for one in reports if one.identity_code} - self.indexes.keys())
        for report in reports:
            self._add(report)
        for name, columns in TABLES.items():
            with cursor.copy(f"COPY {name} ({', '.join(columns)}) FROM STDIN") as copy:
                for row in self.rows[name]:
                    copy.write_row(row)

    def _know(self, identity_codes: set[str]) -> None:
        """People not met before in this extract: stage them, and find the employments that are there already."""
        fresh = {code: Person.index_of(code) for code in identity_codes}
        self.indexes |= fresh
        known = Employment.objects.filter(organisation=self.organisation, person__identity_index__in=fresh.values())
        there = {bytes(index): key for index, key in known.values_list("person__identity_index", "pk")}
        for code, index in fresh.items():
            key = uuid7()
            self.rows["staged_person"].append((key, _sealed(Person, "identity_code", code, key), index))
            self.employments[index] = there.get(index) or uuid7()

    def _add(self, report: Report) -> None:
        index = self.indexes[report.identity_code] if report.identity_code else None
        self.rows["staged_report"].append((
            uuid7(), report.report_id, report.version, report.status, report.payment_date, report.period_start,
            report.period_end, pensionable(report.transactions, on=report.payment_date), report.absences_told,
            report.absence_known_from, report.absence_known_until, report.received_at, index,
        ))  # fmt: skip
        if index is not None:
            self._employment(report, index)
        for number, absence in enumerate(report.paid_absences):
            self._absence(report, number, absence)

    def _employment(self, report: Report, index: bytes) -> None:
        key, period = self.employments[index], report.employment_period
        self.rows["staged_employment"].append((
            key, index, _told_by(report),
            _sealed(Employment, "given_name", report.given_name, key),
            _sealed(Employment, "family_name", report.family_name, key),
            period.start if period else None, period.end if period else None,
        ))  # fmt: skip

    def _absence(self, report: Report, number: int, absence: PaidAbsence) -> None:
        key = uuid7()
        claim = absence.reimbursements[0] if absence.reimbursements else None
        contact = report.content_contact if claim else None
        told = contact and {"name": contact.name, "phone": contact.telephone, "email": contact.email}
        self.rows["staged_absence"].append((
            key, report.report_id, report.version, number, absence.start, absence.end, absence.cause_code,
            absence.amount, claim and claim.payment_type, claim and claim.reference, claim and claim.specifier,
            _further(absence),
            _sealed(PaidAbsenceRow, "information", absence.info, key),
            _sealed(PaidAbsenceRow, "contact", told, key),
        ))  # fmt: skip


def _further(absence: PaidAbsence) -> Jsonb | None:
    """What else the payer asks for on the same absence."""
    rest = [asdict(one) for one in absence.reimbursements[1:]]
    return Jsonb(rest) if rest else None


def _told_by(report: Report) -> str:
    return f"{report.received_at.astimezone(UTC):%Y%m%dT%H%M%S.%f}/{report.report_id}/{report.version:010}"


def _sealed(model: type[Model], column: str, value: Any, key: UUID) -> bytes | None:
    field = model._meta.get_field(column)
    assert isinstance(field, SealedTextField)
    return None if value is None else field.sealed(value, key)
