"""An example for every kind of address, from what the demonstration left behind."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model, QuerySet

from employers.applications.draft import begin
from employers.applications.models import Application, Draft, InformationRequest
from employers.applications.models_register import Finding
from employers.applications.views.drafted import order
from employers.benefits import rules
from employers.guidance.models import GuidanceTopic
from employers.organisations.models import Organisation, User
from employers.records import clock

BUSINESS_ID = "9000004-6"


def looking() -> User:
    """Whoever heads the employer."""
    return User.objects.filter(register_roles__organisation__business_id=BUSINESS_ID)[0]


def examples(user: User) -> dict[str, str]:
    """By the variable's name; what the demonstration left nothing of is left out."""
    organisation = Organisation.objects.get(business_id=BUSINESS_ID)
    sent = Application.objects.filter(organisation=organisation)
    asked = InformationRequest.objects.filter(application__in=sent)
    found: dict[str, Any] = {
        "organisation_id": organisation.pk,
        "application_id": _key(sent.filter(decision__isnull=False)) or _key(sent),
        "request_id": _key(asked),
        "finding_id": _key(Finding.objects.filter(organisation=organisation, status="open")),
        "slug": GuidanceTopic.objects.values_list("slug", flat=True).first(),
        "benefit": "sickness-allowance",
        "year": clock.today().year,
    }
    return {name: str(value) for name, value in found.items() if value}


def drafts(user: User) -> Iterator[str]:
    """Every page of a fresh draft of every benefit."""
    organisation = Organisation.objects.get(business_id=BUSINESS_ID)
    for benefit in rules.BENEFITS:
        content: dict[str, Any] = {"body": {}, "done": [], "annual_income": None}
        draft = begin(organisation=organisation, user=user, benefit=benefit, content=content, at=clock.now())
        yield from _pages_of(draft, [*order(benefit), "check", "delete"])


def _pages_of(draft: Draft, steps: Iterable[str]) -> Iterator[str]:
    return (f"apply/{draft.pk}/{step}/" for step in steps)


def _key(rows: QuerySet[Any]) -> Any:
    row: Model | None = rows.order_by("-pk").first()
    return row.pk if row else None
