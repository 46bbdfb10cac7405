"""What lists have in common: whose rows they show at all, and how their filters are read."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q

from employers.benefits.problems import Problem
from employers.intake import values
from employers.organisations.calls import Caller
from employers.organisations.identifiers import is_business_id
from employers.organisations.rights import OCCUPATIONAL_HEALTH
from employers.records.problem import invalid

Query = Mapping[str, str]


def seen_by(caller: Caller) -> Q:
    """Of what has an `organisation` and a `benefit`: by the rights that each benefit needs."""
    of_health = Q(benefit=OCCUPATIONAL_HEALTH)
    there = caller.about(OCCUPATIONAL_HEALTH).employers()
    return ~of_health & Q(organisation__in=caller.employers()) | of_health & Q(organisation__in=there)


def of_employer(query: Query, *, at: str = "organisation__business_id") -> dict[str, str]:
    """The filter, where one is asked for. An unknown or foreign employer gives an empty list, and so does no number."""
    if "employer" not in query:
        return {}
    return {at: query["employer"] if is_business_id(query["employer"]) else ""}


def chosen(query: Query, known: Mapping[str, Collection[str]]) -> dict[str, str]:
    """What was chosen of these, by name. Raises the 422 with every value that nobody could mean."""
    found = {name: query[name] for name in known if name in query}
    wrong = [name for name, value in found.items() if value not in known[name]]
    if wrong:
        raise invalid(Problem(name, "invalid_choice") for name in wrong)
    return found


def day(query: Query, name: str) -> date | None:
    """None where it is not asked for. Raises the 422."""
    problems: list[Problem] = []
    found: date | None = values.day(query[name], name, problems) if name in query else None
    if problems:
        raise invalid(problems)
    return found
