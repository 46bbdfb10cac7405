"""What is refused, and how it is told."""

import json
from typing import Any
from uuid import uuid4

import httpx

from portal.conformance.claims import unknown_business_id
from portal.conformance.stage import Stage
from portal.conformance.vendor import errors_of, must, problem

ABOUT_THE_CALL = ("instance", "trace_id")
LANGUAGES = ("fi", "sv", "en")
MEMBERS = {"pointer", "code", "detail", "severity", "rule", "help"}  # of an error


def all_that_is_wrong(stage: Stage) -> str:
    return "; ".join((all_errors_at_once(stage), rules_of_the_law(stage)))


def all_errors_at_once(stage: Stage) -> str:
    body = stage.claim()
    body["surprise"] = 1
    body["employee"]["personal_identity_code"] = "010190-9124"  # its check digit is wrong
    body["pay_basis"] = "half"
    body["pay_periods"][0]["amount"] = "many"
    answer = stage.vendor.post("/applications", body, expect=422)
    told = errors_of(answer)
    for pointer in ("/surprise", "/employee/personal_identity_code", "/pay_basis", "/pay_periods/0/amount"):
        must(any(where == pointer for where, _ in told), f"nothing is told at {pointer}")
    must(("/surprise", "unknown_field") in told, "unknown_field is not told")
    must("010190-9124" not in answer.text, "the offending value is repeated")
    for error in answer.json()["errors"]:
        must(error.keys() >= MEMBERS, "a member of an error is missing")
    return f"{len(told)} errors in one answer, each at its member, none with the value"


def rules_of_the_law(stage: Stage) -> str:
    """Readable, and against a rule; a missing member is told at its own path."""
    body = stage.claim()
    body["absence"] = {"start": body["absence"]["end"], "end": body["absence"]["start"]}
    turned = errors_of(stage.vendor.post("/applications", body, expect=422))
    must(any(where.startswith("/absence") for where, _ in turned), "a reversed absence is not told at /absence")
    lacking = errors_of(stage.vendor.post("/applications", stage.claim(employee=...), expect=422))
    must(any(where.startswith("/employee") for where, _ in lacking), "a missing employee is not told at /employee")
    outside = stage.claim()
    outside["pay_periods"][0]["end"] = stage.today.isoformat()
    told = errors_of(stage.vendor.post("/applications", outside, expect=422))
    must(any(where.startswith("/pay_periods/0") for where, _ in told), "pay outside is not told at /pay_periods/0")
    return "a reversed absence, a missing employee, pay outside the absence: each at its own path"


def strict(stage: Stage) -> str:
    body = stage.claim(insurer_case="traffic")
    checked = stage.vendor.post("/applications/validate", body).json()
    warnings = {(one["pointer"], one["code"]) for one in checked["problems"]}
    must("insurer_first" in {code for _, code in warnings}, "no warning insurer_first")
    answer = stage.vendor.post("/applications", body, expect=422, headers={"Prefer": "handling=strict"})
    must(warnings <= errors_of(answer), "strictly, a warning was left out")
    kept = stage.sent(body)
    must({one["code"] for one in kept["problems"]} >= {"insurer_first"}, "201 came without its warning")
    return "a warning with 201; an error with Prefer: handling=strict"


def languages(stage: Stage) -> str:
    body = stage.claim(pay_basis="half")
    answers = {
        language: stage.vendor.post("/applications", body, expect=422, headers={"Accept-Language": language}).json()
        for language in LANGUAGES
    }
    words = {told["errors"][0]["detail"] for told in answers.values()}
    must(len(words) == len(LANGUAGES), "the words are not of three languages")
    codes = {json.dumps([told["code"], *(one["code"] for one in told["errors"])]) for told in answers.values()}
    must(len(codes) == 1, "the codes change with the language")
    page = httpx.get(str(httpx.URL(stage.vendor.base).join(answers["en"]["type"])))
    must(page.status_code == 200, f"the page of the problem's type answers {page.status_code}")
    return f"{', '.join(LANGUAGES)}: other words, the same codes; the problem's type is a page"


def unknown_or_foreign(stage: Stage) -> str:
    """Nobody learns which ids exist: in a path 404, in a body employer_unknown, in a filter an empty list."""
    theirs = stage.other.post("/applications", stage.claim(employer=stage.foreign), expect=201).json()["id"]
    for path in ("", "/history", "/requests", "/decision"):
        foreign = stage.vendor.get(f"/applications/{theirs}{path}", expect=404)
        unknown = stage.vendor.get(f"/applications/{uuid4()}{path}", expect=404)
        must(_same(foreign, unknown), f"/applications/{{id}}{path}: a foreign id is told from an unknown one")
    pairs = [
        [stage.vendor.post("/applications", stage.claim(employer=one), expect=422) for one in _strangers(stage)],
        [stage.vendor.get(f"/employers/{one}", expect=404) for one in _strangers(stage)],
    ]
    must(all(_same(*pair) for pair in pairs), "a foreign employer is told from an unknown one")
    must(errors_of(pairs[0][0]) == {("/employer", "employer_unknown")}, "not employer_unknown at /employer, alone")
    for one in _strangers(stage):
        must(stage.vendor.get("/applications", params={"employer": one}).json()["items"] == [], "a filter found some")
    return "404, employer_unknown, an empty list: the same for what is foreign as for what is not there"


def _strangers(stage: Stage) -> tuple[str, str]:
    return stage.foreign, unknown_business_id()


def _same(one: httpx.Response, other: httpx.Response) -> bool:
    return _told(one) == _told(other)


def _told(answer: httpx.Response) -> dict[str, Any]:
    return {name: value for name, value in answer.json().items() if name not in ABOUT_THE_CALL}


def a_missing_right(stage: Stage) -> str:
    """A known employer that did not give the right, and one whose right another firm holds."""
    told = []
    if stage.limited:
        answer = stage.vendor.post("/applications", stage.claim(employer=stage.limited), expect=403)
        must(problem(answer, "mandate-missing").get("right") == "apply", "the missing right is not named")
        told.append("403 mandate-missing, which names the right")
    must(stage.foreign not in {one["business_id"] for one in stage.employers}, "a foreign employer is listed")
    for path, body in (
        ("/applications", stage.claim(employer=stage.foreign)),
        ("/applications/validate", stage.claim(employer=stage.foreign)),
        ("/register-syncs", {"employer": stage.foreign}),
    ):
        answer = stage.vendor.post(path, body, expect=422)
        must(errors_of(answer) == {("/employer", "employer_unknown")}, f"{path}: not employer_unknown, alone")
    own = stage.sent()["id"]
    stage.other.get(f"/applications/{own}", expect=404)
    return "; ".join([*told, "another firm's employer is unknown, and ours to another firm"])
