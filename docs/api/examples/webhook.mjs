// Is this webhook from us? The body is as it was received, byte for byte.
import { createHmac, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";

// By the headers webhook-id, webhook-timestamp and webhook-signature. `secret` is `whsec_...`.
function isGood(secret, { id, timestamp, signature }, body) {
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) return false; // an old one, sent again by somebody else
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const ours = Buffer.from(`v1,${createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest("base64")}`);
  // While a secret is being changed there are two signatures, parted by a space.
  return signature.split(" ").some((one) => one.length === ours.length && timingSafeEqual(Buffer.from(one), ours));
}

const { SECRET, ID, TIMESTAMP, SIGNATURE } = process.env;
const good = isGood(SECRET, { id: ID, timestamp: TIMESTAMP, signature: SIGNATURE }, readFileSync(0));
console.log(good ? "good" : "not from them");
process.exit(good ? 0 : 1);
