"""How often a machine client may call, and what it is told of it: `RateLimit` and `RateLimit-Policy`.

The headers are structured fields as draft-ietf-httpapi-ratelimit-headers has them: `q` calls in `w` seconds, `r` left,
all of them there again in `t` seconds.
"""

import hashlib
import math
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from employers.organisations.models import ClientSystem
from employers.records import rates
from employers.records.problem import Refusal
from employers.records.rates import Left, Rate

READ, WRITE = "read", "write"
SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
ASKING = ("/estimates", "/applications/search", "/applications/validate")  # posted, because of what they carry


@dataclass(frozen=True, slots=True)
class Spent:
    """What one call took, and what its answer tells."""

    rates: dict[str, Rate]
    name: str
    left: Left

    def headers(self) -> dict[str, str]:
        policies = [f'"{name}";q={rate.burst};w={math.ceil(rate.room)}' for name, rate in self.rates.items()]
        return {
            "RateLimit-Policy": ", ".join(policies),
            "RateLimit": f'"{self.name}";r={self.left.remaining};t={self.left.full_in}',
        }


def spend(request: HttpRequest, client: ClientSystem) -> None:
    """Count the call once, and leave on the request what its answer tells. Raises the 429."""
    if counted(request):
        return
    request.spent = None  # type: ignore[attr-defined]
    if not client.rate_limited:
        return
    name, allowed = kind(request), of(client)
    left = rates.take(f"client {client.pk} {name}", allowed[name])
    request.spent = Spent(allowed, name, left)  # type: ignore[attr-defined]
    if not left.admitted:
        raise too_many(left)


def too_many(left: Left) -> Refusal:
    return Refusal(429, "rate-limited", headers={"Retry-After": str(left.wait)})


def counted(request: HttpRequest) -> bool:
    return hasattr(request, "spent")


def told(request: HttpRequest) -> Spent | None:
    """None for nobody's request, and for a client without limits."""
    return getattr(request, "spent", None)


def of(client: ClientSystem) -> dict[str, Rate]:
    """What the client was given, else what everybody has."""
    burst = client.burst or settings.API_BURST
    return {
        READ: Rate(client.reads_per_second or settings.API_READS_PER_SECOND, burst),
        WRITE: Rate(client.writes_per_second or settings.API_WRITES_PER_SECOND, burst),
    }


def kind(request: HttpRequest) -> str:
    asks = request.method in SAFE or request.path.endswith(ASKING)
    return READ if asks else WRITE


def spend_on_token(*, address: str, client_id: str) -> Left:
    """By address, then by client at that address: nobody elsewhere can use up what a client has."""
    of_address = Rate(settings.ADDRESS_TOKENS_PER_SECOND, settings.ADDRESS_TOKENS_BURST)
    found = rates.take(f"token address {address}"[:100], of_address)
    if not found.admitted or not client_id:
        return found
    named = hashlib.sha256(f"{client_id}\0{address}".encode(errors="replace")).hexdigest()
    return rates.take(f"token client {named}", Rate(settings.TOKENS_PER_SECOND, settings.TOKENS_BURST))
