"""Sending an application, once, whatever the line does."""

import json
import socket
import ssl
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

from portal.conformance.claims import moved
from portal.conformance.stage import Stage
from portal.conformance.vendor import Failed, Vendor, errors_of, must, new_key, problem, wait_for

TOGETHER = 32
REPLAYED = "Idempotency-Replayed"
JSON = "application/json"  # a retry sends the same bytes, not only the same document
MALFORMED = ("too-short", "x" * 256, "x" * 10_000, "with spaces in between", '"unbalanced-quotes')


def the_first(stage: Stage) -> str:
    body = stage.claim()
    checked = stage.vendor.post("/applications/validate", body).json()
    answer = stage.vendor.post("/applications", body, expect=201)
    told = answer.json()
    must(answer.headers.get("ETag") == '"1"', "no ETag of the first version")
    must(answer.headers.get("Location", "").endswith(told["id"]), "Location does not lead to it")
    must((told["status"], told["version"], told["channel"]) == ("submitted", 1, "api"), "status, version or channel")
    must(told["estimate"]["to_employer"] == checked["estimate"]["to_employer"], "validate estimated something else")
    again = stage.vendor.get(f"/applications/{told['id']}")
    must(again.json()["reference"] == body["reference"], "it cannot be read back")
    listed = stage.vendor.get("/applications", params={"employer": stage.employer}).json()["items"]
    must(told["id"] in [one["id"] for one in listed], "it is not among the newest of the list")
    return f"201, {told['estimate']['to_employer'] or 'an unknown sum'} to the employer, read back, first of the list"


def the_line_is_cut(stage: Stage) -> str:
    """The answer is lost: nobody knows whether it was taken. By its key it is found, and the retry has no effect."""
    body, key = stage.claim(), new_key()
    content = json.dumps(body).encode()
    cut_after_sending(stage.vendor, "/applications", content, key=key)
    lost = wait_for("the application whose answer was lost", lambda: _by_key(stage, key), seconds=30)
    again = stage.vendor.post("/applications", content, expect=201, key=key, headers={"Content-Type": JSON})
    must(again.headers.get(REPLAYED) == "true", "the retry was not told to be a replay")
    must(again.json()["id"] == lost["id"], "the retry made another application")
    must(len(found_for(stage, body)) == 1, "there is not exactly one application")
    return "cut before the answer, found by its key, replayed by the retry: one application"


def _by_key(stage: Stage, key: str) -> dict[str, Any] | None:
    answer = stage.vendor.get(f"/applications/by-key/{key}", expect=(200, 404))
    return answer.json() if answer.status_code == 200 else None


def cut_after_sending(vendor: Vendor, path: str, content: bytes, *, key: str) -> None:
    """The whole request leaves, and the line is closed before anything is read."""
    where = urlsplit(vendor.base)
    headers = vendor.headers(key=key) | {
        "Host": where.netloc, "Content-Type": JSON, "Content-Length": str(len(content)),
    }  # fmt: skip
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    port = where.port or (443 if where.scheme == "https" else 80)
    line = socket.create_connection((where.hostname or "", port), timeout=10)
    if where.scheme == "https":
        line = ssl.create_default_context().wrap_socket(line, server_hostname=where.hostname)
    with line:
        line.sendall(f"POST {where.path}/api/v1{path} HTTP/1.1\r\n{head}\r\n".encode() + content)


def found_for(stage: Stage, body: dict[str, Any]) -> list[dict[str, Any]]:
    asked = {"employer": body["employer"], "personal_identity_code": body["employee"]["personal_identity_code"]}
    found: list[dict[str, Any]] = stage.vendor.post("/applications/search", asked).json()["items"]
    return found


def another_body(stage: Stage) -> str:
    body, key = stage.claim(), new_key()
    first = stage.vendor.post("/applications", body, expect=201, key=key)
    same = stage.vendor.post("/applications", body, expect=201, key=key)
    must(same.content == first.content and same.headers.get(REPLAYED) == "true", "the same body was not replayed")
    other = stage.vendor.post("/applications", body | {"additional_information": "x"}, expect=422, key=key)
    problem(other, "idempotency-key-reused")
    return "the same body: the same bytes again; another body: 422 idempotency-key-reused"


def many_at_once(stage: Stage) -> str:
    body, key = stage.claim(), new_key()
    assert stage.vendor.token
    with ThreadPoolExecutor(TOGETHER) as pool:
        answers = list(pool.map(lambda _: stage.vendor.once("POST", "/applications", body=body, key=key), range(32)))
    statuses = Counter(answer.status_code for answer in answers)
    must(not set(statuses) - {201, 409}, f"statuses {dict(statuses)}")
    must(len({answer.content for answer in answers if answer.status_code == 201}) == 1, "not one answer for all")
    fresh = [one for one in answers if one.status_code == 201 and REPLAYED not in one.headers]
    must(len(fresh) == 1, f"{len(fresh)} of them took effect")
    for answer in answers:
        if answer.status_code == 409:
            problem(answer, "request-in-progress")
            must(answer.headers.get("Retry-After"), "409 without Retry-After")
    must(len(found_for(stage, body)) == 1, "there is not exactly one application")
    return f"one effect, {statuses[201] - 1} replays, {statuses[409]} told to wait"


def malformed_keys(stage: Stage) -> str:
    body = stage.claim()
    problem(stage.vendor.call("POST", "/applications", expect=400, body=body), "idempotency-key-missing")
    for key in MALFORMED:
        try:
            answer = stage.vendor.post("/applications", body, expect=400, key=key)
        except Failed as failed:
            raise Failed(f"a key of {len(key)} characters: {failed}") from None
        problem(answer, "idempotency-key-invalid")
    return f"missing, and {len(MALFORMED)} malformed ones: 400, and each told apart"


def said_before(stage: Stage) -> str:
    return "; ".join((a_duplicate(stage), a_taken_reference(stage)))


def a_duplicate(stage: Stage) -> str:
    """The same claim under another key and reference, as two systems of one firm would send it."""
    body = stage.claim()
    first = stage.sent(body)
    answer = stage.vendor.post("/applications", body | {"reference": stage.reference()}, expect=409)
    existing = problem(answer, "duplicate")["existing"]
    must(existing["id"] == first["id"] and existing["href"].endswith(first["id"]), "the existing one is not named")
    must({"status", "submitted_at"} <= existing.keys(), "its status or time is not told")
    return "409 duplicate, which leads to the existing application"


def an_overlap(stage: Stage) -> str:
    body = stage.claim()
    first = stage.sent(body)
    answer = stage.vendor.post("/applications", moved(body, by=3, reference=stage.reference()), expect=409)
    must(first["id"] in json.dumps(problem(answer, "overlap")), "the conflicting application is not named")
    return "409 overlap, which names the other application"


def a_taken_reference(stage: Stage) -> str:
    reference = stage.reference()
    stage.sent(stage.claim(reference))
    answer = stage.vendor.post("/applications", stage.claim(reference), expect=422)
    must(("/reference", "reference_taken") in errors_of(answer), "reference_taken at /reference is not told")
    return "422 reference_taken at /reference"
