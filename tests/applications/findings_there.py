"""Findings as rows, where a test is about what is shown of them and not about how they were found."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from employers.applications.models_register import Finding
from employers.people.record import person_for
from tests import cast

START = date(2026, 3, 2)
FACTS = {"claimed": "2026-03-02", "register": "2026-03-05"}


def finding(number: int = 0, *, business_id: str = cast.BAKERY, **changes: Any) -> Finding:
    """An unclaimed absence of Aino; each number is another absence."""
    start = START + timedelta(days=number)
    facts: dict[str, Any] = {
        "organisation": cast.employer(business_id),
        "person": person_for("010190-9123"),
        "benefit": "sickness_allowance",
        "absence_start": start,
        "absence_end": start + timedelta(days=24),
        "paid": Decimal("3600.00"),
        "estimated_amount": Decimal("1500.00"),
        "deadline": date(2026, 5, 4),
        "found_at": cast.AT,
    }
    return Finding.objects.create(**facts | changes)


def many(count: int, *, business_id: str = cast.BAKERY, **changes: Any) -> None:
    """In one statement."""
    first = finding(**changes, business_id=business_id)
    names = [one.attname for one in Finding._meta.concrete_fields if one.attname not in ("id", "absence_start")]
    facts = {name: getattr(first, name) for name in names}
    days = (START - timedelta(days=number) for number in range(1, count))
    Finding.objects.bulk_create([Finding(**facts, absence_start=day) for day in days])


def difference(application: Any = None, *, code: str = "period", **changes: Any) -> Finding:
    """What an application and the register do not agree about."""
    one = application or cast.sent()
    told = {"kind": "mismatch", "code": code, "facts": FACTS, "application": one, "paid": None, "deadline": None}
    return finding(**{"estimated_amount": None, "person": one.person, "organisation": one.organisation}
                   | told | changes, business_id=one.organisation.business_id)  # fmt: skip
