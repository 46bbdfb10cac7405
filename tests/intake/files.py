"""Batch files as payroll programs and spreadsheets write them."""

import csv
import io
import json

from tests.machine import body

CODES = ("010190-9123", "020290-912J", "030390-9142", "040490-916K", "070790-9180")
COLUMNS = (
    "employer", "benefit", "reference", "employee.personal_identity_code", "employee.given_name",
    "employee.family_name", "employment.start", "absence.start", "absence.end", "pay_periods.1.start",
    "pay_periods.1.end", "pay_periods.1.amount", "pay_basis", "certificate",
)  # fmt: skip


def claim(number=1, **changes):
    """The body of a row: every number another employee."""
    employee = {"personal_identity_code": CODES[number - 1], "given_name": "Aino", "family_name": "Esimerkki"}
    return body(**{"reference": f"row-{number}", "employee": employee} | changes)


def json_lines(*claims):
    return "".join(json.dumps(each) + "\n" for each in claims).encode()


def cells(number=1, **changes):
    """The same as `claim`, in the columns above."""
    row = {
        "employer": "9000004-6",
        "benefit": "sickness_allowance",
        "reference": f"row-{number}",
        "employee.personal_identity_code": CODES[number - 1],
        "employee.given_name": "Aino",
        "employee.family_name": "Esimerkki",
        "employment.start": "2019-05-02",
        "absence.start": "2026-03-02",
        "absence.end": "2026-04-10",
        "pay_periods.1.start": "2026-03-02",
        "pay_periods.1.end": "2026-04-10",
        "pay_periods.1.amount": "3600.00",
        "pay_basis": "full",
        "certificate": "electronic",
    }
    return row | changes


def csv_file(*rows, separator=";", encoding="utf-8", end="\r\n"):
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=separator, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)
