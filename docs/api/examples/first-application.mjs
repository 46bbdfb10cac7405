// From nothing to a first 201. Needs Node.js 18 and nothing else.
const { BASE = "http://127.0.0.1:8000", CLIENT = "sandbox-payroll", SECRET = "sandbox-payroll-secret" } = process.env;

// Good for an hour.
async function accessToken() {
  const answer = await fetch(`${BASE}/oauth/token`, {
    method: "POST",
    headers: { Authorization: `Basic ${btoa(`${CLIENT}:${SECRET}`)}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  return (await answer.json()).access_token;
}

const application = {
  employer: "9000004-6",
  benefit: "sickness_allowance",
  reference: "first-by-javascript",
  employee: { personal_identity_code: "010190-903T", given_name: "Kerttu", family_name: "Esimerkki" },
  employment: { start: "2019-05-02" },
  absence: { start: "2026-03-02", end: "2026-04-10" },
  pay_periods: [{ start: "2026-03-02", end: "2026-04-10", amount: "3600.00" }],
  pay_basis: "full",
  certificate: "electronic",
};
const answer = await fetch(`${BASE}/api/v1/applications`, {
  method: "POST",
  headers: {
    Authorization: `Bearer ${await accessToken()}`,
    // The key makes it safe to repeat: the same key and the same body take effect once.
    "Idempotency-Key": "first-application-by-javascript",
    "Content-Type": "application/json",
  },
  body: JSON.stringify(application),
});
console.log(answer.status, answer.headers.get("Location"));
console.log(JSON.stringify(await answer.json(), null, 2));
if (!answer.ok) process.exit(1);
