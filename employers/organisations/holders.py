"""Reads for the pages about who may act."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from employers.organisations.models import Mandate, Organisation, RegisterRole, Source
from employers.organisations.models_mandates import Representation, RightsChange

MOST_CHANGES = 30


def not_over(on: date) -> Q:
    return Q(valid_until__isnull=True) | Q(valid_until__gte=on)


def open_mandates(organisation: Organisation, *, on: date) -> QuerySet[Mandate]:
    """Given in this portal and not over: those its people can change."""
    found = Mandate.objects.filter(not_over(on), principal=organisation, source=Source.PORTAL)
    return found.select_related("agent_user", "agent_organisation", "principal").order_by("pk")


def mandates_of_suomi_fi(organisation: Organisation) -> QuerySet[Mandate]:
    """Known from somebody's visit; whether they still are is asked when that person comes again."""
    found = Mandate.objects.filter(principal=organisation, source=Source.SUOMI_FI, valid_until__isnull=True)
    return found.select_related("agent_user").order_by("pk")


def offices(organisation: Organisation) -> QuerySet[RegisterRole]:
    return RegisterRole.objects.filter(organisation=organisation).select_related("user").order_by("pk")


def open_representations(firm: Organisation, *, on: date) -> QuerySet[Representation]:
    found = Representation.objects.filter(not_over(on), firm=firm)
    return found.select_related("user", "principal", "firm").order_by("pk")


def served_by(firm: Organisation, *, on: date) -> QuerySet[Organisation]:
    """Who gave the firm a mandate that is not over."""
    held = Mandate.objects.filter(not_over(on), agent_organisation=firm).values("principal")
    return Organisation.objects.filter(pk__in=held).order_by("name")


def changes(organisation: Organisation) -> QuerySet[RightsChange]:
    found = RightsChange.objects.filter(organisation=organisation).select_related("by")
    return found.order_by("-at", "-pk")[:MOST_CHANGES]


def who_can_give(organisation: UUID, *, on: date) -> list[str]:
    """Names of those who may give rights: in an office, or with an employer's word for it."""
    heads = RegisterRole.objects.filter(organisation=organisation).select_related("user")
    granting = Mandate.objects.filter(not_over(on), principal=organisation, may_grant=True).select_related("agent_user")
    names = [str(head.user) for head in heads] + [one.agent_name or str(one.agent_user) for one in granting]
    return sorted(set(names))
