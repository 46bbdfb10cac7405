#!/bin/sh
# Is this webhook from us? Needs openssl; the body comes in as it was received, byte for byte.
set -eu
# SECRET is `whsec_...`; ID, TIMESTAMP and SIGNATURE are the headers webhook-id, webhook-timestamp, webhook-signature.
[ $(( $(date +%s) - TIMESTAMP )) -lt 300 ] || { echo "too old"; exit 1; }
KEY=$(printf %s "${SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')
{ printf %s "$ID.$TIMESTAMP."; cat; } > signed.bin
OURS=$(openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY" -binary signed.bin | openssl base64 -A)

# While a secret is being changed there are two signatures, parted by a space.
case " $SIGNATURE " in *" v1,$OURS "*) echo "good" ;; *) echo "not from them"; exit 1 ;; esac
