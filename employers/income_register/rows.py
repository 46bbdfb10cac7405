"""Rows for the temporary tables, as lines of COPY's text format."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Model
from uuid_utils import uuid7

from employers.records.fields import SealedTextField

from .codes import pensionable
from .models import PaidAbsence as PaidAbsenceRow
from .schema import PaidAbsence, Reimbursement, Report, UnpaidAbsence

LARGEST = 10**15  # EUR: what the column of wages holds
REPORT = (
    "id, organisation, report_id, version, status, payment_date, period_start, period_end, wages, absences_told,"
    " absences_from, absences_until, received_at, number"
)
ABSENCE = (
    "id, organisation, report_id, version, number, start_day, end_day, cause_code, amount, reimbursement_type,"
    " reimbursement_reference, reimbursement_specifier, further, information, contact, until, unpaid"
)
POISON = "id, organisation, report_id, reason"
NULL = "\\N"
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
UNPAID_FROM = 2**14  # paid and unpaid absences of a report are numbered each by themselves
Place = tuple[str, int, int]  # of an absence: report, version, number


class Unbelievable(ValueError):
    """What a report says does not fit into any table; the text is the element."""


def report_line(report: Report, *, organisation: str, person: int | None) -> str:
    """Raises Unbelievable for wages beyond all reason."""
    wages = pensionable(report.transactions, on=report.payment_date)
    if wages is not None and abs(wages) >= LARGEST:
        raise Unbelievable("Transactions")
    return (
        f"{uuid7()}\t{organisation}\t{text(report.report_id)}\t{report.version}\t{report.status}\t"
        f"{day(report.payment_date)}\t{day(report.period_start)}\t{day(report.period_end)}\t{plain(wages)}\t"
        f"{report.absences_told}\t{day(report.absence_known_from)}\t{day(report.absence_known_until)}\t"
        f"{report.received_at.isoformat()}\t"
        f"{plain(person)}\n"
    )


def places(report: Report) -> Iterator[int]:
    """The numbers of its absences. Raises Unbelievable where there are more than there are numbers."""
    paid, unpaid = len(report.paid_absences), len(report.unpaid_absences)
    if max(paid, unpaid) > UNPAID_FROM:
        raise Unbelievable("Absence")
    yield from range(paid)
    yield from range(UNPAID_FROM, UNPAID_FROM + unpaid)


def absence_line(report: Report, number: int, *, organisation: str, key: Any) -> str:
    unpaid = number >= UNPAID_FROM
    absence = _without_pay(report.unpaid_absences[number - UNPAID_FROM]) if unpaid else report.paid_absences[number]
    claim = absence.reimbursements[0] if absence.reimbursements else Reimbursement()
    values = (
        key, organisation, text(report.report_id), report.version, number, plain(absence.start), plain(absence.end),
        plain(absence.cause_code), plain(absence.amount), plain(claim.payment_type),
        text(claim.reference), text(claim.specifier), text(_further(absence)),
        sealed(PaidAbsenceRow, "information", absence.info, key),
        sealed(PaidAbsenceRow, "contact", _contact(report, absence), key),
        plain(absence.until), unpaid,
    )  # fmt: skip
    return line(values)


def _without_pay(absence: UnpaidAbsence) -> PaidAbsence:
    return PaidAbsence(start=absence.start, end=absence.end, days=absence.days, cause_code=absence.cause_code)


def poison_line(report_id: str, reason: str, *, organisation: str | None) -> str:
    return line((uuid7(), plain(organisation), text(report_id[:40]), text(reason[:100])))


def line(values: Iterable[Any]) -> str:
    return "\t".join(map(str, values)) + "\n"


def sealed(model: type[Model], column: str, value: Any, key: Any) -> str:
    """As COPY reads bytes. Sealed to the row `key`."""
    field = model._meta.get_field(column)
    assert isinstance(field, SealedTextField)
    return NULL if value is None else octets(field.sealed(value, key))


def octets(value: bytes) -> str:
    return f"\\\\x{value.hex()}"


def copy(cursor: Any, table: str, lines: list[str]) -> None:
    if lines:
        with cursor.copy(f"COPY {table} FROM STDIN") as into:
            into.write("".join(lines))
        lines.clear()


def _further(absence: PaidAbsence) -> str | None:
    """What else the payer asks for on the same absence."""
    rest = [asdict(one) for one in absence.reimbursements[1:]]
    return json.dumps(rest) if rest else None


def _contact(report: Report, absence: PaidAbsence) -> dict[str, str | None] | None:
    contact = report.content_contact if absence.reimbursements else None
    return None if contact is None else {"name": contact.name, "phone": contact.telephone, "email": contact.email}


@lru_cache(maxsize=4096)
def day(value: date | None) -> str:
    return plain(value)


def plain(value: Any) -> str:
    return NULL if value is None else str(value)


def text(value: str | None) -> str:
    if value is None:
        return NULL
    return value if value.isalnum() else value.translate(ESCAPES)
