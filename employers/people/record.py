"""Know a person by an identity code: found by its keyed index, stored sealed."""

from employers.people.models import Person


def person_for(personal_identity_code: str) -> Person:
    """Found, or made. Two callers at once end with one row."""
    person, _ = Person.objects.get_or_create(
        identity_index=Person.index_of(personal_identity_code), defaults={"identity_code": personal_identity_code}
    )
    return person
