"""Tell the simulated register to forget what was sent to it, ordered from it and extracted."""

import httpx
import structlog
from django.conf import settings

from employers.income_register.client import RegisterRefused, RegisterUnavailable
from employers.income_register.connection import register
from employers.income_register.transport import tls

PATIENCE = 5  # seconds
log = structlog.get_logger()


def forget_what_was_sent() -> None:
    """Outside any transaction. One that does not answer keeps what it knows, which is nothing to wait for."""
    if not settings.REGISTER_URL:
        return
    there = register()
    try:
        with httpx.Client(verify=tls(there), timeout=PATIENCE, trust_env=False) as http:
            http.post(f"{there.url.rstrip('/')}/sandbox/forget").raise_for_status()
    except (httpx.HTTPError, RegisterUnavailable, RegisterRefused) as error:
        log.warning("register did not forget", reason=type(error).__name__)
