"""What an employer said, as rows to read. Empty rows are left out: what was not said takes no room."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from employers.benefits.claim import Claim, Period
from employers.benefits.details import DETAILS, Detail, Kind
from employers.intake.detail_words import LABELS, choice_name
from employers.intake.forms.days import OTHER_DAY_KINDS
from employers.intake.forms.fields import YES_OR_NO, month_words
from employers.intake.forms.steps import CERTIFICATE_NAMES, INSURER_CASES, PAY_BASES
from employers.records import clock

DAYS = {"en": "j M Y"}
Rows = Iterator[tuple[str | Promise, Any]]


def rows(claim: Claim) -> list[tuple[str | Promise, Any]]:
    """Without the identity code: the page shows that on request only."""
    told = (*_employee(claim), *_absence(claim), *_pay(claim), *_details(claim), *_rest(claim))
    return [(label, value) for label, value in told if value not in ("", None)]


def _employee(claim: Claim) -> Rows:
    if claim.employee:
        yield _("Employee"), f"{claim.employee.given_name} {claim.employee.family_name}"
    if claim.employment:
        yield _("Employment"), period(claim.employment.start, claim.employment.end)


def _absence(claim: Claim) -> Rows:
    if claim.absence:
        yield _("Absence"), period(claim.absence.start, claim.absence.end)
    yield _("Continues an application"), claim.continues_application
    yield _("Earlier paid day"), day(claim.previous_paid_day)
    yield _("Medical certificate"), CERTIFICATE_NAMES.get(claim.certificate or "", claim.certificate)
    if claim.insurer_case != "none":
        yield _("Insurance company"), INSURER_CASES[claim.insurer_case]


def _pay(claim: Claim) -> Rows:
    if claim.pay_periods:
        yield _("Pay during the absence"), PAY_BASES[claim.pay_basis]
    for paid in claim.pay_periods:
        yield _("Pay for the absence"), f"{_days(paid)}: {euros(paid.amount)}"
    yield _("Pay continues from"), day(claim.pay_continues_from)
    for other in claim.other_days:
        yield OTHER_DAY_KINDS[other.kind], _days(other)


def _details(claim: Claim) -> Rows:
    for name, value in claim.details.items():
        yield from _detail(name, DETAILS[claim.benefit][name], value)


def _detail(name: str, detail: Detail, value: Any) -> Rows:
    """An object gives a row for each member, a list one for each entry."""
    if detail.kind is Kind.OBJECT:
        for member, one in value.items():
            yield from _detail(f"{name}.{member}", detail.members[member], one)
    elif detail.kind is Kind.LIST:
        for number, entry in enumerate(value, start=1):
            rows = [_detail(f"{name}.{member}", detail.members[member], one) for member, one in entry.items()]
            yield f"{LABELS[name]} {number}", "; ".join(f"{label}: {text}" for row in rows for label, text in row)
    else:
        yield LABELS[name], _written(name, detail, value)


def _written(name: str, detail: Detail, value: Any) -> str:
    match detail.kind:
        case Kind.DAY:
            return day(value)
        case Kind.MONTH:
            return month_words(value)
        case Kind.MONEY:
            return euros(value)
        case Kind.NUMBER | Kind.COUNT:
            return number_format(value)
        case Kind.TRUTH:
            return str(YES_OR_NO["yes" if value else "no"])
        case Kind.CHOICE:
            return choice_name(name, value)
        case Kind.TEXTS:
            return ", ".join(choice_name(name, one) for one in value)
    return str(value)


def _rest(claim: Claim) -> Rows:
    yield _("Reference of the payment"), claim.payment_reference or claim.payment_specifier
    if claim.contact:
        yield _("Contact"), ", ".join(filter(None, (claim.contact.name, claim.contact.phone, claim.contact.email)))
    yield _("Additional information"), claim.additional_information


def _days(days: Period) -> str:
    return period(days.start, days.end)


def period(start: date | None, end: date | None) -> str:
    return f"{day(start)}\u2013{day(end)}" if start else ""


def day(value: date | None) -> str:
    """As the language writes it; in English the month has a name, so that nobody takes it for the day."""
    return date_format(value, DAYS.get(get_language() or "", "j.n.Y")) if value else ""


def moment(value: datetime | None) -> str:
    if value is None:
        return ""
    local = value.astimezone(clock.HELSINKI)
    return f"{day(local)} {date_format(local, 'H:i')}"


def euros(amount: Decimal | str | None) -> str:
    return "" if amount in (None, "") else f"{number_format(Decimal(amount), 2, force_grouping=True)} €"
