"""How a caller shows who it is."""

from typing import Any

from employers.organisations import rights

SCOPES = {
    rights.APPLICATIONS_READ: "Read employers, applications, findings, events; estimate.",
    rights.APPLICATIONS_WRITE: "Send, check, correct and withdraw applications; drafts, answers, files.",
    rights.DECISIONS_READ: "Read decisions and payments.",
    rights.ACCOUNT_WRITE: "Change the bank account of an employer.",
    rights.REGISTER_SYNC: "Have the Incomes Register read.",
    rights.WEBHOOKS_MANAGE: "Manage the addresses that events are sent to.",
    rights.SEGMENTS_READ: "Agency-internal.",
}
ABOUT = (
    "Client credentials (RFC 6749, 4.4) at `/oauth/token`. A client shows who it is by its secret, in HTTP Basic or "
    "in the form body, or by `private_key_jwt` (RFC 7523): a `client_assertion` signed with the key registered for "
    "it, `iss` = `sub` = the client id, `aud` = the address of the token endpoint, `exp` within 5 minutes, each "
    "`jti` once. Without `scope` a token has every scope of its client. A token is good for an hour; ask for a new "
    "one when a call answers 401."
)


def needed(call: rights.Call) -> list[dict[str, list[str]]]:
    return [{"oauth2": [call.scope] if call.scope else []}] if call.token else []


def schemes(*, agency: bool) -> dict[str, Any]:
    scopes = {scope: SCOPES[scope] for scope in rights.SCOPES if (scope == rights.SEGMENTS_READ) == agency}
    flow = {"tokenUrl": "/oauth/token", "scopes": scopes}
    return {"oauth2": {"type": "oauth2", "description": ABOUT, "flows": {"clientCredentials": flow}}}
