// Send many applications in one file, and read what came of each row. Needs TOKEN.
import { setTimeout as pause } from "node:timers/promises";

const { BASE = "http://127.0.0.1:8000", TOKEN } = process.env;
const person = { personal_identity_code: "010190-9090", given_name: "Teemu", family_name: "Testinen" };
const row = (reference, start, end, amount) => ({
  employer: "9000004-6",
  benefit: "sickness_allowance",
  reference,
  employee: person,
  employment: { start: "2019-05-02" },
  absence: { start, end },
  pay_periods: [{ start, end, amount }],
  pay_basis: "full",
});
const rows = [
  row("javascript-row-1", "2026-03-02", "2026-04-10", "3600.00"),
  row("javascript-row-2", "2026-06-02", "2026-06-01", "800.00"),
];

async function call(path, options = {}) {
  const headers = { Authorization: `Bearer ${TOKEN}`, ...options.headers };
  const answer = await fetch(`${BASE}/api/v1${path}`, { ...options, headers });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return answer.json();
}

let batch = await call("/batches", {
  method: "POST",
  headers: { "Content-Type": "application/x-ndjson", "Idempotency-Key": "first-batch-by-javascript" },
  body: rows.map((one) => `${JSON.stringify(one)}\n`).join(""),
});
while (["received", "running"].includes(batch.status)) {
  await pause(1000); // the event `batch.finished` tells it as well
  batch = await call(`/batches/${batch.id}`);
}
console.log(batch.status, batch.accepted, "accepted,", batch.rejected, "rejected");
for (const one of (await call(`/batches/${batch.id}/rows`)).items) {
  console.log(one.row, one.reference, one.status, one.errors.map(({ pointer, code }) => `${pointer} ${code}`));
}
