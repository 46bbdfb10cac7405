"""A request with a key takes effect once, whatever the network does.

The key's advisory lock is held by the transaction that does the work, so a crash lets go of it by itself, and the
answer is stored in that same transaction: either both are there or neither. An answer may name a person, so it is kept
sealed.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from employers.records import crypto
from employers.records.models import IdempotencyKey

KEPT_FOR = timedelta(days=30)  # what is promised is three days


class InProgress(Exception):
    """The first request with this key is still running."""


class Reused(Exception):
    """The key was used with another body."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes
    headers: dict[str, str]
    replayed: bool = False


def once(*, client: UUID, route: str, key: str, body: bytes, at: datetime, work: Callable[[], Answer]) -> Answer:
    """Run `work` at most once for this client, route and key. An exception of `work` leaves the key unused."""
    body_hash = hashlib.sha256(body).digest()
    with transaction.atomic():
        _take(client, route, key)
        done = IdempotencyKey.objects.filter(client=client, route=route, key=key).first()
        if done is not None:
            return _replay(done, body_hash)
        answer = work()
        IdempotencyKey.objects.create(
            client=client, route=route, key=key, body_hash=body_hash, at=at,
            status=answer.status, body=_sealed(answer.body, client, route, key), headers=answer.headers,
        )  # fmt: skip
        return answer


def answered(*, client: UUID, route: str, key: str) -> Answer | None:
    """What the request with this key was told, if it was told anything."""
    done = IdempotencyKey.objects.filter(client=client, route=route, key=key).first()
    return None if done is None else _replay(done, bytes(done.body_hash))


def forget(*, at: datetime) -> int:
    """How many keys went, with what was answered. Whoever says the same again is told so by what was made of it."""
    return IdempotencyKey.objects.filter(at__lt=at - KEPT_FOR).delete()[0]


def _take(client: UUID, route: str, key: str) -> None:
    name = hashlib.sha256(f"{client}\0{route}\0{key}".encode()).digest()[:8]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [int.from_bytes(name, "big", signed=True)])
        if not cursor.fetchone()[0]:
            raise InProgress


def _replay(done: IdempotencyKey, body_hash: bytes) -> Answer:
    if bytes(done.body_hash) != body_hash:
        raise Reused
    body = crypto.unseal(bytes(done.body), bound_to=_bound_to(done.client, done.route, done.key)).encode()
    return Answer(done.status, body, done.headers, replayed=True)


def _sealed(body: bytes, client: UUID, route: str, key: str) -> bytes:
    return crypto.seal(body.decode(), bound_to=_bound_to(client, route, key))


def _bound_to(client: UUID, route: str, key: str) -> str:
    return f"{IdempotencyKey._meta.db_table}.body.{client} {route} {key}"
