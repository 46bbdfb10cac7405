"""Who acts in the tests, and the claim they make: Aino may act, Bo may read, Cecilia may not."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from employers.applications.models import Application
from employers.applications.submit import Filing, submit
from employers.benefits.claim import Claim, Employee, Employment, PayPeriod, Period
from employers.organisations.access import Actor
from employers.organisations.models import ClientSystem, Organisation, User

AT = datetime(2026, 4, 15, 9, 0, tzinfo=UTC)
BAKERY = "9000004-6"  # 19 employees; Aino heads it, Bo may read its decisions, sandbox-payroll has every right
CAFE = "9000001-1"  # 3 employees; Aino heads it, sandbox-payroll may only apply
JOINERY = "9000003-8"  # 12 employees; nobody above but its own head
WHOLESALER = "9000008-9"  # 1 000 employees; sandbox-other has every right


def user(name: str) -> User:
    """By first name: Aino, Bo, Cecilia, Dan, Elli."""
    return User.objects.get(name__startswith=name)


def official() -> User:
    return User.objects.get(username="official")


def employer(business_id: str = BAKERY) -> Organisation:
    return Organisation.objects.get(business_id=business_id)


def client_system(client_id: str = "sandbox-payroll") -> ClientSystem:
    return ClientSystem.objects.get(name=client_id)


def claim(**changes: Any) -> Claim:
    """The example of the machine interface, without its other days: 1 678.54 at an income of 40 000 after deduction."""
    example = Claim(
        benefit="sickness_allowance",
        employer=BAKERY,
        reference="row-4711",
        employee=Employee(personal_identity_code="010190-9123", given_name="Aino", family_name="Esimerkki"),
        employment=Employment(start=date(2019, 5, 2)),
        absence=Period(start=date(2026, 3, 2), end=date(2026, 4, 10)),
        pay_periods=(PayPeriod(start=date(2026, 3, 2), end=date(2026, 4, 10), amount=Decimal("3600.00")),),
        pay_basis="full",
        certificate="electronic",
    )
    return replace(example, **changes)


def by_web(name: str = "Aino", business_id: str = BAKERY) -> Actor:
    return Actor(role="employer", user=user(name), principal=employer(business_id))


def by_client(client_id: str = "sandbox-payroll", business_id: str = BAKERY) -> Actor:
    return Actor(role="agent", client=client_system(client_id), principal=employer(business_id))


def by_official() -> Actor:
    return Actor(role="official", user=official())


def sent(*, at: datetime = AT, business_id: str = BAKERY, **changes: Any) -> Application:
    """An application in the queue."""
    filing = Filing(channel="web", by=by_web(business_id=business_id), at=at)
    return submit(organisation=employer(business_id), claim=claim(employer=business_id, **changes), filing=filing)
