"""What an employer has told us already, so that nobody asks it again."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import F

from employers.applications.models import Application, ApplicationVersion
from employers.organisations.models import Organisation, User
from employers.people.models import Employment

Body = dict[str, Any]
MOST_PEOPLE = 12  # to choose from on one page
TOLD = ("employee", "employment")


def people(organisation: Organisation) -> dict[UUID, Body]:
    """Whom this employer has applied for, the latest first, then whom the Incomes Register knows, by person.

    `employee` and `employment` of each as members of a claim; the start of an employment may not be known.
    """
    found = {person: {name: said.get(name) or {} for name in TOLD} for person, said in _applied_for(organisation)}
    for person, told in _in_the_register(organisation):
        known = found.setdefault(person, told)
        known["employment"] = known["employment"] or told["employment"]
    return dict(list(found.items())[:MOST_PEOPLE])


def contact(user: User, organisation: Organisation) -> Body | None:
    """The one that this user named last for this employer."""
    return _last(organisation, submitted_by=user).get("contact")


def payment_specifier(organisation: Organisation) -> str | None:
    """The note by which this employer recognised the last payment. A reference number is another each time."""
    specifier: str | None = _last(organisation).get("payment_specifier")
    return specifier


def at_the_beginning(user: User, organisation: Organisation) -> Body:
    """Members of a claim that need not be typed: shown with the page, and anybody can change them."""
    known = {"contact": contact(user, organisation), "payment_specifier": payment_specifier(organisation)}
    return {name: told for name, told in known.items() if told}


def _applied_for(organisation: Organisation) -> Iterator[tuple[UUID, Body]]:
    about_people = Application.objects.filter(organisation=organisation, person__isnull=False)
    latest = about_people.order_by("person_id", "-id").distinct("person_id").values("pk")
    for version in _current(Application.objects.filter(pk__in=latest).order_by("-id").values_list("pk")[:MOST_PEOPLE]):
        person = version.application.person_id
        if person and version.content.get("employee"):
            yield person, version.content


def _in_the_register(organisation: Organisation) -> Iterator[tuple[UUID, Body]]:
    known = Employment.objects.filter(organisation=organisation, given_name__isnull=False, family_name__isnull=False)
    for one in known.select_related("person").order_by(F("end").desc(nulls_first=True), "-id")[:MOST_PEOPLE]:
        days = {"start": one.start.isoformat(), "end": one.end and one.end.isoformat()} if one.start else {}
        names = {"given_name": one.given_name, "family_name": one.family_name}
        yield (
            one.person_id,
            {"employee": {"personal_identity_code": one.person.identity_code} | names, "employment": days},
        )


def _last(organisation: Organisation, **by: User) -> Body:
    """What the last application says: by this user, or by anybody."""
    last = Application.objects.filter(organisation=organisation, **by).order_by("-id").values_list("pk")[:1]
    found = next(iter(_current(last)), None)
    content: Body = found.content if found else {}
    return content


def _current(keys: Iterable[Any]) -> Iterable[ApplicationVersion]:
    """The versions in force, the latest application first."""
    versions = ApplicationVersion.objects.filter(number=F("application__version"), application__in=list(keys))
    return versions.select_related("application").order_by("-application_id")
