"""Refusals: the problem document as RFC 9457 has it, and one example of each code."""

from collections.abc import Mapping
from typing import Any

from employers.intake import documents, sentences
from portal.described.shape import TEXT, Shape, answer, many, maybe, one_of, ref

SHAPES: Mapping[str, Shape] = {
    "Error": answer(
        pointer=TEXT,
        code=TEXT,
        severity=one_of(("error", "warning")),
        detail=TEXT,
        rule=maybe(TEXT),
        help=maybe(TEXT),
    ),
    "Problem": answer(
        type=TEXT,
        code=TEXT,
        title=TEXT,
        detail=TEXT,
        status={"type": "integer"},
        instance=TEXT,
        trace_id=TEXT,
        origin=one_of(("caller", "portal", "incomes-register", "identity")),
        errors=many(ref("Error")),
    ),
    "Fault": answer(trace_id=TEXT),
}
MEMBERS: Mapping[str, Mapping[str, str]] = {
    "Error": {
        "pointer": "The member that has to change, as a JSON Pointer (RFC 6901); empty for the whole.",
        "code": "Stable; `GET /codes` lists every one.",
        "severity": "An `error` stands in the way, a `warning` does not.",
        "detail": "In the language of `Accept-Language`. Never the value that was sent.",
        "rule": "The provision behind it, where there is one.",
        "help": "A page that says cause, fix and example.",
    },
    "Problem": {
        "type": "A page that says cause, fix and example.",
        "code": "Stable; the last part of `type`.",
        "title": "In the language of `Accept-Language`, as `detail`.",
        "detail": "What to do about it.",
        "status": "The same as of the answer.",
        "instance": "The path that was asked.",
        "trace_id": "Tell it to us: our logs carry it.",
        "origin": "Whose doing it is. Of `caller`, trying again does not help.",
        "errors": "Everything that has to change, at once.",
    },
    "Fault": {"trace_id": "Tell it to us: our logs carry it."},
}
APPLICATION = "0198f3a0-7c1e-7a34-9d55-3f2b6f0e9a01"
EXISTING = {
    "id": APPLICATION,
    "href": f"/api/v1/applications/{APPLICATION}",
    "status": "submitted",
    "submitted_at": "2026-04-20T07:15:00Z",
}
WRONG: dict[str, Any] = {
    "pointer": "/absence/end",
    "code": "before_start",
    "severity": "error",
    "rule": None,
    "help": "/api/v1/problems/before_start",
}
# Members that a code brings beside the usual ones.
MORE: Mapping[str, Mapping[str, Any]] = {
    "attachment-exists": {
        "existing": {
            "id": "0198f3a5-6e10-7d42-a7b9-1c2d3e4f5a6b",
            "href": f"/api/v1/applications/{APPLICATION}/attachments/0198f3a5-6e10-7d42-a7b9-1c2d3e4f5a6b",
            "status": "held",
            "added_at": "2026-04-20T07:20:00Z",
        }
    },
    "draft-sent": {"existing": EXISTING},
    "duplicate": {"existing": EXISTING},
    "overlap": {"existing": [EXISTING]},
    "finding-closed": {"finding_status": "covered"},
    "mandate-missing": {"right": "apply"},
    "scope-missing": {"scope": "applications.write"},
    "version-stale": {"current": 2},
    "wrong-state": {"application_status": "decided"},
}


def problem_examples(status: int, codes: tuple[str, ...]) -> dict[str, Any]:
    return {code: {"$ref": f"#/components/examples/{code}-{status}"} for code in codes}


def example(status: int, code: str) -> dict[str, Any]:
    """As an answer would be, in the active language."""
    title = str(documents.TITLES.get(code, code))
    value = {
        "type": f"/api/v1/problems/{code}",
        "code": code,
        "title": title,
        "detail": str(documents.ADVICE.get(code, "")),
        "status": status,
        "instance": "/api/v1/applications",
        "trace_id": "0b1c2d3e-4f50-4a61-8b72-9c83ad94be05",
        "origin": "caller" if status < 500 else "portal",
        "errors": [{**WRONG, "detail": str(sentences.SENTENCES[WRONG["code"]])}] if code == "validation-failed" else [],
        **MORE.get(code, {}),
    }
    return {"summary": title, "value": value}
