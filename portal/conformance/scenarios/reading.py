"""What can be asked beforehand, and what everyone may read."""

from datetime import timedelta
from typing import Any

import httpx

from portal.conformance.scenarios.sending import found_for
from portal.conformance.stage import Stage
from portal.conformance.vendor import errors_of, must, new_key, problem

ENGLISH = {"Accept-Language": "en"}
PUBLIC = ("/parameters", "/codes", "/benchmarks")
# The contract's own example, of 2026.
ABSENCE = {"start": "2026-03-02", "end": "2026-04-10"}
EXAMPLE = {
    "benefit": "sickness_allowance",
    "absence": ABSENCE,
    "pay_periods": [{**ABSENCE, "amount": "3600.00"}],
    "pay_basis": "full",
    "certificate": "electronic",
    "income_after_deduction": "40000.00",
}
EXPECTED = {
    "daily_allowance": "72.98", "payable_days": 23, "amount": "1678.54", "to_employer": "1678.54",
    "to_employee": "0.00", "first_payable_day": "2026-03-13", "deadline": "2026-05-02",
}  # fmt: skip


def estimates(stage: Stage) -> str:
    told = stage.vendor.post("/estimates", EXAMPLE).json()
    for name, value in EXPECTED.items():
        must(told[name] == value, f"{name} is {told[name]}, not {value}")
    must(told["lines"] and told["parameters"], "lines or parameters are missing")
    unknown = stage.vendor.post("/estimates", _without_income()).json()
    must(unknown["amount"] is None, "without an income there is an amount")
    must("income_unknown" in {one["code"] for one in unknown["problems"]}, "no warning income_unknown")
    short = stage.vendor.post("/estimates", _of_three_days()).json()
    must((short["payable_days"], short["amount"]) == (0, "0.00"), "three days are not worth nothing")
    must("nothing_payable" in {one["code"] for one in short["problems"]}, "no warning nothing_payable")
    return (
        f"{told['amount']} by {len(told['parameters'])} parameters; unknown without an income; nothing for three days"
    )


def _without_income() -> dict[str, Any]:
    return {name: value for name, value in EXAMPLE.items() if name != "income_after_deduction"}


def _of_three_days() -> dict[str, Any]:
    few = {"start": "2026-03-02", "end": "2026-03-04"}
    return EXAMPLE | {"absence": few, "pay_periods": [{**few, "amount": "300.00"}]}


def public_lists(stage: Stage) -> str:
    """Without a token, the same bytes for everyone, and 304 for whoever holds them."""
    seen = []
    for path in PUBLIC:
        address = f"{stage.vendor.base}/api/v1{path}"
        anyone = httpx.get(address, headers=ENGLISH, timeout=30)
        must(anyone.status_code == 200, f"{path} without a token: {anyone.status_code}")
        must(stage.vendor.get(path).content == anyone.content, f"{path} depends on who asks")
        etag = anyone.headers.get("ETag")
        must(etag, f"{path} has no ETag")
        again = httpx.get(address, headers=ENGLISH | {"If-None-Match": str(etag)}, timeout=30)
        must(again.status_code == 304 and not again.content, f"{path} with its ETag: {again.status_code}, not 304")
        seen.append(f"{path[1:]} {len(anyone.content) / 1000:.0f} kB")
    return f"{', '.join(seen)}; 304 with the ETag"


def readiness_and_guidance(stage: Stage) -> str:
    states = {}
    for employer in stage.employers:
        told = stage.vendor.get(f"/employers/{employer['business_id']}/readiness").json()
        must(told["ready"] == (not told["missing"]), "ready and missing disagree")
        states[employer["business_id"]] = told["ready"]
    topics = stage.vendor.get("/guidance", params={"benefit": "sickness_allowance"}).json()["items"]
    must(topics, "no guidance about the sickness allowance")
    return f"{sum(states.values())} of {len(states)} employers ready; {len(topics)} topics"


def find_it_again(stage: Stage) -> str:
    return "; ".join((by_key_or_person(stage), pages_of_a_list(stage)))


def by_key_or_person(stage: Stage) -> str:
    body, key = stage.claim(), new_key()
    first = stage.vendor.post("/applications", body, expect=201, key=key)
    must(stage.vendor.get(f"/applications/by-key/{key}").json()["id"] == first.json()["id"], "not found by its key")
    must([one["id"] for one in found_for(stage, body)] == [first.json()["id"]], "not found by its person")
    problem(stage.vendor.get(f"/applications/by-key/{new_key()}", expect=404), "not-found")
    problem(stage.other.get(f"/applications/by-key/{key}", expect=404), "not-found")
    stage.vendor.get("/applications/search", expect=(404, 405))
    return "by its key, by its person in a body; another client's key is unknown"


def pages_of_a_list(stage: Stage) -> str:
    """Three sent, read one by one: newest first, none twice, none left out. Others may send meanwhile."""
    sent = [stage.sent()["id"] for _ in range(3)]
    asked = {"employer": stage.employer, "benefit": "sickness_allowance", "limit": "1"}
    seen: list[str] = []
    page = stage.vendor.get("/applications", params=asked).json()
    while not set(sent) <= set(seen):
        seen += [one["id"] for one in page["items"]]
        must(page["next"], "the list ends too early")
        page = stage.vendor.get("/applications", params=asked | {"cursor": page["next"]}).json()
    must([one for one in seen if one in sent] == sent[::-1], "not the newest first, each once")
    stage.vendor.get("/applications", params={"limit": "201"}, expect=422)
    told = errors_of(stage.vendor.get("/applications", params={"employr": stage.employer}, expect=422))
    must(told == {("/employr", "unknown_field")}, "a misspelt filter is taken for none")
    later = (stage.today + timedelta(days=2)).isoformat()
    none = stage.vendor.get("/applications", params={"submitted_after": later}).json()["items"]
    must(none == [], "submitted_after the day after tomorrow finds some")
    return "one a page, newest first, none twice; 422 above 200 and for a misspelt filter"
