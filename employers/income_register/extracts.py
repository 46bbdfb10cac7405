"""Extracts of subscriptions: find them in the register's folder, bring each here, and take away what was kept.

A row of its own is each file's place in the queue. What a file's unsigned head says only finds that place; what counts
is what the signed octets say when it runs. A file that cannot be kept stays where it is, with an alarm.
"""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from io import BytesIO
from typing import IO, Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db.models import QuerySet

from .alarm import LONGEST, Kind, clear_alarms, raise_alarm
from .bring import Fetching, bring, check_environment, measured, window_of
from .certificates import pinned
from .keep import Brought, keep_file, keep_nothing
from .lease import Unusable, renewing
from .models import RegisterSync
from .models_subscriptions import RegisterAlarm, RegisterSubscription
from .parser import MalformedExtract, read
from .pickup import Gone, Limits, Pickup, PickupRefused, PickupUnavailable, TooLarge, Unfinished, opened
from .queries import covered_by
from .schema import Header
from .verifying import BadSignature, copy_verified

REFERENCE = re.compile("[0-9a-f]{32}")
HEAD = 65536  # bytes in which an extract tells whose it is
Status = RegisterSync.Status
log = structlog.get_logger()


class _Enough(Exception):
    """The head has come."""


class _Head(BytesIO):
    def write(self, octets: Any) -> int:
        written = super().write(octets)
        if self.tell() >= HEAD:
            raise _Enough
        return written


def look(*, at: datetime, limits: Limits | None = None) -> int:
    """Queue every file that is new; how many. A folder that cannot be reached is looked into the next time."""
    if not settings.REGISTER_SFTP_URL:
        return 0
    try:
        with _folder(limits) as folder:
            names = [file.name for file in folder.files()]
            _forget_gone(names, at=at)
            return sum(_queue(folder, name, at=at) for name in _unknown(names))
    except PickupUnavailable as error:
        log.warning("register folder unavailable", reason=str(error))
    except PickupRefused as error:
        log.error("register folder refused", reason=str(error))
    return 0


def bring_file(sync: RegisterSync, *, at: datetime) -> None:
    """Fetch, verify, read and keep one file, then take it away.

    Raises PickupUnavailable, PickupRefused, BadSignature, MalformedExtract, Unusable or Superseded.
    """
    with tempfile.TemporaryFile() as signed:
        fetching = Fetching(renewing(sync))
        with tempfile.TemporaryFile() as file:
            with _told_apart(), _folder() as folder:
                folder.fetch(sync.source, file, fetching)
            digest = _verify(file, signed, at=at)
        timings = fetching.timings()
        if _is_known(sync, digest):
            keep_nothing(sync, digest=digest, at=at)
        else:
            _keep(sync, signed, timings=timings, digest=digest, at=at)
    _take_away(sync.source)


def _keep(sync: RegisterSync, signed: IO[bytes], *, timings: dict[str, float], digest: str, at: datetime) -> None:
    assert sync.subscription is not None
    extract = read(signed)
    check_environment(extract.header)
    if _subscription(extract.header) != sync.subscription:
        raise Unusable("wrong_subscription")
    start, end = window_of(extract.header)
    covered = dict(covered_by(sync.subscription).values_list("business_id", "pk"))
    with measured(timings, "stage"):
        bring(extract, sync=sync, payers=covered, only=None)
    RegisterSync.objects.filter(pk=sync.pk).update(window_from=start, window_until=end)
    query_id = extract.header.query_id or ""
    brought = Brought(start=start, end=end, query_id=query_id, digest=digest, timings=timings)
    keep_file(sync, brought, covered=covered.values(), at=at)


def _is_known(sync: RegisterSync, digest: str) -> bool:
    finished = RegisterSync.objects.filter(subscription=sync.subscription, status=Status.FINISHED, digest=digest)
    return finished.exists()


