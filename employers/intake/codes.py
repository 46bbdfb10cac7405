"""What can be wrong with a value as it was typed, and with a claim as the tables know it. Words are in `words`."""

from employers.benefits import slips
from employers.benefits.problems import CATALOGUE, Severity

# Said by whoever reads what a caller sent: a form, a body, a row, a report.
READING: dict[str, Severity] = {
    "business_id_invalid": "error",
    "column_twice": "error",
    "columns_invalid": "error",
    "count_invalid": "error",
    "date_invalid": "error",
    "formula": "error",
    "iban_invalid": "error",
    "identity_code_invalid": "error",
    "id_invalid": "error",
    "invalid_choice": "error",
    "invalid_type": "error",
    "limit_too_large": "error",
    "money_invalid": "error",
    "month_invalid": "error",
    "no_rows": "error",
    "not_text": "error",
    "number_invalid": "error",
    "number_out_of_range": "error",
    "payment_reference_invalid": "error",
    "reference_invalid": "error",
    "required": "error",
    "time_invalid": "error",
    "too_long": "error",
    "too_many_cells": "error",
    "too_many_items": "error",
    "too_many_rows": "error",
    "unknown_column": "error",
    "unknown_field": "error",
    "unparseable": "error",
    "url_invalid": "error",
    "url_not_https": "error",
    "url_not_public": "error",
    "year_not_official": "error",
}

# Said of a document that somebody attaches.
OF_FILES: dict[str, Severity] = {
    "file_already_attached": "error",
    "file_can_run": "error",
    "file_empty": "error",
    "file_kind_not_taken": "error",
    "file_locked": "error",
    "file_missing": "error",
    "file_not_what_it_says": "error",
    "file_too_large": "error",
    "file_too_large_inside": "error",
    "file_too_late": "error",
    "too_many_files": "error",
}

# Said by whoever looks at the tables.
FILING: dict[str, Severity] = {
    "already_answered": "error",
    "answers_missing": "error",
    "bank_account_missing": "warning",
    "consent_missing": "warning",
    "correction": "error",
    "employer_unknown": "error",
    "employment_unknown": "warning",
    "finding_gone": "error",
    "mandate_missing": "error",
    "other_benefit": "error",
    "other_employer": "error",
    "other_person": "error",
    "other_rows_wrong": "error",
    "overlap": "error",
    "reference_taken": "error",
    "register_access_missing": "error",
    "row_twice": "error",
    "unchanged": "error",
    "unknown_application": "error",
    "unknown_item": "error",
    "unknown_request": "error",
}


def every_code() -> dict[str, Severity]:
    """Every code an answer can hold, with its severity, by name."""
    return dict(sorted({**READING, **OF_FILES, **FILING, **slips.CODES, **CATALOGUE}.items()))
