"""Two officials, and a figure on its way."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from employers.benefits.details import CONDITIONS
from employers.law.approve import approve
from employers.law.enter import enter
from employers.law.models import ConfirmedValue
from employers.organisations.models import User

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
LIMIT, CEILING = "sickness.income_limit", "occupational_health.ceiling"
NEXT_YEAR = date(2027, 1, 1)


def health_care(year: int, *, employees: int = 10) -> dict[str, Any]:
    """What a claim for a year's occupational health care says, that of an absence left out."""
    details = {
        "accounting_period": {"start": date(year, 1, 1), "end": date(year, 12, 31)},
        "employees": employees,
        "costs": (
            {"class": "I", "kind": "physician", "amount": Decimal("5200.00")},
            {"class": "II", "kind": "laboratory", "amount": Decimal("6000.00")},
        ),
        "statement": {"date": date(year + 1, 1, 15), "opportunity_given": True},
        "conditions": dict.fromkeys(CONDITIONS, True),
    }
    absence = {"employee": None, "employment": None, "absence": None, "pay_periods": (), "certificate": None}
    return {"benefit": "occupational_health_reimbursement", "details": details, **absence}


def official(name: str = "anna") -> User:
    found = User.objects.filter(username=name).first()
    return found or User.objects.create_superuser(name, "", name=name.capitalize())


def entered(*, at: datetime = AT, by: str = "anna", **changes: Any) -> ConfirmedValue:
    said = {"name": LIMIT, "start": NEXT_YEAR, "value": Decimal(29500), "reference": "A decree"}
    return enter(**{**said, **changes}, by=official(by), at=at)


def approved(*, at: datetime = AT, by: str = "bertil", **changes: Any) -> ConfirmedValue:
    return approve(value_id=entered(at=at, **changes).pk, by=official(by), at=at)
