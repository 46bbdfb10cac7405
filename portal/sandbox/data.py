"""Put the cast in place, and put everything back as it was at the start."""

from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from oauth2_provider.models import Application as OAuthApplication

from employers.income_register.sync import request_sync
from employers.organisations import rights
from employers.organisations.models import ClientSystem, Mandate, Organisation, RegisterRole, User
from employers.organisations.models_account import Address
from employers.organisations.models_clients import ClientSecret
from employers.organisations.models_mandates import Representation
from employers.organisations.rotate_secret import keep_first
from employers.records import crypto
from portal.sandbox import cast
from portal.sandbox.emptying import empty

SINCE = date(2019, 1, 1)
# Whose reports are read without asking: the small ones and the employer of 1 001. The others' wait for somebody to ask.
READ_AT_ONCE = ("9000001-1", "9000003-8", "9000004-6", "9000005-4", "9000007-0")
KEPT = {
    "employers_user", "employers_user_groups", "employers_user_user_permissions", "employers_clientsystem",
    "employers_organisation", "employers_mandate",
    "employers_registerrole", "employers_guidancetopic", "employers_guidancetopicevent",
    "employers_clientsecret", "employers_clientkey", "employers_clientchange", "employers_spentassertion",
    "customers_benchmark",
}  # fmt: skip


@transaction.atomic
def load(*, at: datetime) -> None:
    """Idempotent: what is there stays, what is missing comes."""
    organisations = {item.business_id: _organisation(item) for item in cast.ORGANISATIONS}
    for person in cast.PEOPLE:
        _person(person, organisations)
    for firm, employer, held in cast.MANDATES:
        _mandate(organisations[employer], held, agent_organisation=organisations[firm])
    for client in cast.CLIENTS:
        _client(client, organisations[client.organisation])
    _officials()


@transaction.atomic
def reset(*, at: datetime) -> None:
    """Back to the start. Clients and their tokens stay."""
    tables = [
        model._meta.db_table
        for label in ("employers", "customers")
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if model._meta.db_table not in KEPT and not model._meta.proxy
    ]
    empty(tables)
    Mandate.objects.all().delete()
    RegisterRole.objects.all().delete()
    Organisation.objects.exclude(business_id__in=[item.business_id for item in cast.ORGANISATIONS]).delete()
    load(at=at)
    _restore_clients()
    give_addresses(at=at)
    ask_for_syncs(at=at)


def ask_for_syncs(*, at: datetime) -> None:
    """So that a newcomer soon sees what comes of the Incomes Register. Once; later ones follow every night."""
    never_read = Organisation.objects.filter(business_id__in=READ_AT_ONCE, register_access=True, register_syncs=None)
    for organisation in never_read.order_by("employees"):
        request_sync(organisation=organisation, by=None, at=at)


def give_addresses(*, at: datetime) -> None:
    """Confirmed ones, so that a newcomer sees what goes out. Once."""
    for item in cast.ORGANISATIONS:
        if item.email:
            Address.objects.get_or_create(
                organisation=Organisation.objects.get(business_id=item.business_id),
                email=item.email,
                defaults={"language": item.language, "added_at": at, "confirmed_at": at},
            )


def _organisation(item: cast.Organisation) -> Organisation:
    organisation, _ = Organisation.objects.update_or_create(
        business_id=item.business_id,
        defaults={
            "name": item.name,
            "kind": item.kind,
            "employees": item.employees,
            "language": item.language,
            "sector": item.sector,
            "iban": item.iban,
            "electronic_decisions": item.consent,
            "register_access": item.register_access,
        },
    )
    return organisation


def _person(person: cast.Person, organisations: dict[str, Organisation]) -> None:
    user, _ = User.objects.get_or_create(
        identity_index=crypto.index(person.identity_code, purpose="user"),
        defaults={"identity_code": person.identity_code, "name": person.name, "language": person.language},
    )
    for business_id in person.heads:
        RegisterRole.objects.get_or_create(
            user=user, organisation=organisations[business_id], role=rights.REGISTER_ROLES[1]
        )
    for business_id, held in person.mandates.items():
        _mandate(organisations[business_id], held, agent_user=user)
    for business_id, held in person.represents.items():
        firm = organisations[business_id]
        since = {"rights": list(held), "valid_from": SINCE}
        Representation.objects.get_or_create(firm=firm, user=user, principal=None, defaults=since)


def _mandate(principal: Organisation, held: tuple[str, ...], **agent: Any) -> None:
    Mandate.objects.get_or_create(principal=principal, **agent, defaults={"rights": list(held), "valid_from": SINCE})


def _client(client: cast.Client, organisation: Organisation) -> None:
    application = OAuthApplication.objects.filter(client_id=client.client_id).first()
    if application is None:
        application = OAuthApplication.objects.create(
            client_id=client.client_id,
            client_secret=client.secret,
            client_type=OAuthApplication.CLIENT_CONFIDENTIAL,
            authorization_grant_type=OAuthApplication.GRANT_CLIENT_CREDENTIALS,
            name=client.client_id,
        )
    given = {"organisation": organisation, "name": client.client_id, "scopes": list(client.scopes)}
    limited = {"rate_limited": client.rate_limited}
    made: dict[str, Any] = {"defaults": limited, "create_defaults": given | limited}
    keep_first(client=ClientSystem.objects.update_or_create(application=application, **made)[0])


def _restore_clients() -> None:
    """Whatever a payroll firm did with them in the web service: their scopes, and the secrets that everybody knows."""
    for client in cast.CLIENTS:
        found = ClientSystem.objects.filter(application__client_id=client.client_id)
        usual = {"reads_per_second": None, "writes_per_second": None, "burst": None}
        found.update(scopes=list(client.scopes), ended_at=None, **usual)
        first = ClientSecret.objects.filter(client__in=found).order_by("made_at", "pk")[:1]
        ClientSecret.objects.filter(pk__in=list(first.values_list("pk", flat=True))).update(ends_at=None)


def _officials() -> None:
    for username, name in cast.OFFICIALS.items():
        if not User.objects.filter(username=username).exists():
            User.objects.create_superuser(username, cast.OFFICIAL_PASSWORD, name=name, language="fi")
