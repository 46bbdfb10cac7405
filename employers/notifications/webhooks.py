"""One signed message to one receiver, as Standard Webhooks 1.0 has it. Bytes in, a status out; nothing of the answer
but its status is read, no redirect is followed, and after the network's patience it is over, whatever drips in.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import asyncio
import base64
import os
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Thread

import httpx
from standardwebhooks import Webhook

from employers.notifications import guard
from employers.notifications.guard import Network, Target

SECRET = 32  # bytes
MOST_ADDRESSES = 4  # that are tried
WORKER_LOST = "worker_lost"
# What can go wrong, in the log of deliveries.
ERRORS = ("address_refused", "name_unresolved", "connection_failed", "certificate_invalid", "timeout",
          "answer_unreadable", "redirected", "gone", "refused", WORKER_LOST)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    url: str
    id: str  # the same at every attempt
    body: bytes
    secrets: Sequence[str]  # each of them signs


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    status_code: int | None = None
    error: str = ""
    duration_ms: int = 0

    @property
    def delivered(self) -> bool:
        return not self.error


def new_secret() -> str:
    return "whsec_" + base64.b64encode(os.urandom(SECRET)).decode()


def send(message: Message, *, network: Network, at: datetime) -> Outcome:
    """`at`: real time, which the receiver compares with its own. In a thread of its own, which may be left behind: no
    look-up of a name can be ended from outside."""
    began = time.monotonic()
    done: list[Outcome] = []
    thread = Thread(target=lambda: done.append(_sent(message, network, at, ends=began + network.patience)), daemon=True)
    thread.start()
    thread.join(network.patience + 0.5)
    outcome = done[0] if done else Outcome(error="timeout")
    took = round((time.monotonic() - began) * 1000)
    return Outcome(status_code=outcome.status_code, error=outcome.error, duration_ms=took)


def headers(message: Message, *, at: datetime) -> dict[str, str]:
    text = message.body.decode()
    signed = [Webhook(secret).sign(message.id, at, text) for secret in message.secrets]
    return {
        "Content-Type": "application/json",
        "User-Agent": "Employer-Portal-Webhooks/1.0",
        "webhook-id": message.id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signed),
    }


def _sent(message: Message, network: Network, at: datetime, *, ends: float) -> Outcome:
    try:
        target = guard.target(message.url, private=network.private)
        known = guard.addresses(target, network=network)
        status = asyncio.run(_posted(target, known[:MOST_ADDRESSES], message, network, at, ends=ends))
    except (guard.Refused, httpx.InvalidURL):
        return Outcome(error="address_refused")
    except guard.Unresolved:
        return Outcome(error="name_unresolved")
    except (TimeoutError, httpx.TimeoutException):
        return Outcome(error="timeout")
    except (httpx.HTTPError, OSError) as error:
        return Outcome(error=_meaning(error))
    return Outcome(status_code=status, error=_judged(status))


async def _posted(
    target: Target, known: list[str], message: Message, network: Network, at: datetime, *, ends: float
) -> int:
    """To the first of the addresses that lets us connect."""
    own = headers(message, at=at) | {"Host": target.netloc}
    verify = network.tls() if target.scheme == "https" else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    async with (
        asyncio.timeout(ends - time.monotonic()),
        httpx.AsyncClient(verify=verify, trust_env=False, follow_redirects=False, timeout=network.patience) as http,
    ):
        for address in known[:-1]:
            try:
                return await _status(http, target, address, own, message.body)
            except httpx.ConnectError:
                continue
        return await _status(http, target, known[-1], own, message.body)


async def _status(http: httpx.AsyncClient, target: Target, address: str, own: dict[str, str], body: bytes) -> int:
    """The connection goes to the address that was checked; TLS and Host go by the name."""
    pinned = f"[{address}]" if ":" in address else address
    url = f"{target.scheme}://{pinned}:{target.port}{target.path}"
    async with http.stream("POST", url, content=body, headers=own, extensions={"sni_hostname": target.host}) as answer:
        return answer.status_code


def _judged(status: int) -> str:
    if 200 <= status < 300:
        return ""
    if status == 410:
        return "gone"
    return "redirected" if 300 <= status < 400 else "refused"


def _meaning(error: BaseException) -> str:
    if isinstance(error, httpx.ConnectError):
        return "certificate_invalid" if _is_of_tls(error) else "connection_failed"
    return "answer_unreadable" if isinstance(error, httpx.RemoteProtocolError) else "connection_failed"


def _is_of_tls(error: BaseException | None) -> bool:
    while error is not None and not isinstance(error, ssl.SSLCertVerificationError):
        error = error.__cause__ or error.__context__
    return error is not None
