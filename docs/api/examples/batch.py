"""Send many applications in one file, and read what came of each row. Needs TOKEN."""

import json
import os
import time
import urllib.request

API = os.environ.get("BASE", "http://127.0.0.1:8000") + "/api/v1"
FILE = """\
employer;benefit;reference;employee.personal_identity_code;employee.given_name;employee.family_name;employment.start;\
absence.start;absence.end;pay_periods.1.start;pay_periods.1.end;pay_periods.1.amount;pay_basis
9000004-6;sickness_allowance;python-row-1;010190-907X;Tiina;Testinen;2.5.2019;\
2.3.2026;10.4.2026;2.3.2026;10.4.2026;3600,00;full
9000004-6;sickness_allowance;python-row-2;010190-907X;Tiina;Testinen;2.5.2019;\
2.6.2026;1.6.2026;2.6.2026;10.6.2026;800,00;full
"""


def call(path, body=None, **headers):
    told = {"Authorization": f"Bearer {os.environ['TOKEN']}", **headers}
    with urllib.request.urlopen(urllib.request.Request(API + path, body, told)) as answer:
        return json.load(answer)


headers = {"Content-Type": "text/csv", "Idempotency-Key": "first-batch-by-python"}
batch = call("/batches", FILE.encode(), **headers)
while batch["status"] in ("received", "running"):  # the event `batch.finished` tells it as well
    time.sleep(1)
    batch = call(f"/batches/{batch['id']}")
print(batch["status"], batch["accepted"], "accepted,", batch["rejected"], "rejected")
for row in call(f"/batches/{batch['id']}/rows")["items"]:
    print(row["row"], row["reference"], row["status"], [(error["pointer"], error["code"]) for error in row["errors"]])
