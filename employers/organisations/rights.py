"""Rights an employer can give, scopes a machine client can hold, and the table that says which call needs which."""

from collections.abc import Mapping
from dataclasses import dataclass

APPLY = "apply"
VIEW_DECISIONS = "view_decisions"
VIEW_PAYMENTS = "view_payments"
BANK_ACCOUNT = "bank_account"
VIEW_LOG = "view_log"
OCCUPATIONAL_HEALTH_PREPARE = "occupational_health_prepare"
OCCUPATIONAL_HEALTH_SEND = "occupational_health_send"

RIGHTS = (
    APPLY,
    VIEW_DECISIONS,
    VIEW_PAYMENTS,
    BANK_ACCOUNT,
    VIEW_LOG,
    OCCUPATIONAL_HEALTH_PREPARE,
    OCCUPATIONAL_HEALTH_SEND,
)

# Held by virtue of office: a register says so and no mandate is needed.
REGISTER_ROLES = (
    "sole_trader",
    "managing_director",
    "deputy_managing_director",
    "board_chair",
    "liquidator",
    "signatory",
)

APPLICATIONS_READ = "applications.read"
APPLICATIONS_WRITE = "applications.write"
DECISIONS_READ = "decisions.read"
ACCOUNT_WRITE = "account.write"
REGISTER_SYNC = "register.sync"
WEBHOOKS_MANAGE = "webhooks.manage"
SEGMENTS_READ = "segments.read"

SCOPES = (
    APPLICATIONS_READ,
    APPLICATIONS_WRITE,
    DECISIONS_READ,
    ACCOUNT_WRITE,
    REGISTER_SYNC,
    WEBHOOKS_MANAGE,
    SEGMENTS_READ,
)


@dataclass(frozen=True, slots=True)
class Call:
    """What a call needs: a scope of the access token, and one of these rights from the employer it is about.

    Without a token nothing is asked. With no right named, being known to the employer is enough.
    """

    scope: str | None = None
    rights: tuple[str, ...] = ()
    token: bool = True


READERS = (APPLY, VIEW_DECISIONS)  # who may see an application: those who send it and those who follow it

# The one table of the machine interface. A call that is not here does not exist.
CALLS: Mapping[str, Call] = {
    "GET /employers": Call(APPLICATIONS_READ),
    "GET /employers/{business_id}": Call(APPLICATIONS_READ),
    "GET /employers/{business_id}/readiness": Call(APPLICATIONS_READ),
    "POST /estimates": Call(APPLICATIONS_READ, (APPLY,)),
    "GET /applications": Call(APPLICATIONS_READ, READERS),
    "POST /applications": Call(APPLICATIONS_WRITE, (APPLY,)),
    "POST /applications/validate": Call(APPLICATIONS_WRITE, (APPLY,)),
    "POST /applications/search": Call(APPLICATIONS_READ, READERS),
    "GET /applications/by-key/{key}": Call(APPLICATIONS_READ, READERS),
    "GET /applications/{id}": Call(APPLICATIONS_READ, READERS),
    "GET /applications/{id}/history": Call(APPLICATIONS_READ, READERS),
    "GET /applications/{id}/requests": Call(APPLICATIONS_READ, READERS),
    "POST /applications/{id}/requests/{rid}/answers": Call(APPLICATIONS_WRITE, (APPLY,)),
    "GET /applications/{id}/decision": Call(DECISIONS_READ, (VIEW_DECISIONS,)),
    "POST /batches": Call(APPLICATIONS_WRITE, (APPLY,)),
    "GET /batches/{id}": Call(APPLICATIONS_READ),
    "GET /batches/{id}/rows": Call(APPLICATIONS_READ),
    "POST /register-syncs": Call(REGISTER_SYNC, (APPLY,)),
    "GET /register-syncs/{id}": Call(REGISTER_SYNC, (APPLY,)),
    "GET /register-findings": Call(APPLICATIONS_READ, (APPLY,)),
    "GET /events": Call(APPLICATIONS_READ, READERS),
    "GET /customers/feedback": Call(SEGMENTS_READ),
    "GET /agency/openapi.json": Call(SEGMENTS_READ),
    "GET /parameters": Call(token=False),
    "GET /codes": Call(token=False),
    "GET /problems/{code}": Call(token=False),
    "GET /openapi.json": Call(token=False),
    "POST /sandbox/reset": Call(),
    "POST /sandbox/clock": Call(),
}
