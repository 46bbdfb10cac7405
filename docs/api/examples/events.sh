#!/bin/sh
# Follow what happens, from where you were. Needs TOKEN and curl.
set -eu
API=${BASE:-http://127.0.0.1:8000}/api/v1
PLACE=${PLACE:-place.txt} # keep it as you keep your books: it says how far you are

while :; do
  AFTER=$(cat "$PLACE" 2>/dev/null || true)
  curl -sSf -G "$API/events" --data-urlencode "after=$AFTER" -H "Authorization: Bearer $TOKEN" > events.json
  NEXT=$(sed 's/.*"next": *"\([^"]*\)".*/\1/' events.json)
  cat events.json && echo
  [ "$NEXT" = "$AFTER" ] && break # nothing new; in production: sleep, or wait for a webhook, and ask again
  printf %s "$NEXT" > "$PLACE" # only now: what was not kept is told again
done
