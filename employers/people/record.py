"""Know a person by an identity code: found by its keyed index, stored sealed."""

from django.db import connection

from employers.people.models import Person
from employers.people.queries import known_person

CODE = Person._meta.get_field("identity_code")
MAKE = (
    f"INSERT INTO {Person._meta.db_table} (id, identity_code, identity_index) VALUES (%s, %s, %s)"  # noqa: S608
    " ON CONFLICT (identity_index) DO NOTHING"
)


def person_for(personal_identity_code: str) -> Person:
    """Found, or made. Two callers at once end with one row."""
    return known_person(personal_identity_code) or new_person(personal_identity_code)


def new_person(personal_identity_code: str) -> Person:
    """The same for whoever has looked already: found only where another caller was faster."""
    index = Person.index_of(personal_identity_code)
    person = Person(identity_code=personal_identity_code, identity_index=index)
    with connection.cursor() as cursor:
        cursor.execute(MAKE, [person.pk, CODE.sealed(personal_identity_code, person.pk), index])
        is_made = cursor.rowcount == 1
    return person if is_made else Person.objects.get(identity_index=index)
