#!/bin/sh
# From nothing to a first 201. Needs curl.
set -eu
BASE=${BASE:-http://127.0.0.1:8000}
CLIENT=${CLIENT:-sandbox-payroll}
SECRET=${SECRET:-sandbox-payroll-secret}

# 1. An access token. It is good for an hour.
TOKEN=$(curl -sSf -u "$CLIENT:$SECRET" -d grant_type=client_credentials "$BASE/oauth/token" |
  sed 's/.*"access_token": *"\([^"]*\)".*/\1/')
export TOKEN # the other programs read it

# 2. An application. The key makes it safe to repeat: the same key and the same body take effect once.
curl -sSf -i "$BASE/api/v1/applications" \
  -H "Authorization: Bearer $TOKEN" \
  -H "Idempotency-Key: first-application-by-curl" \
  -H "Content-Type: application/json" \
  -d '{
    "employer": "9000004-6",
    "benefit": "sickness_allowance",
    "reference": "first-by-curl",
    "employee": {"personal_identity_code": "010190-9123", "given_name": "Aino", "family_name": "Esimerkki"},
    "employment": {"start": "2019-05-02"},
    "absence": {"start": "2026-03-02", "end": "2026-04-10"},
    "pay_periods": [{"start": "2026-03-02", "end": "2026-04-10", "amount": "3600.00"}],
    "pay_basis": "full",
    "certificate": "electronic"
  }'
