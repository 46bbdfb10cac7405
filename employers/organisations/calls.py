"""What every call of a machine client goes through: which employer, by which right, and once only."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NoReturn
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework.request import Request

from employers.organisations.access import (
    Actor,
    actor_for_client,
    employers_of_client,
    mandates_from,
    mandates_in_force,
    with_mandate,
)
from employers.organisations.identifiers import is_business_id
from employers.organisations.models import ClientSystem, Mandate, Organisation
from employers.organisations.permissions import client_of, needs
from employers.organisations.rights import Call
from employers.records import clock, idempotency, wire
from employers.records.problem import Refusal, invalid_at, not_found
from employers.records.readlog import Reader

KEY = re.compile(r'[A-Za-z0-9_-]{16,255}|"[A-Za-z0-9_-]{16,255}"', re.ASCII)
JSON = "application/json"
PREFERS_STRICT = re.compile(r"(^|[,;])\s*handling\s*=\s*\"?strict\"?\s*($|[,;])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Caller:
    """A machine client in one call, at one moment. The call's own line in the table says which right it needs."""

    client: ClientSystem
    rights: tuple[str, ...]
    at: datetime
    call: Call | None = None

    def about(self, benefit: object) -> "Caller":
        """The same call judged by the rights that it needs for this benefit."""
        return replace(self, rights=self.call.about(benefit)) if self.call else self

    @property
    def on(self) -> date:
        return clock.day_of(self.at)

    def employers(self) -> QuerySet[Organisation]:
        """Those this call may be about. The query decides: what the caller may not see is never loaded."""
        found = employers_of_client(self.client, on=self.on, right=self.rights[0] if self.rights else None)
        for right in self.rights[1:]:
            found = found | employers_of_client(self.client, on=self.on, right=right)
        return found

    def known(self) -> QuerySet[Organisation]:
        """Those that gave the caller any right at all."""
        return employers_of_client(self.client, on=self.on)

    def actor(self, employer: Organisation) -> Actor:
        """With the first of the call's rights that a mandate gives."""
        for right in self.rights or ("",):
            actor = actor_for_client(self.client, employer, on=self.on, right=right)
            if actor.mandate or actor.role == "employer":
                break
        return actor

    def readers(self, employers: Iterable[UUID]) -> dict[UUID, Reader]:
        """Whom the read log names for the matters of each of these employers, in one query."""
        principals = set(employers)
        mandates = mandates_in_force(on=self.on).filter(
            principal__in=principals, agent_organisation=self.client.organisation_id, rights__overlap=self._any_right()
        )
        held = dict(mandates.values_list("principal", "pk"))
        return {
            pk: Reader(
                kind="client",
                id=self.client.pk,
                organisation=self.client.organisation_id,
                principal=pk,
                mandate=held.get(pk),
            )
            for pk in principals
        }

    def _any_right(self) -> list[str]:
        return [*self.rights, *(self.call.occupational_health if self.call else ())]

    def refuse(self) -> NoReturn:
        """A known employer has not given the right. The first one named is the one to ask for."""
        raise Refusal(403, "mandate-missing", right=self.rights[0])


def caller_of(request: Request) -> Caller:
    call = needs(request)
    return Caller(client=client_of(request), rights=call.rights, at=clock.now(), call=call)


def body_of(request: Request) -> Any:
    """Parsed JSON. An empty body is no JSON document."""
    if not request._request.body:
        raise Refusal(400, "malformed-request")
    return request.data


def employer_in_path(caller: Caller, business_id: str) -> Organisation:
    """404 for an unknown employer and a foreign one; 403 for a known one without the right."""
    found = caller.known().filter(business_id=business_id).first() if is_business_id(business_id) else None
    if found is None:
        raise not_found()
    return found if _allowed(caller, found) else caller.refuse()


def employer_in_body(caller: Caller, body: Any) -> Organisation | None:
    """422, alone, for an unknown employer and a foreign one; 403 for a known one without the right.

    None when the body names no employer that could be one; whoever reads the body says what is wrong with it.
    """
    actor = actor_in_body(caller, body)
    return actor.principal if actor else None


def actor_in_body(caller: Caller, body: Any) -> Actor | None:
    """The same, with the mandate by which the caller acts for that employer. One query; none for its own."""
    business_id = body.get("employer") if isinstance(body, dict) else None
    if not isinstance(business_id, str) or not is_business_id(business_id):
        return None
    own = caller.client.organisation
    if own.business_id == business_id and own.kind == Organisation.Kind.EMPLOYER:
        return with_mandate(caller.client, own, {})
    given = mandates_from(business_id, caller.client, on=caller.on)
    if not given:
        raise invalid_at("employer", "employer_unknown")
    caller, employer = caller.about(body.get("benefit")), given[0].principal
    held = _chosen(given, caller.rights) or caller.refuse()
    return with_mandate(caller.client, employer, {employer.pk: held.pk})


def _chosen(given: list[Mandate], needed: tuple[str, ...]) -> Mandate | None:
    """The first that gives the first of the rights, as far as there is one; any, where no right is needed."""
    if not needed:
        return given[0]
    return next((one for right in needed for one in given if right in one.rights), None)


def check_right(caller: Caller, organisation: UUID, *, benefit: str = "") -> None:
    """For an object found among those of known employers: 403 unless its employer gave the call's right."""
    caller = caller.about(benefit)
    if caller.rights and not caller.employers().filter(pk=organisation).exists():
        caller.refuse()


def _allowed(caller: Caller, employer: Organisation) -> bool:
    return not caller.rights or caller.employers().filter(pk=employer.pk).exists()


def is_strict(request: Request) -> bool:
    """`Prefer: handling=strict`, RFC 7240: warnings count as errors."""
    return bool(PREFERS_STRICT.search(request.headers.get("Prefer", "")))


def once(
    request: Request, work: Callable[[], tuple[int, dict[str, Any], dict[str, str]]], *, said: bytes | None = None
) -> HttpResponse:
    """The work of a call with an Idempotency-Key: status, document and headers. Its answer is kept with its effect.

    `said`: what the body says, where the same thing may be said in other bytes.
    """
    try:
        answer = idempotency.once(
            client=client_of(request).pk,
            route=f"{request.method} {request.path}",
            key=key_of(request),
            body=request._request.body if said is None else said,
            at=clock.now(),
            work=lambda: _kept(*work()),
        )
    except idempotency.InProgress:
        raise Refusal(409, "request-in-progress", headers={"Retry-After": "1"}) from None
    except idempotency.Reused:
        raise Refusal(422, "idempotency-key-reused") from None
    more = {"Cache-Control": "no-store"} | ({"Idempotency-Replayed": "true"} if answer.replayed else {})
    return HttpResponse(answer.body, status=answer.status, content_type=JSON, headers={**answer.headers, **more})


def key_of(request: Request) -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        raise Refusal(400, "idempotency-key-missing")
    if not KEY.fullmatch(key):
        raise Refusal(400, "idempotency-key-invalid")
    return key.strip('"')


def _kept(status: int, document: dict[str, Any], headers: dict[str, str]) -> idempotency.Answer:
    return idempotency.Answer(status, wire.dumps(document), headers)
