"""A draft that the payroll firm begins and completes, and sends."""

from portal.conformance.stage import Stage
from portal.conformance.vendor import errors_of, must


def a_draft(stage: Stage) -> str:
    return "; ".join((a_draft_sent(stage), a_draft_dropped(stage)))


def a_draft_sent(stage: Stage) -> str:
    """Warnings only, until it is sent."""
    body = stage.claim()
    begun = {name: value for name, value in body.items() if name not in ("pay_periods", "certificate")}
    answer = stage.vendor.post("/drafts", begun, expect=201)
    told = answer.json()
    path = f"/drafts/{told['id']}"
    must(told["status"] == "open", f"the status is {told['status']}")
    must({one["severity"] for one in told["problems"]} <= {"warning"}, "a draft's problems are no mere warnings")
    early = errors_of(stage.vendor.post(f"{path}/submission", expect=422))
    must(any(where.startswith("/pay_periods") for where, _ in early), "what is missing is not told at /pay_periods")
    etag = stage.vendor.get(path).headers["ETag"]
    patch = {"pay_periods": body["pay_periods"], "certificate": "electronic"}
    kind = {"If-Match": etag, "Content-Type": "application/merge-patch+json"}
    patched = stage.vendor.call("PATCH", path, expect=200, body={"body": patch}, headers=kind).json()
    must(patched["body"]["pay_periods"], "the patch was not kept")
    stage.vendor.call("PATCH", path, expect=412, body={"body": patch}, headers=kind)
    sent = stage.vendor.post(f"{path}/submission", expect=201).json()
    must(sent["status"] == "submitted" and sent["reference"] == body["reference"], "it was not sent as drafted")
    must(stage.vendor.get(path).json()["application"] == sent["id"], "the draft does not lead to its application")
    return "begun without pay, refused, patched, a stale patch refused, sent"


def a_draft_dropped(stage: Stage) -> str:
    told = stage.vendor.post(
        "/drafts", {"employer": stage.employer, "benefit": "sickness_allowance"}, expect=201
    ).json()
    path = f"/drafts/{told['id']}"
    listed = stage.vendor.get("/drafts", params={"employer": stage.employer}).json()["items"]
    must(told["id"] in {one["id"] for one in listed}, "it is not in the list")
    stage.other.get(path, expect=404)
    etag = stage.vendor.get(path).headers["ETag"]
    stage.vendor.call("DELETE", path, expect=204, headers={"If-Match": etag})
    stage.vendor.get(path, expect=404)
    return "listed, unknown to another firm, dropped"
