"""The one validated shape every channel produces: web form, REST, batch row and register report alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from employers.benefits.details import typed

BENEFITS = (
    "sickness_allowance",
    "partial_sickness_allowance",
    "pregnancy_allowance",
    "special_pregnancy_allowance",
    "parental_allowance",
    "partial_parental_allowance",
    "rehabilitation_allowance",
    "partial_rehabilitation_allowance",
    "infectious_disease_allowance",
    "donor_allowance",
    "family_leave_compensation",
    "annual_leave_compensation",
    "occupational_health_reimbursement",
)
PAY_BASES = ("full", "part", "difference")
OTHER_DAY_KINDS = ("annual_leave", "unpaid", "worked")
CERTIFICATES = ("electronic", "employee", "attached", "follows", "not_needed")
INSURER_CASES = ("none", "occupational_accident", "occupational_disease", "traffic")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Calendar days, both ends included."""

    start: date
    end: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PayPeriod(Period):
    amount: Decimal  # EUR, gross pay for the absence days of the period


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherDays(Period):
    kind: str  # one of OTHER_DAY_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Employee:
    personal_identity_code: str
    given_name: str
    family_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Employment:
    start: date
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What an employer says. Everything is typed; nothing is yet judged against the law.

    `employer` is a Business ID, `continues_application` an application's id as text.
    """

    benefit: str
    employer: str = ""
    reference: str = ""
    employee: Employee | None = None
    employment: Employment | None = None
    absence: Period | None = None
    continues_application: str | None = None
    previous_paid_day: date | None = None
    pay_periods: tuple[PayPeriod, ...] = ()
    pay_basis: str = "full"
    pay_continues_from: date | None = None
    other_days: tuple[OtherDays, ...] = ()
    certificate: str | None = None
    insurer_case: str = "none"
    contact: Contact | None = None
    payment_reference: str | None = None
    payment_specifier: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)  # typed as employers.benefits.details declares
    additional_information: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Income:
    """Yearly income, EUR. At most one of the two; neither means that it is not known."""

    annual: Decimal | None = None  # before the insurance deduction
    after_deduction: Decimal | None = None  # used as it is
    at_least: bool = False  # only one employer's wages are known


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The allowance period this claim continues or relapses from, as the portal knows it or the employer says."""

    last_paid_day: date
    period_end: date | None = None  # end of the earlier period: a continuation's deadline runs from it
    onset: date | None = None  # decides the year of the parameters; None when only a paid day is known
    group: str | None = None  # the family of benefits it belongs to; None when only a paid day is known
    wait: str | None = None  # how its first spell waited
    pregnancy_days_used: int = 0
    days_used: int = 0  # parental weekdays paid so far, half days rounded up
    raised_days_used: int = 0  # of them at the raised rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """Weekdays for which a benefit was paid before, as far as the portal knows."""

    benefit: str
    first_day: date
    last_day: date
    days: int


def to_json(claim: Claim) -> dict[str, Any]:
    """The claim as the machine interface writes it: dates as ISO 8601, money as text."""
    return {name: _plain(getattr(claim, name)) for name in Claim.__dataclass_fields__}


def from_json(stored: Mapping[str, Any]) -> Claim:
    """The inverse of `to_json`, for what was validated when it was stored; never for a caller's input."""
    return Claim(
        **{
            **stored,
            "employee": _made(Employee, stored["employee"]),
            "employment": _made(Employment, stored["employment"]),
            "absence": _made(Period, stored["absence"]),
            "previous_paid_day": _day(stored["previous_paid_day"]),
            "pay_periods": tuple(_made(PayPeriod, period) for period in stored["pay_periods"]),
            "pay_continues_from": _day(stored["pay_continues_from"]),
            "other_days": tuple(_made(OtherDays, days) for days in stored["other_days"]),
            "contact": _made(Contact, stored["contact"]),
            "details": typed(stored["benefit"], stored["details"]),
        }
    )


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str):
        return value
    if is_dataclass(value):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return str(value) if isinstance(value, Decimal) else value


def _made(shape: type[Any], stored: Mapping[str, Any] | None) -> Any:
    if stored is None:
        return None
    typed = dict(stored)
    for name in ("start", "end"):
        if name in typed:
            typed[name] = _day(typed[name])
    if "amount" in typed:
        typed["amount"] = Decimal(typed["amount"])
    return shape(**typed)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
