"""What surrounds it: limits, the Incomes Register, the sandbox's own clock and reset."""

import re
from datetime import date, timedelta
from typing import Any

from portal.conformance.stage import Stage
from portal.conformance.vendor import must, wait_for

RESET_WITHIN = 10  # seconds
POLICY = re.compile(r'"?[\w-]+"?;.*\bq=\d+')
LEFT = re.compile(r'"?[\w-]+"?;.*\br=\d+')


def rate_limits(stage: Stage) -> str:
    """On every answer, also on those that refuse."""
    answers = [
        stage.vendor.get("/employers"),
        stage.vendor.post("/estimates", {}, expect=422),
        stage.vendor.get("/applications/00000000-0000-7000-8000-000000000000", expect=404),
    ]
    for answer in answers:
        must(
            POLICY.search(answer.headers.get("RateLimit-Policy", "")), f"{answer.status_code} without RateLimit-Policy"
        )
        must(LEFT.search(answer.headers.get("RateLimit", "")), f"{answer.status_code} without RateLimit")
    return f"{answers[0].headers['RateLimit-Policy']}; {answers[0].headers['RateLimit']}"


def the_register(stage: Stage) -> str:
    sync = stage.vendor.post("/register-syncs", {"employer": stage.employer}, expect=202).json()

    def look() -> dict[str, Any] | None:
        told: dict[str, Any] = stage.vendor.get(f"/register-syncs/{sync['id']}").json()
        return told if told["status"] in ("finished", "failed") else None

    done: Any = wait_for("the end of the sync", look, seconds=180)
    must(done["status"] == "finished", "the sync failed")
    stage.other.get(f"/register-syncs/{sync['id']}", expect=404)
    asked = {"employer": stage.employer, "kind": "unclaimed"}
    found = stage.vendor.get("/register-findings", params=asked).json()["items"]
    wanted = {"id", "kind", "employer", "benefit", "absence", "paid", "estimated_amount", "deadline", "status"}
    must(all(wanted <= one.keys() for one in found), "a member of a finding is missing")
    must(not any("employee" in one or "person" in one for one in found), "a finding names a person")
    return f"{done['reports']} reports read; {len(found)} paid absences that nobody claimed, none naming a person"


def clock_and_reset(stage: Stage) -> str:
    """A deadline is tried on the day after it; then everything is as at the start, and the token goes on."""
    sent, token = stage.sent(), stage.vendor.token
    body = stage.claim()
    deadline = date.fromisoformat(stage.vendor.post("/applications/validate", body).json()["estimate"]["deadline"])
    late = deadline + timedelta(days=10)
    set_to = {"today": late.isoformat()} if late.year == stage.today.year else {"today": f"{stage.today.year}-12-31"}
    told = stage.vendor.post("/sandbox/clock", set_to).json()
    try:
        must(told["today"] == set_to["today"], "the clock was not set")
        if late.isoformat() == set_to["today"]:
            checked = stage.vendor.post("/applications/validate", body).json()
            must("late" in {one["code"] for one in checked["problems"]}, "after the deadline there is no warning late")
    finally:
        reset = stage.vendor.post("/sandbox/reset", expect=204)
    must(reset.elapsed.total_seconds() < RESET_WITHIN, f"the reset took {reset.elapsed.total_seconds():.1f} s")
    must(stage.vendor.token == token, "another token")
    stage.vendor.get(f"/applications/{sent['id']}", expect=404)
    must(stage.vendor.get("/applications").json()["items"] == [], "applications are left")
    must(len(stage.vendor.get("/employers").json()["items"]) == len(stage.employers), "not the employers of the start")
    must(stage.vendor.get("/parameters").json()["on"] == stage.today.isoformat(), "the clock was not put back")
    return f"the day set to {told['today']}; reset in {reset.elapsed.total_seconds():.1f} s, the token goes on"
