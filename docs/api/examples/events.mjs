// Follow what happens, from where you were. Needs TOKEN.
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const { BASE = "http://127.0.0.1:8000", TOKEN, PLACE = "place.txt" } = process.env; // PLACE says how far you are

for (;;) {
  const after = existsSync(PLACE) ? readFileSync(PLACE, "utf8") : "";
  const query = new URLSearchParams({ after, limit: "200" });
  const answer = await fetch(`${BASE}/api/v1/events?${query}`, { headers: { Authorization: `Bearer ${TOKEN}` } });
  const { items, next } = await answer.json();
  if (!answer.ok) throw new Error(`${answer.status}`);
  for (const event of items) console.log(event.timestamp, event.type, event.application ?? event.subject);
  if (next === after) break; // nothing new; in production: sleep, or wait for a webhook, and ask again
  writeFileSync(PLACE, next); // only now: what was not kept is told again
}
