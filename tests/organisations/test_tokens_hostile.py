"""Whatever is sent to the door of tokens, its no is that of OAuth: JSON that nobody keeps (RFC 6749, section 5.2)."""

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.usefixtures("sandbox")
FORM = "application/x-www-form-urlencoded"
SENT = {
    "many fields": (b"a=1&" * (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1), FORM),
    "a large form": (b"a=" + b"1" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE, FORM),
    "nothing": (b"", FORM),
    "no text": (b"client_id=%00%ff&client_secret=%00&grant_type=client_credentials", FORM),
    "JSON": (b'{"grant_type": "client_credentials"}', "application/json"),
    "half of a part": (b"--x\r\nContent-Disposition: form-data; name=a", "multipart/form-data; boundary=x"),
}


@pytest.mark.parametrize("what", SENT)
def test_a_form_that_is_none_is_refused_in_json(what):
    """Expected: 400 or 401, JSON with `error`, no-store; never a page for people."""
    content, kind = SENT[what]
    answer = Client(raise_request_exception=False).post("/oauth/token", content, content_type=kind)
    assert answer.status_code in (400, 401)
    assert answer.json()["error"] in ("invalid_request", "invalid_client")
    assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == ("application/json", "no-store")
