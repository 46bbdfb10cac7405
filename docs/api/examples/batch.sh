#!/bin/sh
# Send many applications in one file, and read what came of each row. Needs TOKEN and curl.
set -eu
API=${BASE:-http://127.0.0.1:8000}/api/v1

cat > batch.csv <<'CSV'
employer;benefit;reference;employee.personal_identity_code;employee.given_name;employee.family_name;employment.start;absence.start;absence.end;pay_periods.1.start;pay_periods.1.end;pay_periods.1.amount;pay_basis
9000004-6;sickness_allowance;curl-row-1;010190-905V;Tuomas;Testinen;2.5.2019;2.3.2026;10.4.2026;2.3.2026;10.4.2026;3600,00;full
9000004-6;sickness_allowance;curl-row-2;010190-905V;Tuomas;Testinen;2.5.2019;2.6.2026;1.6.2026;2.6.2026;10.6.2026;800,00;full
CSV

curl -sSf "$API/batches" --data-binary @batch.csv \
  -H "Authorization: Bearer $TOKEN" -H "Idempotency-Key: first-batch-by-curl" -H "Content-Type: text/csv" > batch.json
ID=$(sed 's/.*"id": *"\([0-9a-f-]\{36\}\)".*/\1/' batch.json)

# Wait for it; the event `batch.finished` tells it as well.
while curl -sSf "$API/batches/$ID" -H "Authorization: Bearer $TOKEN" | grep -q '"status": *"\(received\|running\)"'; do
  sleep 1
done
curl -sSf "$API/batches/$ID/rows" -H "Authorization: Bearer $TOKEN"
