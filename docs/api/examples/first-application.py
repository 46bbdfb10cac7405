"""From nothing to a first 201. Needs Python 3.9 and nothing else."""

import base64
import json
import os
import urllib.parse
import urllib.request

BASE = os.environ.get("BASE", "http://127.0.0.1:8000")
CLIENT = os.environ.get("CLIENT", "sandbox-payroll")
SECRET = os.environ.get("SECRET", "sandbox-payroll-secret")


def access_token():
    """Good for an hour."""
    form = urllib.parse.urlencode({"grant_type": "client_credentials"}).encode()
    basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
    request = urllib.request.Request(f"{BASE}/oauth/token", form, {"Authorization": f"Basic {basic}"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["access_token"]


application = {
    "employer": "9000004-6",
    "benefit": "sickness_allowance",
    "reference": "first-by-python",
    "employee": {"personal_identity_code": "010190-901R", "given_name": "Eero", "family_name": "Esimerkki"},
    "employment": {"start": "2019-05-02"},
    "absence": {"start": "2026-03-02", "end": "2026-04-10"},
    "pay_periods": [{"start": "2026-03-02", "end": "2026-04-10", "amount": "3600.00"}],
    "pay_basis": "full",
    "certificate": "electronic",
}
request = urllib.request.Request(
    f"{BASE}/api/v1/applications",
    json.dumps(application).encode(),
    {
        "Authorization": f"Bearer {access_token()}",
        # The key makes it safe to repeat: the same key and the same body take effect once.
        "Idempotency-Key": "first-application-by-python",
        "Content-Type": "application/json",
    },
)
with urllib.request.urlopen(request) as answer:
    print(answer.status, answer.headers["Location"])
    print(json.dumps(json.load(answer), indent=2))
