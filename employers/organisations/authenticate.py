"""Find out whether whoever asks for a token is the machine client it says it is: by a secret, or by a signature."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from django.contrib.auth.hashers import check_password
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from oauth2_provider.models import clear_expired

from employers.organisations import assertions
from employers.organisations.assertions import NotProven
from employers.organisations.models import ClientSystem
from employers.organisations.models_clients import ClientKey, ClientSecret, SpentAssertion
from employers.organisations.rotate_secret import MOST, hashed, keep_first

USE_IS_TOLD = timedelta(minutes=1)  # how often it is written down that a secret or a key is in use
PURGED = 100  # spent assertions at a time


def by_secret(*, client_id: str, secret: str, at: datetime) -> ClientSystem | None:
    """`at` is the real time, as for everything that proves somebody.

    A no takes as many comparisons whoever was named, so that its time tells nobody which clients there are.
    """
    client = _open(client_id)
    if client and client.application.client_secret:
        keep_first(client=client)
    kept = list(in_use(client, at=at)) if client else []
    for one in kept:
        if check_password(secret, one.hashed):
            _tell_use(ClientSecret.objects.filter(pk=one.pk), at=at)
            return client
    for _ in range(MOST - len(kept)):
        hashed(secret)
    return None


def in_use(client: ClientSystem, *, at: datetime) -> QuerySet[ClientSecret]:
    """What is used most comes first: every comparison costs a quarter of a second."""
    found = ClientSecret.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), client=client)
    return found.order_by(F("last_used_at").desc(nulls_last=True), "-pk")


def by_assertion(*, assertion: str, client_id: str, audiences: Collection[str], at: datetime) -> ClientSystem:
    """`client_id` as the request says it beside, if it does. Raises NotProven."""
    who = assertions.named(assertion)
    client = _open(who.client_id) if client_id in ("", who.client_id) else None
    key = ClientKey.objects.filter(client=client, kid=who.kid, removed_at__isnull=True).first() if client else None
    if client is None or key is None:
        raise NotProven(assertions.NOT_SIGNED)
    proof = assertions.proven(assertion, key.jwk, client_id=who.client_id, audiences=audiences, at=at.timestamp())
    _spend(client, proof, at=at)
    _tell_use(ClientKey.objects.filter(pk=key.pk), at=at)
    return client


def forget(*, at: datetime) -> None:
    """What nobody can use any more: tokens after their hour, and assertions after their end."""
    clear_expired()
    SpentAssertion.objects.filter(ends_at__lt=at).delete()


def _open(client_id: str) -> ClientSystem | None:
    found = ClientSystem.objects.filter(application__client_id=client_id, ended_at__isnull=True)
    return found.select_related("application").first()


def _spend(client: ClientSystem, proof: assertions.Proof, *, at: datetime) -> None:
    """Of any number of requests with one assertion the database lets one through."""
    ends = datetime.fromtimestamp(proof.ends, UTC) + timedelta(seconds=assertions.LEEWAY)
    _purge(at=at)
    try:
        with transaction.atomic():
            SpentAssertion.objects.create(client=client, jti=proof.jti, ends_at=ends)
    except IntegrityError:
        raise NotProven("this jti was used before") from None


@transaction.atomic
def _purge(*, at: datetime) -> None:
    """A few of those that nobody could use any more; another's are left to whoever holds them."""
    over = SpentAssertion.objects.filter(ends_at__lt=at).select_for_update(skip_locked=True)
    SpentAssertion.objects.filter(pk__in=list(over.values_list("pk", flat=True)[:PURGED])).delete()


def _tell_use(used: QuerySet[ClientSecret] | QuerySet[ClientKey], *, at: datetime) -> None:
    used.exclude(last_used_at__gt=at - USE_IS_TOLD).update(last_used_at=at)
