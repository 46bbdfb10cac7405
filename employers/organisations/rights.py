"""Rights an employer can give, scopes a machine client can hold, and the table that says which call needs which."""

from collections.abc import Collection, Mapping
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

OCCUPATIONAL_HEALTH = "occupational_health_reimbursement"  # the one benefit with rights of its own


def to_prepare(benefit: str) -> tuple[str, ...]:
    """One of these lets fill in and keep an application that is not sent yet. The first is the one to ask for."""
    ours = (OCCUPATIONAL_HEALTH_PREPARE, OCCUPATIONAL_HEALTH_SEND)
    return ours if benefit == OCCUPATIONAL_HEALTH else (APPLY,)


def to_send(benefit: str) -> tuple[str, ...]:
    """One of these lets send an application, and answer, correct, withdraw it afterwards."""
    return (OCCUPATIONAL_HEALTH_SEND,) if benefit == OCCUPATIONAL_HEALTH else (APPLY,)


def to_see(benefit: str) -> tuple[str, ...]:
    """One of these lets see what was sent. The strongest first, by which a reader is written down."""
    return (*reversed(to_prepare(benefit)), VIEW_DECISIONS)


def to_see_decision(benefit: str) -> tuple[str, ...]:
    return (VIEW_DECISIONS, *to_prepare(benefit)) if benefit == OCCUPATIONAL_HEALTH else (VIEW_DECISIONS,)


