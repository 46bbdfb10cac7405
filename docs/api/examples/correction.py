"""Correct what was sent: the whole claim anew, with the reason and the version that you saw. Needs TOKEN."""

import json
import os
import urllib.request

API = os.environ.get("BASE", "http://127.0.0.1:8000") + "/api/v1"


def call(path, body=None, **headers):
    """Status, ETag and document. A refusal raises urllib.error.HTTPError, whose body says what has to change."""
    told = {"Authorization": f"Bearer {os.environ['TOKEN']}", "Content-Type": "application/json", **headers}
    request = urllib.request.Request(API + path, json.dumps(body).encode() if body else None, told)
    with urllib.request.urlopen(request) as answer:
        return answer.status, answer.headers["ETag"], json.load(answer)


_, etag, sent = call("/applications/by-key/first-application-by-python")
claim = {
    name: sent[name]
    for name in (
        "employer",
        "benefit",
        "reference",
        "employee",
        "employment",
        "absence",
        "pay_periods",
        "pay_basis",
        "certificate",
    )
}
claim["pay_periods"][0]["amount"] = "3500.00"
status, etag, corrected = call(
    f"/applications/{sent['id']}/corrections",
    {**claim, "reason": "The pay of April was wrong."},
    **{"If-Match": etag, "Idempotency-Key": "first-correction-by-python"},
)
print(status, etag, "version", corrected["version"])
for change in corrected["diff"]:
    print(change["pointer"], change["before"], "->", change["after"])
