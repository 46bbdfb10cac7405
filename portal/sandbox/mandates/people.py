"""What the simulated Suomi.fi knows: who leads a company, and who was given a mandate there."""

from dataclasses import dataclass

from employers.organisations import rights
from employers.organisations.roles import MANDATE, read_table
from portal.sandbox import cast


@dataclass(frozen=True, slots=True)
class Held:
    business_id: str
    name: str
    roles: tuple[str, ...]


def everything() -> dict[str, dict[str, Held]]:
    """By identity code, then by Business ID."""
    names = {one.business_id: one.name for one in cast.ORGANISATIONS} | cast.SUOMI_FI_NAMES
    leads = {one.identity_code: dict.fromkeys(one.heads, ("TJ",)) for one in cast.PEOPLE}
    people = {*leads, *cast.SUOMI_FI}
    return {
        person: {
            business_id: Held(business_id, names[business_id], tuple(map(_role, said)))
            for business_id, said in (leads.get(person, {}) | cast.SUOMI_FI.get(person, {})).items()
        }
        for person in people
    }


def _role(said: str) -> str:
    """A right of ours as the mandate that gives it; a register's code as it is."""
    if said not in rights.RIGHTS:
        return said
    return next(one.said for one in read_table() if one.said.startswith(MANDATE) and one.rights == (said,))
