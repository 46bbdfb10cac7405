"""Rights an employer can give, scopes a machine client can hold, and the table that says which call needs which."""

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
REGISTER_ROLES = ("sole_trader", "managing_director", "deputy_managing_director", "board_chair", "liquidator")

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
