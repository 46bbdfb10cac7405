"""The names that payroll programs are built against: none of them goes away, whatever is added beside them."""

import pytest

from employers.applications import lifecycle
from employers.benefits.claim import BENEFITS
from employers.organisations import rights
from employers.records.events import PUBLIC
from portal.described import every
from tests.machine import Machine

pytestmark = pytest.mark.usefixtures("sandbox")

CALLS = {
    "/employers": "GET",
    "/employers/{business_id}": "GET",
    "/employers/{business_id}/readiness": "GET",
    "/employers/{business_id}/bank-account": "PUT",
    "/estimates": "POST",
    "/applications": "GET POST",
    "/applications/validate": "POST",
    "/applications/search": "POST",
    "/applications/by-key/{key}": "GET",
    "/applications/{id}": "GET",
    "/applications/{id}/corrections": "POST",
    "/applications/{id}/withdrawal": "POST",
    "/applications/{id}/pay-reports": "POST",
    "/applications/{id}/history": "GET",
    "/applications/{id}/requests": "GET",
    "/applications/{id}/requests/{rid}/answers": "POST",
    "/applications/{id}/messages": "GET POST",
    "/applications/{id}/attachments": "POST",
    "/applications/{id}/attachments/{aid}": "GET",
    "/applications/{id}/decision": "GET",
    "/payments": "GET",
    "/drafts": "GET POST",
    "/drafts/{id}": "PATCH DELETE",
    "/drafts/{id}/submission": "POST",
    "/batches": "POST",
    "/batches/{id}": "GET",
    "/batches/{id}/rows": "GET",
    "/register-syncs": "POST",
    "/register-syncs/{id}": "GET",
    "/register-findings": "GET",
    "/events": "GET",
    "/webhooks": "GET POST",
    "/webhooks/{id}": "DELETE",
    "/webhooks/{id}/test": "POST",
    "/webhooks/{id}/deliveries": "GET",
    "/webhooks/{id}/deliveries/{did}/replay": "POST",
    "/guidance": "GET",
    "/parameters": "GET",
    "/codes": "GET",
    "/customers/feedback": "GET",
    "/benchmarks": "GET",
}
MEMBERS = {
    "Employer": "business_id name size_class employees rights language",
    "Readiness": "ready missing",
    "Request": "id due items",
    "Decision": "outcome decided_at amount reason differences appeal payments",
    "Batch": "id status mode rows done accepted rejected",
    "BatchRow": "row reference status application errors",
    "Sync": "id employer status window reports new replaced invalidated quarantined findings",
    "Finding": "id kind employer benefit absence paid estimated_amount at_least deadline days_left status",
    "Event": "id type timestamp employer application status",
    "Feedback": "id person segment previous sliding reasons assigned_on",
    "Estimate": "benefit daily_allowance payable_days amount to_employer to_employee at_least waiting_period "
    "first_payable_day deadline lines parameters estimate_status problems",
    "Application": "employer benefit reference employee employment absence continues_application previous_paid_day "
    "pay_periods pay_basis pay_continues_from other_days certificate insurer_case contact payment_reference "
    "payment_specifier details additional_information id version status submitted_at channel estimate problems links",
    "Problem": "type code title detail status instance trace_id origin errors",
    "Error": "pointer code detail severity rule help",
}
DOCUMENTS = {
    "idempotency-key-missing", "idempotency-key-invalid", "idempotency-key-reused", "request-in-progress", "duplicate",
    "overlap", "mandate-missing", "scope-missing", "not-decided", "if-match-missing", "version-stale", "rate-limited",
}  # fmt: skip
ERRORS = {
    "unknown_field", "limit_too_large", "employer_unknown", "reference_taken", "decision_missing",
    "full_time_in_sector", "nothing_payable", "income_unknown", "insurer_first", "difference_only", "too_long_ago",
}  # fmt: skip


def test_every_call_is_there():
    expected = {f"{method} {path}" for path, methods in CALLS.items() for method in methods.split()}
    assert expected - set(rights.CALLS) == set()


@pytest.mark.parametrize("shape", MEMBERS)
def test_every_member_is_always_there(shape):
    assert set(MEMBERS[shape].split()) - set(every.SHAPES[shape]["required"]) == set()


def test_every_code_is_told():
    told = Machine().http.get("/api/v1/codes").json()
    assert DOCUMENTS - {document["code"] for document in told["documents"]} == set()
    assert ERRORS - {problem["code"] for problem in told["problems"]} == set()
    assert {problem["severity"] for problem in told["problems"]} == {"error", "warning"}


def test_values_are_as_they_were_promised():
    assert len(BENEFITS) == 13
    assert set(lifecycle.OUTCOMES) == {"granted", "partly_granted", "rejected", "lapsed"}
    assert set(lifecycle.STATUSES) == {
        "draft", "submitted", "in_handling", "information_requested", "decided", "paid", "withdrawn",
    }  # fmt: skip
    assert set(rights.RIGHTS) == {
        "apply", "view_decisions", "view_payments", "bank_account", "view_log", "occupational_health_prepare",
        "occupational_health_send",
    }  # fmt: skip
    assert set(rights.SCOPES) == {
        "applications.read", "applications.write", "decisions.read", "account.write", "register.sync",
        "webhooks.manage", "segments.read",
    }  # fmt: skip
    assert set(PUBLIC) == {
        "application.submitted", "application.corrected", "application.withdrawn", "application.decided",
        "application.information_requested", "application.message", "payment.sent", "pay.ended", "batch.finished",
        "register_sync.finished", "register_finding.opened", "mandate.changed",
    }  # fmt: skip
