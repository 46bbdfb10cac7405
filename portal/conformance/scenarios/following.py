"""What the agency does with an application, and what it hears meanwhile."""

from typing import Any
from uuid import uuid4

import httpx

from portal.conformance.stage import Stage
from portal.conformance.vendor import must, problem, wait_for

SLACK = 20  # seconds: twice what the stand-in official may take
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
)
RELEASED = 60  # seconds for a scan


def asked_and_answered(stage: Stage) -> str:
    path = f"/applications/{stage.sent(stage.claim(stage.reference('sandbox-ask')))['id']}"
    asked: Any = wait_for("the question", lambda: stage.vendor.get(f"{path}/requests").json()["items"], seconds=SLACK)
    items = asked[0]["items"]
    must(stage.vendor.get(path).json()["status"] == "information_requested", "the status does not tell of the question")
    answers = f"{path}/requests/{asked[0]['id']}/answers"
    stage.vendor.post(answers, {"answers": [{"item": str(uuid4()), "text": "x"}]}, expect=422)
    some = {"answers": [{"item": items[0]["id"], "text": "Paid in full."}]}
    stage.vendor.post(answers, some, expect=201)
    rest = {"answers": [{"item": one["id"], "text": "It follows."} for one in items[1:]]}
    told = stage.vendor.post(answers, rest, expect=201).json()
    must(all(one["answered"] for one in told["items"]), "an answer was not kept")
    must(stage.vendor.get(path).json()["status"] == "in_handling", "it did not go back to handling")
    return f"{len(items)} items until {asked[0]['due']}, answered in two calls, back in handling"


def decisions(stage: Stage) -> str:
    sent = {
        outcome: f"/applications/{stage.sent(stage.claim(stage.reference(prefix)))['id']}"
        for outcome, prefix in (("granted", "sandbox-grant"), ("rejected", "sandbox-reject"))
    }
    waiting = f"/applications/{stage.sent()['id']}/decision"
    problem(stage.vendor.get(waiting, expect=404), "not-decided")
    amounts = {}
    for outcome, path in sent.items():
        told = decided(stage, path)
        must(told["outcome"] == outcome, f"{told['outcome']}, not {outcome}")
        must(told["appeal"]["until"] and told["appeal"]["text"], "how to appeal is not told")
        must(isinstance(told["differences"], list), "no list of differences")
        amounts[outcome] = told["amount"]
    must(amounts["rejected"] == "0.00" and float(amounts["granted"]) > 0, "the amounts do not fit the outcomes")
    return f"granted {amounts['granted']}, rejected, each within {SLACK} s; 404 not-decided before"


def decided(stage: Stage, path: str) -> dict[str, Any]:
    """The decision, once the stand-in official has made it."""

    def look() -> dict[str, Any] | None:
        answer = stage.vendor.get(f"{path}/decision", expect=(200, 404))
        return answer.json() if answer.status_code == 200 else None

    found: dict[str, Any] = wait_for("the decision", look, seconds=SLACK)
    return found


def payments(stage: Stage) -> str:
    """From a line of the bank's to the claim that it pays."""
    sent = stage.sent(stage.claim(stage.reference("sandbox-grant"), payment_reference=None))
    of_decision = decided(stage, f"/applications/{sent['id']}")["payments"]
    must(of_decision, "the decision has no payment")
    listed = stage.vendor.get("/payments", params={"employer": stage.employer, "limit": "200"}).json()["items"]
    mine = [one for one in listed if one["application"] == sent["id"]]
    must([one["id"] for one in mine] == [one["id"] for one in of_decision], "the list has not the decision's payments")
    must(mine[0]["amount"] == of_decision[0]["amount"], "list and decision tell other amounts")
    must(mine[0]["application_reference"] == sent["reference"], "it does not lead to our own reference")
    found = stage.vendor.get("/payments", params={"reference": mine[0]["reference"]}).json()["items"]
    must(mine[0]["id"] in {one["id"] for one in found}, "it is not found by the reference of the bank's line")
    none = stage.vendor.get("/payments", params={"reference": "RF0000000000"}).json()["items"]
    must(none == [], "another reference finds some")
    return f"{mine[0]['amount']} {mine[0]['status']}, found by the bank's reference, led to our own"


def messages(stage: Stage) -> str:
    path = f"/applications/{stage.sent()['id']}/messages"
    must(stage.vendor.get(path).json()["items"] == [], "there are messages already")
    told = stage.vendor.post(path, {"text": "When will this be decided?"}, expect=201).json()
    stage.vendor.post(path, {"text": "The certificate follows."}, expect=201)
    items = stage.vendor.get(path).json()["items"]
    must(told["id"] in {one["id"] for one in items} and len(items) == 2, "not both messages in the thread")
    must({"id", "text", "role", "at", "read_at"} <= items[0].keys(), "a member of a message is missing")
    stage.vendor.post(path, {"text": ""}, expect=422)
    return "two messages in one thread; an empty one is refused"


def attachments(stage: Stage) -> str:
    path = f"/applications/{stage.sent()['id']}/attachments"
    told = _attach(stage, path, "certificate.pdf", document(), "application/pdf", expect=201).json()
    must(told["size"] == len(document()) and told["status"] in ("held", "released"), "size or status")
    false = _attach(stage, path, "certificate.pdf", b"MZ\x90\x00" + b"\x00" * 200, "application/pdf", expect=422)
    must(false.json()["errors"], "the false document has no error")
    read = wait_for("the released document", lambda: _released(stage, f"{path}/{told['id']}"), seconds=RELEASED)
    must(read.content == document(), "another document came back")
    must("attachment" in read.headers.get("Content-Disposition", ""), "it would be shown instead of saved")
    stage.other.get(f"{path}/{told['id']}", expect=404)
    return f"{told['status']}, scanned, read back; what is no PDF is refused"


def document() -> bytes:
    """A PDF of one empty page, with its table of objects."""
    places = [PDF.index(b"%d 0 obj" % number) for number in (1, 2, 3)]
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 4\n0000000000 65535 f \n"
    return PDF + head + table + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(PDF)


def _attach(stage: Stage, path: str, name: str, content: bytes, kind: str, *, expect: int) -> httpx.Response:
    return stage.vendor.post(path, expect=expect, files={"file": (name, content, kind)})


def _released(stage: Stage, path: str) -> httpx.Response | None:
    answer = stage.vendor.get(path, expect=(200, 409))
    return answer if answer.status_code == 200 else None
