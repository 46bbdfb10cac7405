"""Whom one can be in the sandbox, and for whom each may act."""

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


def _may(person: cast.Person) -> list[dict[str, object]]:
    """For whom, and what; every right is told as none in particular."""
    names = {item.business_id: item for item in cast.ORGANISATIONS}
    held = dict.fromkeys(person.heads, rights.RIGHTS) | person.mandates
    return [
        {"employer": names[business_id], "rights": [] if set(some) == set(rights.RIGHTS) else map(right_name, some)}
        for business_id, some in held.items()
    ]
