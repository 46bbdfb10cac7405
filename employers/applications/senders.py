"""Who sends the rows of a file for whom, by which mandate: of many rows in a few queries.

Unknown and foreign employers are told alike, and nothing else about such a row is.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from employers.benefits.problems import Problem
from employers.intake.models import Batch
from employers.organisations import access, rights
from employers.organisations.access import Actor
from employers.organisations.identifiers import is_business_id
from employers.organisations.models import Organisation

Body = dict[str, Any]


def employer_named(body: Body | None) -> str | None:
    """The Business ID, where it could be one."""
    named = (body or {}).get("employer")
    return named if isinstance(named, str) and is_business_id(named) else None


def right_needed(body: Body | None) -> str:
    """What sending it takes, by what it says it asks for."""
    benefit = (body or {}).get("benefit")
    return rights.to_send(benefit if isinstance(benefit, str) else "")[0]


class Senders:
    """Those of these rows, as of the day: rights may have ended since the file came."""

    def __init__(self, batch: Batch, bodies: Iterable[Body | None], *, on: date) -> None:
        asked = {(named, right_needed(body)) for body in bodies if (named := employer_named(body))}
        names = {named for named, _right in asked}
        self.batch, self.on = batch, on
        known = self._employers(None).filter(business_id__in=names)
        self.known: dict[str, Organisation] = {one.business_id or "": one for one in known}
        self.actors: dict[tuple[str, str], Actor] = {}
        for right in {right for _named, right in asked}:
            allowed = self._employers(right).filter(business_id__in=names).values_list("business_id", flat=True)
            self.actors |= self._actors([named for named in allowed if named in self.known], right)

    def of(self, body: Body | None) -> Actor | Problem | None:
        """Or what is wrong with the employer; None where the row names none that could be one."""
        named = employer_named(body)
        if named is None:
            return None
        if named not in self.known:
            return Problem("employer", "employer_unknown")
        return self.actors.get((named, right_needed(body))) or Problem("employer", "mandate_missing")

    def _employers(self, right: str | None) -> Any:
        if self.batch.client:
            return access.employers_of_client(self.batch.client, on=self.on, right=right)
        assert self.batch.user is not None
        return access.employers_of_user(self.batch.user, on=self.on, right=right)

    def _actors(self, named: list[Any], right: str) -> dict[tuple[str, str], Actor]:
        if not self.batch.client:
            return {(one, right): self._person(self.known[one], right) for one in named}
        client, found = self.batch.client, [self.known[one] for one in named]
        held = access.mandates_of_client(client, found, on=self.on, right=right)
        return {(one, right): access.with_mandate(client, self.known[one], held) for one in named}

    def _person(self, employer: Organisation, right: str) -> Actor:
        """A person's file is about one employer."""
        assert self.batch.user is not None
        return access.actor_for_user(self.batch.user, employer, on=self.on, right=right)