def _verify(file: IO[bytes], signed: IO[bytes], *, at: datetime) -> str:
    """The digest of the signed octets. Without a pinned certificate nothing can be believed, and nothing is blamed."""
    try:
        pinned(settings.REGISTER_FOLDER)
    except (OSError, ValueError):
        raise PickupUnavailable("the pinned certificate cannot be read") from None
    return copy_verified(file, signed, certificate=settings.REGISTER_FOLDER / "register.crt", at=at)


@contextmanager
def _told_apart() -> Iterator[None]:
    try:
        yield
    except Gone:
        raise Unusable("gone") from None
    except TooLarge:
        raise Unusable("too_large") from None
    except Unfinished:
        raise PickupUnavailable("the file is being written") from None


def _folder(limits: Limits | None = None) -> Any:
    return opened(settings.REGISTER_SFTP_URL, settings.REGISTER_FOLDER, limits=limits)


def _unknown(names: list[str]) -> list[str]:
    """Without those that wait, run or have an alarm."""
    told = set(_failed().values_list("about", flat=True))
    waiting = RegisterSync.objects.filter(source__in=names, status__in=(Status.WAITING, Status.RUNNING))
    known = set(waiting.values_list("source", flat=True))
    return [name for name in names if name not in known and name[:LONGEST] not in told]


def _failed() -> QuerySet[RegisterAlarm]:
    """About files, not about employers."""
    return RegisterAlarm.objects.filter(kind=Kind.FAILED, cleared_at=None, organisation=None)


def _forget_gone(names: list[str], *, at: datetime) -> None:
    """Somebody took away what could not be kept."""
    gone = _failed().exclude(about__in=[name[:LONGEST] for name in names])
    clear_alarms(Kind.FAILED, about=list(gone.values_list("about", flat=True)), at=at)


def _queue(folder: Pickup, name: str, *, at: datetime) -> bool:
    try:
        header = _head(folder, name)
        start, end = window_of(header)
    except (Gone, Unfinished):
        return False
    except (MalformedExtract, Unusable, TooLarge):
        return _leave(name, "malformed", at=at)
    subscription = _subscription(header)
    if subscription is None:
        return _leave(name, "unknown_subscription", at=at)
    kept = RegisterSync.objects.filter(subscription=subscription, source=name, status=Status.FINISHED).first()
    if kept is not None:
        return _once_more(folder, name, kept, at=at)
    row = RegisterSync(subscription=subscription, source=name, window_from=start, window_until=end, requested_at=at)
    return bool(RegisterSync.objects.bulk_create([row], ignore_conflicts=True))


def _head(folder: Pickup, name: str) -> Header:
    """What the file says of itself, signed or not. Raises MalformedExtract, or what fetching raises."""
    head = _Head()
    with suppress(_Enough):
        folder.fetch(name, head)
    head.seek(0)
    return read(head).header


def _once_more(folder: Pickup, name: str, kept: RegisterSync, *, at: datetime) -> bool:
    """A file that was kept is here still, or again: it goes, unless somebody put something else in its place."""
    try:
        with tempfile.TemporaryFile() as file, tempfile.TemporaryFile() as signed:
            folder.fetch(name, file)
            is_same = _verify(file, signed, at=at) == kept.digest
    except (BadSignature, Gone, TooLarge, Unfinished):
        is_same = False
    if not is_same:
        return _leave(name, "other_content", at=at)
    folder.remove(name)
    return False


def _leave(name: str, error: str, *, at: datetime) -> bool:
    raise_alarm(Kind.FAILED, about=name, at=at, facts={"error": error})
    return False


def _subscription(header: Header) -> RegisterSubscription | None:
    """By our own reference; the register may know subscriptions that others ordered."""
    reference = header.main_subscription or ""
    if not REFERENCE.fullmatch(reference):
        return None
    return RegisterSubscription.objects.filter(pk=UUID(reference)).first()


def _take_away(name: str) -> None:
    """After the commit. Where it fails the next look does it."""
    try:
        with _folder() as folder:
            folder.remove(name)
    except (PickupUnavailable, PickupRefused) as error:
        log.warning("file not taken away", reason=str(error))
