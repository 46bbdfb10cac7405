"""Saying it anew: corrections, withdrawal, the pay of the next month, an absence that goes on."""

from datetime import date, timedelta
from typing import Any

from portal.conformance.claims import period
from portal.conformance.scenarios.following import decided
from portal.conformance.stage import Stage
from portal.conformance.vendor import must, problem


def a_correction(stage: Stage) -> str:
    body = stage.claim()
    first = stage.sent(body)
    path = f"/applications/{first['id']}"
    etag = stage.vendor.get(path).headers["ETag"]
    answer = stage.vendor.post(f"{path}/corrections", corrected(body), expect=201, headers={"If-Match": etag})
    told = answer.json()
    must((told["version"], answer.headers.get("ETag")) == (2, '"2"'), "not version 2")
    changed = {one["pointer"]: (one["before"], one["after"]) for one in told["diff"]}
    must(changed.get("/pay_periods/0/amount") == ("3600.00", "3500.00"), "the diff does not tell the change")
    now = stage.vendor.get(path)
    must(now.headers["ETag"] == '"2"' and now.json()["pay_periods"][0]["amount"] == "3500.00", "not what was said last")
    moves = stage.vendor.get(f"{path}/history").json()["items"]
    must(any(one["version"] == 2 for one in moves), "the history does not tell of version 2")
    return f"version 2, {len(changed)} change in the diff, both versions in the history"


def corrected(body: dict[str, Any], amount: str = "3500.00") -> dict[str, Any]:
    pay = [{**body["pay_periods"][0], "amount": amount}]
    return {**body, "pay_periods": pay, "reason": "The pay was another one."}


def a_stale_version(stage: Stage) -> str:
    body = stage.claim()
    path = f"/applications/{stage.sent(body)['id']}"
    problem(stage.vendor.post(f"{path}/corrections", corrected(body), expect=428), "if-match-missing")
    stage.vendor.post(f"{path}/corrections", corrected(body), expect=201, headers={"If-Match": '"1"'})
    late = stage.vendor.post(f"{path}/corrections", corrected(body, "3400.00"), expect=412, headers={"If-Match": '"1"'})
    problem(late, "version-stale")
    must(stage.vendor.get(path).json()["version"] == 2, "the refused correction took effect")
    return "428 without If-Match, 412 with a stale one, nothing changed"


def after_a_decision(stage: Stage) -> str:
    """It becomes a request that an official takes up; until then the decision stands."""
    body = stage.claim(stage.reference("sandbox-reject"))
    path = f"/applications/{stage.sent(body)['id']}"
    decided(stage, path)
    etag = stage.vendor.get(path).headers["ETag"]
    told = stage.vendor.post(f"{path}/corrections", corrected(body), expect=202, headers={"If-Match": etag}).json()
    must(told["request"]["status"] == "waiting", "no request that waits")
    must(told["diff"], "no diff")
    must(stage.vendor.get(path).headers["ETag"] == etag, "the decided version changed")
    again = stage.vendor.post(f"{path}/corrections", corrected(body, "3300.00"), expect=409, headers={"If-Match": etag})
    problem(again, "correction-waits")
    return "202 with a request that waits; the decided version stays; a second one is told to wait"


def a_withdrawal(stage: Stage) -> str:
    body = stage.claim()
    path = f"/applications/{stage.sent(body)['id']}"
    told = stage.vendor.post(f"{path}/withdrawal", {"reason": "Sent by mistake."}, expect=201).json()
    must(told["status"] == "withdrawn", f"the status is {told['status']}")
    problem(stage.vendor.post(f"{path}/withdrawal", {"reason": "Again."}, expect=409), "wrong-state")
    again = stage.sent(body | {"reference": stage.reference()})
    must(again["id"] != told["id"], "the withdrawn one came back")
    return "withdrawn, once; the same days can be applied for anew"


def the_next_month(stage: Stage) -> str:
    """A pay report instead of a new application."""
    body = stage.claim()
    middle = stage.today - timedelta(days=22)
    start, end = body["absence"]["start"], body["absence"]["end"]
    body["pay_periods"] = [{"start": start, "end": middle.isoformat(), "amount": "1900.00"}]
    body["pay_continues_from"] = (middle + timedelta(days=1)).isoformat()
    path = f"/applications/{stage.sent(body)['id']}"
    report = {
        "pay_periods": [{"start": (middle + timedelta(days=1)).isoformat(), "end": end, "amount": "1700.00"}],
        "pay_continues_from": None,
    }
    told = stage.vendor.post(f"{path}/pay-reports", report, expect=201).json()
    must((told["version"], len(told["pay_periods"])) == (2, 2), "not both pay periods in version 2")
    must(told["pay_continues_from"] is None, "the pay goes on")
    return "the second month's pay joined the first, version 2"


def it_goes_on(stage: Stage) -> str:
    """A new certificate, the same illness: no waiting period the second time."""
    first = stage.sent()
    until = stage.vendor.get(f"/applications/{first['id']}").json()["absence"]["end"]
    on = period(date.fromisoformat(until) + timedelta(days=1), days=5)
    body = stage.claim(
        employee=first["employee"],
        absence=on,
        pay_periods=[{**on, "amount": "500.00"}],
        continues_application=first["id"],
    )
    estimate = stage.sent(body)["estimate"]
    must(not estimate["waiting_period"], "the continuation has a waiting period")
    must(estimate["payable_days"] > 0, "the continuation has no payable day")
    return f"{estimate['payable_days']} payable days, no waiting period"
