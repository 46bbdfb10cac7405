"""For codes that no claim alone leads to: the lines of a request or a file that do, and the same in order. No words."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lines:
    wrong: str
    right: str


API = "/api/v1"
ONE = f"{API}/applications/0198f3a0-7c1e-7a34-9d55-3f2b6f0e9a01"
ANSWERS = f"POST {ONE}/requests/0198f3a0-9b02-7c10-8e44-5d1c2b3a4f55/answers"
ITEM = '"item": "0198f3a0-9b02-7c10-8e44-5d1c2b3a4f66"'
ATTACH = f"POST {ONE}/attachments\nContent-Type: multipart/form-data; boundary=...\n\n"
CORRECT = f'POST {ONE}/corrections\nIf-Match: "1"\n\n'
BATCH = f"POST {API}/batches?mode=all_or_nothing\nContent-Type: text/csv\n\n"
KEY = "Idempotency-Key: 4f0c3a52-8a5e-4a8e-9d3b-2c1f6b7a8d90"
SUBMIT = f"POST {API}/applications\n"
JSON = "Content-Type: application/json"
TOKEN = "Authorization: Bearer ..."  # noqa: S105  no token
CLAIM = '{"employer": "9000004-6", "benefit": "sickness_allowance", "reference": "row-4711", ...}'
LINE = "9000004-6;sickness_allowance;row-1;2026-03-02;2026-04-10"
COLUMNS = "employer;benefit;reference;absence.start;absence.end"
READY = f"GET {API}/employers/9000004-6/readiness\n\n"

OF_ERRORS: Mapping[str, Lines] = {
    "already_answered": Lines(
        f'{ANSWERS}\n\n{{"answers": [{{{ITEM}, "text": "..."}}]}}', f'GET {ONE}/requests\n\n... "answered": false ...'
    ),
    "answers_missing": Lines(
        f'{ANSWERS}\n\n{{"answers": []}}', f'{ANSWERS}\n\n{{"answers": [{{{ITEM}, "text": "..."}}]}}'
    ),
    "bank_account_missing": Lines(
        f'{READY}{{"ready": false, "missing": ["bank_account"]}}', f'{READY}{{"ready": true, "missing": []}}'
    ),
    "benefit_not_supported": Lines('"benefit": "..."', f"GET {API}/codes"),
    "column_twice": Lines("employer;benefit;reference;reference", "employer;benefit;reference"),
    "columns_invalid": Lines("a;b;c", COLUMNS),
    "consent_missing": Lines(
        f'{READY}{{"ready": false, "missing": ["consent"]}}', f'{READY}{{"ready": true, "missing": []}}'
    ),
    "continuation_unsaid": Lines(
        '"continues_application": null', '"continues_application": "0198f3a0-7c1e-7a34-9d55-3f2b6f0e9a01"'
    ),
    "correction": Lines(f"{SUBMIT}\n{CLAIM}", f"{CORRECT}{CLAIM}"),
    "employment_unknown": Lines('"personal_identity_code": "010190-9123"', '"personal_identity_code": "010190-901R"'),
    "file_already_attached": Lines(f"{ATTACH}certificate.pdf\n\n{ATTACH}certificate.pdf", f"{ATTACH}certificate.pdf"),
    "file_can_run": Lines(f"{ATTACH}costs.xlsm", f"{ATTACH}costs.xlsx"),
    "file_empty": Lines("Content-Length: 0", "Content-Length: 48213"),
    "file_kind_not_taken": Lines(f"{ATTACH}certificate.docx", f"{ATTACH}certificate.pdf"),
    "file_locked": Lines(f"{ATTACH}costs.xls", f"{ATTACH}costs.xlsx"),
    "file_missing": Lines('name="document"; filename="certificate.pdf"', 'name="file"; filename="certificate.pdf"'),
    "file_not_what_it_says": Lines("certificate.pdf: PK...", "certificate.pdf: %PDF-1.7..."),
    "file_too_large": Lines("Content-Length: 24000000", "Content-Length: 4000000"),
    "file_too_large_inside": Lines("costs.xlsx: 1 MB, 900 MB", "costs.xlsx: 1 MB, 6 MB"),
    "file_too_late": Lines(f'GET {ONE}\n\n"status": "paid"', f'GET {ONE}\n\n"status": "in_handling"'),
    "finding_gone": Lines('"status": "covered"', f"GET {API}/register-findings?status=open"),
    "formula": Lines("=A1*2", "3600.00"),
    "income_twice": Lines(
        f'POST {API}/estimates\n\n{{"annual_income": "42000.00", "income_after_deduction": "40000.00", ...}}',
        f'POST {API}/estimates\n\n{{"annual_income": "42000.00", ...}}',
    ),
    "income_unknown": Lines(
        f'POST {API}/estimates\n\n{{"benefit": "sickness_allowance", ...}}',
        f'POST {API}/estimates\n\n{{"benefit": "sickness_allowance", "annual_income": "42000.00", ...}}',
    ),
    "late": Lines('"submitted_at": "2026-09-14T08:00:00Z"', '"submitted_at": "2026-04-20T08:00:00Z"'),
    "limit_too_large": Lines(f"GET {API}/applications?limit=1000", f"GET {API}/applications?limit=200"),
    "mandate_missing": Lines(
        f'{READY}{{"ready": false, "missing": ["mandate"]}}', f'{READY}{{"ready": true, "missing": []}}'
    ),
    "no_parameters_on_day": Lines('"absence": {"start": "2031-03-03", ...}', f"GET {API}/parameters?on=2026-03-02"),
    "no_rows": Lines(COLUMNS, f"{COLUMNS}\n{LINE}"),
    "other_benefit": Lines(
        f'{CORRECT}{{"benefit": "donor_allowance", ...}}', f'{CORRECT}{{"benefit": "sickness_allowance", ...}}'
    ),
    "other_employer": Lines(f'{CORRECT}{{"employer": "9000006-2", ...}}', f'{CORRECT}{{"employer": "9000004-6", ...}}'),
    "other_person": Lines(
        f'{CORRECT}{{"employee": {{"personal_identity_code": "010190-901R", ...}}, ...}}',
        f'{CORRECT}{{"employee": {{"personal_identity_code": "010190-9123", ...}}, ...}}',
    ),
    "other_rows_wrong": Lines(BATCH + COLUMNS, BATCH.replace("all_or_nothing", "partial") + COLUMNS),
    "over_accrual": Lines(
        '"months": [{"month": "2025-03", "paid_days": 26}, ... {"month": "2025-11", "paid_days": 25}]',
        '"months": [{"month": "2025-03", "paid_days": 26}, ... {"month": "2025-08", "paid_days": 25}]',
    ),
    "overlap": Lines(
        "2026-03-02 - 2026-04-10\n2026-04-06 - 2026-04-24", "2026-03-02 - 2026-04-10\n2026-04-11 - 2026-04-24"
    ),
    "reference_taken": Lines('"reference": "row-4711"', '"reference": "row-4712"'),
    "register_access_missing": Lines(
        f'{READY}{{"ready": false, "missing": ["register_access"]}}', f'{READY}{{"ready": true, "missing": []}}'
    ),
    "row_twice": Lines(f"{COLUMNS}\n{LINE}\n{LINE.replace('row-1', 'row-2')}", f"{COLUMNS}\n{LINE}"),
    "saturday_between": Lines(
        "2026-03-02 - 2026-03-13\n2026-03-15 - 2026-03-27", "2026-03-02 - 2026-03-13\n2026-03-14 - 2026-03-27"
    ),
    "time_invalid": Lines(
        f"GET {API}/applications?submitted_after=2026-03-02",
        f"GET {API}/applications?submitted_after=2026-03-02T09:30:00Z",
    ),
    "too_many_files": Lines(f"{ATTACH}page-21.pdf", f"{ATTACH}pages-1-21.pdf"),
    "too_many_cells": Lines(f"{COLUMNS}\n{LINE};;", f"{COLUMNS}\n{LINE}"),
    "too_many_periods": Lines('"other_days": [{...}, ... 367]', '"other_days": [{...}, ... 12]'),
    "too_many_rows": Lines("1\n2\n...\n10001", "1\n2\n...\n10000"),
    "unchanged": Lines(CORRECT + CLAIM, CORRECT + CLAIM.replace("...", '"pay_basis": "part", ...')),
    "unknown_column": Lines("employer;benefit;referense", "employer;benefit;reference"),
    "unknown_item": Lines(f'{ANSWERS}\n\n{{"answers": [{{"item": "4711", "text": "..."}}]}}', f"GET {ONE}/requests"),
    "unknown_request": Lines('"request": "4711"', f"GET {ONE}/requests"),
    "unparseable": Lines('{"employer": "9000004-6",', CLAIM),
    "url_invalid": Lines('"url": "https://user@example.fi/hooks#1"', '"url": "https://example.fi/hooks"'),
    "url_not_https": Lines('"url": "http://example.fi/hooks"', '"url": "https://example.fi/hooks"'),
    "url_not_public": Lines('"url": "https://10.0.0.7/hooks"', '"url": "https://example.fi/hooks"'),
    "year_not_official": Lines(f'POST {API}/sandbox/clock\n\n{{"today": "2031-03-02"}}', '{"today": "2026-03-02"}'),
}

OF_DOCUMENTS: Mapping[str, Lines] = {
    "attachment-exists": Lines(f"{ATTACH}certificate.pdf\n\n{ATTACH}certificate.pdf", f"GET {ONE}/attachments"),
    "attachment-held": Lines('"status": "held"', '"status": "released"'),
    "attachment-refused": Lines('"status": "refused"', '"status": "released"'),
    "body-too-large": Lines(f"{SUBMIT}Content-Length: 9000000", f"POST {API}/batches\nContent-Length: 9000000"),
    "correction-waits": Lines(f"{CORRECT}{CLAIM}", f"GET {ONE}"),
    "draft-sent": Lines(f"POST {API}/drafts/.../submission", '"application": "0198f3a0-7c1e-7a34-9d55-3f2b6f0e9a01"'),
    "duplicate": Lines(f"{SUBMIT}{KEY}\n\n{CLAIM}\n\n{SUBMIT}Idempotency-Key: ...\n\n{CLAIM}", f"GET {ONE}"),
    "finding-closed": Lines('"finding_status": "covered"', f"GET {API}/register-findings?status=open"),
    "idempotency-key-invalid": Lines("Idempotency-Key: 4711", KEY),
    "idempotency-key-missing": Lines(f"{SUBMIT}{JSON}", f"{SUBMIT}{JSON}\n{KEY}"),
    "idempotency-key-reused": Lines(
        f'{KEY}\n\n{{"reference": "row-4711", ...}}\n\n{KEY}\n\n{{"reference": "row-4712", ...}}',
        f'{KEY}\n\n{{"reference": "row-4711", ...}}\n\nIdempotency-Key: ...\n\n{{"reference": "row-4712", ...}}',
    ),
    "identity-unavailable": Lines("503\nRetry-After: 60", "200"),
    "if-match-missing": Lines(f"POST {ONE}/corrections", f'POST {ONE}/corrections\nIf-Match: "1"'),
    "internal-error": Lines("500", "201"),
    "malformed-request": Lines('{"employer": "9000004-6", "employer": "9000004-6"', '{"employer": "9000004-6"}'),
    "mandate-missing": Lines('"right": "apply"', f'GET {API}/employers/9000004-6\n\n"rights": ["apply", ...]'),
    "method-not-allowed": Lines(f"DELETE {ONE}", f"GET {ONE}"),
    "nobody-to-confirm": Lines(f"PUT {API}/employers/9000004-6/bank-account", '"four_eyes": ...'),
    "not-acceptable": Lines("Accept: text/csv", "Accept: application/json"),
    "not-authenticated": Lines(f"GET {ONE}", f"POST /oauth/token\n\nGET {ONE}\n{TOKEN}"),
    "not-decided": Lines(f"GET {ONE}/decision", f"GET {API}/events"),
    "not-found": Lines(f"GET {API}/application", f"GET {API}/applications"),
    "nothing-continues": Lines('"pay_continues_from": null', '"pay_continues_from": "2026-04-13"'),
    "overlap": Lines(
        "2026-03-02 - 2026-04-10\n2026-04-06 - 2026-04-24", "2026-03-02 - 2026-04-10\n2026-04-11 - 2026-04-24"
    ),
    "rate-limited": Lines(
        '429\nRetry-After: 1\nRateLimit-Policy: "read";q=200;w=4, "write";q=200;w=10\nRateLimit: "read";r=0;t=4',
        '200\nRateLimit: "read";r=199;t=1',
    ),
    "register-unavailable": Lines("503\nRetry-After: 60", "200"),
    "request-in-progress": Lines("409\nRetry-After: 1", "201\nIdempotency-Replayed: true"),
    "scope-missing": Lines('"scope": "decisions.read"', "POST /oauth/token\n\ngrant_type=client_credentials"),
    "too-many-webhooks": Lines(f"POST {API}/webhooks", f"GET {API}/webhooks\n\nDELETE {API}/webhooks/..."),
    "unavailable": Lines("503\nRetry-After: 5", "201"),
    "unsupported-media-type": Lines("Content-Type: text/plain", JSON),
    "validation-failed": Lines('"errors": [{"pointer": "/absence/end", "code": "before_start", ...}]', '"errors": []'),
    "version-stale": Lines('If-Match: "1"\n\n412\n"current": 2', f'GET {ONE}\n\n200\nETag: "2"'),
    "webhook-disabled": Lines(f"POST {API}/webhooks/.../test", f'PATCH {API}/webhooks/...\n\n{{"state": "active"}}'),
    "wrong-state": Lines('"application_status": "decided"', f"GET {ONE}"),
}
