"""Every answer a call can give, by status: the good ones as told, the refusals by what the call needs."""

from typing import Any

from employers.intake import documents
from employers.organisations.rights import Call
from portal.described import headers
from portal.described.problems import problem_examples
from portal.described.shape import ref
from portal.described.told import Told

PROBLEM = "application/problem+json"
LIMITED = ("RateLimit", "RateLimit-Policy")
WITH: dict[int, tuple[str, ...]] = {
    401: ("WWW-Authenticate",),
    429: ("Retry-After",),
    503: ("Retry-After",),
}
REASONS = {
    200: "Done",
    201: "Made",
    202: "Taken up; it goes on by itself",
    204: "Done; nothing to say",
    304: "What you hold is still the same",
    500: "Our fault; the trace id and nothing else",
}
ALSO = {404: " Unknown and foreign alike.", 503: " Repeat it, with the same key where it has one."}


def responses(name: str, told: Told, call: Call, *, examples: Any) -> dict[str, Any]:
    """By status, in order. `examples` gives those of a shape in a media type."""
    found: dict[int, Any] = {told.status: good(told, told.status, told.gives, call, examples=examples)}
    for status, shape in told.also.items():
        found[status] = good(told, status, shape, call, examples=examples)
    if told.cached:
        found[304] = {"description": REASONS[304], "headers": headers.named("ETag", "Cache-Control")}
    for status, codes in refusals(name, told, call).items():
        found[status] = refusal(status, codes, call)
    found[500] = {"description": REASONS[500], "content": {PROBLEM: {"schema": ref("Fault")}}}
    return {str(status): found[status] for status in sorted(found)}


def good(told: Told, status: int, shape: str | None, call: Call, *, examples: Any) -> dict[str, Any]:
    names = [*told.headers, *(("ETag", "Cache-Control") if told.cached else ())]
    names += ["Idempotency-Replayed"] if told.keyed or told.may_be_keyed else []
    names += LIMITED if call.token else ()
    content = {kind: {"schema": ref(shape), **examples(shape, kind)} for kind in told.gives_as} if shape else {}
    return {
        "description": REASONS[status],
        **({"headers": headers.named(*names)} if names else {}),
        **({"content": content} if content else {}),
    }


def refusal(status: int, codes: tuple[str, ...], call: Call) -> dict[str, Any]:
    names = [*WITH.get(status, ()), *(LIMITED if call.token and status != 401 else ())]
    names += ["Retry-After"] if "request-in-progress" in codes else []
    said = "; ".join(f"`{code}`: {documents.TITLES[code]}" for code in codes)
    return {
        "description": f"{said}.{ALSO.get(status, '')}",
        **({"headers": headers.named(*names)} if names else {}),
        "content": {PROBLEM: {"schema": ref("Problem"), "examples": problem_examples(status, codes)}},
    }


def refusals(name: str, told: Told, call: Call) -> dict[int, tuple[str, ...]]:
    """Problem codes by status: those that every such call has, then those of its own."""
    found: dict[int, tuple[str, ...]] = {406: ("not-acceptable",), 503: ("unavailable",)}
    for status, codes in [*_at_the_door(name, call), *_of_the_body(told), *_of_headers(told), *told.refuses.items()]:
        found[status] = tuple(dict.fromkeys((*found.get(status, ()), *codes)))
    return found


def _at_the_door(name: str, call: Call) -> list[tuple[int, tuple[str, ...]]]:
    found: list[tuple[int, tuple[str, ...]]] = []
    if call.token:
        found += [(401, ("not-authenticated",)), (429, ("rate-limited",))]
    if call.scope:
        found.append((403, ("scope-missing",)))
    if call.rights and ("{" in name or not name.startswith("GET ")):  # a list leaves out what may not be seen
        found.append((403, ("mandate-missing",)))
    if "{" in name:
        found.append((404, ("not-found",)))
    return found


def _of_the_body(told: Told) -> list[tuple[int, tuple[str, ...]]]:
    found: list[tuple[int, tuple[str, ...]]] = []
    if told.takes:
        found += [(400, ("malformed-request",)), (413, ("body-too-large",)), (415, ("unsupported-media-type",))]
    if told.takes or told.query:
        found.append((422, ("validation-failed",)))
    return found


def _of_headers(told: Told) -> list[tuple[int, tuple[str, ...]]]:
    found: list[tuple[int, tuple[str, ...]]] = []
    if told.keyed:
        found.append((400, ("idempotency-key-missing",)))
    if told.keyed or told.may_be_keyed:
        found.append((400, ("idempotency-key-invalid",)))
        found += [(409, ("request-in-progress",)), (422, ("idempotency-key-reused",))]
    if told.if_match:
        found.append((412, ("version-stale",)))
    if told.if_match == "required":
        found.append((428, ("if-match-missing",)))
    return found
