"""Follow what happens, from where you were. Needs TOKEN."""

import json
import os
import pathlib
import urllib.parse
import urllib.request

API = os.environ.get("BASE", "http://127.0.0.1:8000") + "/api/v1"
PLACE = pathlib.Path(os.environ.get("PLACE", "place.txt"))  # keep it as you keep your books: it says how far you are

while True:
    after = PLACE.read_text() if PLACE.exists() else ""
    query = urllib.parse.urlencode({"after": after, "limit": 200})
    request = urllib.request.Request(
        f"{API}/events?{query}", headers={"Authorization": f"Bearer {os.environ['TOKEN']}"}
    )
    with urllib.request.urlopen(request) as answer:
        page = json.load(answer)
    for event in page["items"]:
        print(event["timestamp"], event["type"], event["application"] or event["subject"])
    if page["next"] == after:
        break  # nothing new; in production: sleep, or wait for a webhook, and ask again
    PLACE.write_text(page["next"])  # only now: what was not kept is told again
