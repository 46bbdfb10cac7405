#!/bin/sh
# Correct what was sent: the whole claim anew, with the reason and the version that you saw. Needs TOKEN and curl.
set -eu
API=${BASE:-http://127.0.0.1:8000}/api/v1

# The answer to the first request, by its key. ETag is the version that counts.
curl -sSf -D headers.txt -o application.json "$API/applications/by-key/first-application-by-curl" \
  -H "Authorization: Bearer $TOKEN"
ID=$(sed 's/.*"id": *"\([0-9a-f-]\{36\}\)","version".*/\1/' application.json)
ETAG=$(sed -n 's/^[Ee][Tt][Aa][Gg]: *\("[0-9]*"\).*/\1/p' headers.txt)

curl -sSf -i "$API/applications/$ID/corrections" \
  -H "Authorization: Bearer $TOKEN" \
  -H "If-Match: $ETAG" \
  -H "Idempotency-Key: first-correction-by-curl" \
  -H "Content-Type: application/json" \
  -d '{
    "reason": "The pay of April was wrong.",
    "employer": "9000004-6",
    "benefit": "sickness_allowance",
    "reference": "first-by-curl",
    "employee": {"personal_identity_code": "010190-9123", "given_name": "Aino", "family_name": "Esimerkki"},
    "employment": {"start": "2019-05-02"},
    "absence": {"start": "2026-03-02", "end": "2026-04-10"},
    "pay_periods": [{"start": "2026-03-02", "end": "2026-04-10", "amount": "3500.00"}],
    "pay_basis": "full",
    "certificate": "electronic"
  }'
