"""Headers of requests and answers, each described once."""

from collections.abc import Mapping
from typing import Any

from portal.described.shape import TEXT, Shape
from portal.described.told import Told

Header = dict[str, Any]
KEY: Shape = {"type": "string", "minLength": 16, "maxLength": 257, "pattern": '^"?[A-Za-z0-9_-]{16,255}"?$'}
VERSION: Shape = {"type": "string", "pattern": '^"[0-9]+"$'}

ANSWERED: Mapping[str, Header] = {
    "ETag": {"description": "What `If-Match` or `If-None-Match` takes.", "schema": TEXT},
    "Location": {"description": "The address of what was made.", "schema": {**TEXT, "format": "uri-reference"}},
    "Content-Disposition": {"description": "The name of the file.", "schema": TEXT},
    "Idempotency-Replayed": {
        "description": "`true` where this key was used before: the stored answer to that request.",
        "schema": {"const": "true"},
    },
    "RateLimit": {
        "description": "How much is left, and in how many seconds it is full again.",
        "schema": TEXT,
        "example": '"write";r=199;t=1',
    },
    "RateLimit-Policy": {
        "description": "The limits of this client: quota and window in seconds.",
        "schema": TEXT,
        "example": '"write";q=200;w=10',
    },
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}},
    "WWW-Authenticate": {"description": "`Bearer`.", "schema": TEXT},
    "Cache-Control": {"description": "How long it may be kept.", "schema": TEXT},
}


def named(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def components() -> dict[str, Header]:
    return {name: dict(header) for name, header in ANSWERED.items()}


def asked(told: Told) -> list[dict[str, Any]]:
    """Parameters in headers of this call."""
    found = [LANGUAGE]
    if told.keyed or told.may_be_keyed:
        found.append({**IDEMPOTENCY_KEY, "required": told.keyed})
    if told.strict:
        found.append(PREFER)
    if told.if_match:
        found.append({**IF_MATCH, "required": told.if_match == "required"})
    if told.cached:
        found.append(IF_NONE_MATCH)
    return found


LANGUAGE: Header = {
    "name": "Accept-Language",
    "in": "header",
    "description": "The language of words; codes are the same in all.",
    "schema": {"type": "string", "enum": ["fi", "sv", "en"]},
}
IDEMPOTENCY_KEY: Header = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "A new random value for each new effect; the same one to send the same bytes again.",
    "schema": KEY,
    "example": "3f6f0f9e-5d0c-4f0a-9a52-6f5d2c0b7c11",
}
PREFER: Header = {
    "name": "Prefer",
    "in": "header",
    "description": "`handling=strict`: warnings count as errors (RFC 7240).",
    "schema": {"type": "string", "examples": ["handling=strict"]},
}
IF_MATCH: Header = {
    "name": "If-Match",
    "in": "header",
    "description": "The `ETag` of the version that you saw.",
    "schema": VERSION,
    "example": '"1"',
}
IF_NONE_MATCH: Header = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The `ETag` of what you hold already: 304 where it is still the same.",
    "schema": TEXT,
}
