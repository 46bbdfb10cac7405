"""Is this webhook from us? The body is as it was received, byte for byte."""

import base64
import hashlib
import hmac
import os
import sys
import time


def is_good(secret, headers, body):
    """By the headers webhook-id, webhook-timestamp and webhook-signature. `secret` is `whsec_...`."""
    if abs(time.time() - int(headers["webhook-timestamp"])) > 300:
        return False  # an old one, sent again by somebody else
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    ours = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    # While a secret is being changed there are two signatures, parted by a space.
    return any(hmac.compare_digest(ours, theirs) for theirs in headers["webhook-signature"].split())


headers = {f"webhook-{name.lower()}": os.environ[name] for name in ("ID", "TIMESTAMP", "SIGNATURE")}
good = is_good(os.environ["SECRET"], headers, sys.stdin.buffer.read())
print("good" if good else "not from them")
sys.exit(not good)
