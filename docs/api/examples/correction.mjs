// Correct what was sent: the whole claim anew, with the reason and the version that you saw. Needs TOKEN.
const { BASE = "http://127.0.0.1:8000", TOKEN } = process.env;

async function call(path, body, headers = {}) {
  const answer = await fetch(`${BASE}/api/v1${path}`, {
    method: body ? "POST" : "GET",
    headers: { Authorization: `Bearer ${TOKEN}`, "Content-Type": "application/json", ...headers },
    body: body && JSON.stringify(body),
  });
  const document = await answer.json();
  if (!answer.ok) throw new Error(JSON.stringify(document.errors ?? document)); // what has to change
  return { status: answer.status, etag: answer.headers.get("ETag"), document };
}

const { etag, document: sent } = await call("/applications/by-key/first-application-by-javascript");
const { employer, benefit, reference, employee, employment, absence, pay_periods, pay_basis, certificate } = sent;
pay_periods[0].amount = "3500.00";
const claim = { employer, benefit, reference, employee, employment, absence, pay_periods, pay_basis, certificate };
const corrected = await call(
  `/applications/${sent.id}/corrections`,
  { ...claim, reason: "The pay of April was wrong." },
  { "If-Match": etag, "Idempotency-Key": "first-correction-by-javascript" },
);
console.log(corrected.status, corrected.etag, "version", corrected.document.version);
for (const { pointer, before, after } of corrected.document.diff) console.log(pointer, before, "->", after);