def may(held: Collection[str], needed: Collection[str]) -> bool:
    return not set(needed).isdisjoint(held)


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

    Without a token nothing is asked. With no right named, being known to the employer is enough. Of occupational health
    care the call needs one of those named for it, where there are any.
    """

    scope: str | None = None
    rights: tuple[str, ...] = ()
    token: bool = True
    occupational_health: tuple[str, ...] = ()

    def about(self, benefit: object) -> tuple[str, ...]:
        """One of these is needed where the call is about this benefit."""
        return (self.occupational_health if benefit == OCCUPATIONAL_HEALTH else ()) or self.rights


READERS = to_see("")  # who may see an application: those who send it and those who follow it
OF_HEALTH = to_see(OCCUPATIONAL_HEALTH)
PREPARING, SENDING = to_prepare(OCCUPATIONAL_HEALTH), to_send(OCCUPATIONAL_HEALTH)

# The one table of the machine interface. A call that is not here does not exist.
CALLS: Mapping[str, Call] = {
    "GET /employers": Call(APPLICATIONS_READ),
    "GET /employers/{business_id}": Call(APPLICATIONS_READ),
    "GET /employers/{business_id}/readiness": Call(APPLICATIONS_READ),
    "PUT /employers/{business_id}/bank-account": Call(ACCOUNT_WRITE, (BANK_ACCOUNT,)),
    "POST /estimates": Call(APPLICATIONS_READ, (APPLY,), occupational_health=PREPARING),
    "GET /applications": Call(APPLICATIONS_READ, READERS, occupational_health=OF_HEALTH),
    "POST /applications": Call(APPLICATIONS_WRITE, (APPLY,), occupational_health=SENDING),
    "POST /applications/validate": Call(APPLICATIONS_WRITE, (APPLY,), occupational_health=PREPARING),
    "POST /applications/search": Call(APPLICATIONS_READ, READERS, occupational_health=OF_HEALTH),
    "GET /applications/by-key/{key}": Call(APPLICATIONS_READ, READERS, occupational_health=OF_HEALTH),
    "GET /applications/{id}": Call(APPLICATIONS_READ, READERS, occupational_health=OF_HEALTH),
    "GET /applications/{id}/history": Call(APPLICATIONS_READ, READERS, occupational_health=OF_HEALTH),
    "GET /applications/{id}/corrections": Call(APPLICATIONS_READ, READERS, occupational_health=OF_HEALTH),
    "POST /applications/{id}/corrections": Call(APPLICATIONS_WRITE, (APPLY,), occupational_health=SENDING),
    "POST /applications/{id}/withdrawal": Call(APPLICATIONS_WRITE, (APPLY,), occupational_health=SENDING),
    "POST /applications/{id}/pay-reports": Call(APPLICATIONS_WRITE, (APPLY,), occupational_health=SENDING),
    "GET /applications/{id}/messages": Call(APPLICATIONS_READ, READERS, occupational_health=OF_HEALTH),
    "POST /applications/{id}/messages": Call(APPLICATIONS_WRITE, READERS, occupational_health=OF_HEALTH),
    "GET /applications/{id}/requests": Call(APPLICATIONS_READ, READERS, occupational_health=OF_HEALTH),
    "POST /applications/{id}/requests/{rid}/answers": Call(APPLICATIONS_WRITE, (APPLY,), occupational_health=SENDING),
    "GET /applications/{id}/decision": Call(
        DECISIONS_READ, (VIEW_DECISIONS,), occupational_health=to_see_decision(OCCUPATIONAL_HEALTH)
    ),
    "GET /applications/{id}/attachments": Call(APPLICATIONS_READ, READERS, occupational_health=OF_HEALTH),
    "POST /applications/{id}/attachments": Call(APPLICATIONS_WRITE, (APPLY,), occupational_health=SENDING),
    "GET /applications/{id}/attachments/{aid}": Call(APPLICATIONS_READ, READERS, occupational_health=OF_HEALTH),
    "GET /drafts": Call(APPLICATIONS_READ, (APPLY,), occupational_health=PREPARING),
    "POST /drafts": Call(APPLICATIONS_WRITE, (APPLY,), occupational_health=PREPARING),
    "GET /drafts/{id}": Call(APPLICATIONS_READ, (APPLY,), occupational_health=PREPARING),
    "PATCH /drafts/{id}": Call(APPLICATIONS_WRITE, (APPLY,), occupational_health=PREPARING),
    "DELETE /drafts/{id}": Call(APPLICATIONS_WRITE, (APPLY,), occupational_health=PREPARING),
    "POST /drafts/{id}/submission": Call(APPLICATIONS_WRITE, (APPLY,), occupational_health=SENDING),
    "GET /payments": Call(DECISIONS_READ, (VIEW_PAYMENTS,)),
    "POST /batches": Call(APPLICATIONS_WRITE, (APPLY,), occupational_health=SENDING),
    "GET /batches/{id}": Call(APPLICATIONS_READ),
    "GET /batches/{id}/rows": Call(APPLICATIONS_READ),
    "GET /batches/{id}/file": Call(APPLICATIONS_READ),
    "GET /batches/templates/{benefit}": Call(APPLICATIONS_READ),
    "POST /register-syncs": Call(REGISTER_SYNC, (APPLY,)),
    "GET /register-syncs/{id}": Call(REGISTER_SYNC, (APPLY,)),
    "GET /register-findings": Call(APPLICATIONS_READ, (APPLY,)),
    "POST /register-findings/{id}/dismissal": Call(APPLICATIONS_WRITE, (APPLY,)),
    "DELETE /register-findings/{id}/dismissal": Call(APPLICATIONS_WRITE, (APPLY,)),
    "GET /events": Call(APPLICATIONS_READ, READERS),
    "GET /webhooks": Call(WEBHOOKS_MANAGE),
    "POST /webhooks": Call(WEBHOOKS_MANAGE),
    "GET /webhooks/{id}": Call(WEBHOOKS_MANAGE),
    "PATCH /webhooks/{id}": Call(WEBHOOKS_MANAGE),
    "DELETE /webhooks/{id}": Call(WEBHOOKS_MANAGE),
    "POST /webhooks/{id}/secret": Call(WEBHOOKS_MANAGE),
    "POST /webhooks/{id}/test": Call(WEBHOOKS_MANAGE),
    "GET /webhooks/{id}/deliveries": Call(WEBHOOKS_MANAGE),
    "POST /webhooks/{id}/deliveries/{did}/replay": Call(WEBHOOKS_MANAGE),
    "GET /customers/feedback": Call(SEGMENTS_READ),
    "GET /agency/openapi.json": Call(SEGMENTS_READ),
    "GET /guidance": Call(APPLICATIONS_READ),
    "GET /benchmarks": Call(token=False),
    "GET /parameters": Call(token=False),
    "GET /codes": Call(token=False),
    "GET /problems/{code}": Call(token=False),
    "GET /openapi.json": Call(token=False),
    "POST /sandbox/reset": Call(),
    "POST /sandbox/clock": Call(),
}
