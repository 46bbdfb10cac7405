"""Whom one can be in the sandbox, and for whom each may act."""

from collections.abc import Iterator

from employers.intake.words import right_name
from employers.organisations import rights
from portal.sandbox import cast

# Nobody whom the portal knows: identified, they become a user who may act for nobody yet.
NEWCOMER = cast.Person(identity_code="050595-9071", name="Fanni Esimerkki", language="fi")
EVERYBODY = (*cast.PEOPLE, NEWCOMER)


def told(people: tuple[cast.Person, ...]) -> list[dict[str, object]]:
    """By place in the list: an identity code stays out of pages and addresses."""
    return [
        {"number": number, "name": person.name, "language": person.language, "may": list(_may(person))}
        for number, person in enumerate(people)
    ]


def _may(person: cast.Person) -> Iterator[dict[str, object]]:
    """For whom, and what; every right is told as none in particular."""
    names = {item.business_id: item for item in cast.ORGANISATIONS}
    held = dict.fromkeys(person.heads, rights.RIGHTS) | person.mandates | _represented(person)
    for business_id, some in held.items():
        told_of = [] if set(some) == set(rights.RIGHTS) else map(right_name, some)
        yield {"name": names[business_id].name, "employees": names[business_id].employees, "rights": told_of}
    for business_id in cast.SUOMI_FI.get(person.identity_code, {}):
        name = names[business_id].name if business_id in names else cast.SUOMI_FI_NAMES[business_id]
        yield {"name": name, "suomi_fi": True}


def _represented(person: cast.Person) -> dict[str, tuple[str, ...]]:
    """A firm's customers: what the customer gave the firm, of what the firm lets this person do."""
    return {
        employer: tuple(right for right in given if right in person.represents[firm])
        for firm, employer, given in cast.MANDATES
        if set(given) & set(person.represents.get(firm, ()))
    }
