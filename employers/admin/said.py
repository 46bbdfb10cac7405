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
from employers.intake.forms.steps import CERTIFICATES, INSURER_CASES, OTHER_DAY_KINDS, PAY_BASES
from employers.records import clock

DAYS = {"en": "j M Y"}
Rows = Iterator[tuple[str | Promise, Any]]


def rows(claim: Claim) -> list[tuple[str | Promise, Any]]:
    """Without the identity code: the page shows that on request only."""
    told = (*_employee(claim), *_absence(claim), *_pay(claim), *_rest(claim))
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
    yield _("Medical certificate"), CERTIFICATES.get(claim.certificate or "", claim.certificate)
    if claim.insurer_case != "none":
        yield _("Insurance company"), INSURER_CASES[claim.insurer_case]


def _pay(claim: Claim) -> Rows:
    yield _("Pay during the absence"), PAY_BASES[claim.pay_basis]
    for paid in claim.pay_periods:
        yield _("Pay for the absence"), f"{_days(paid)}: {euros(paid.amount)}"
    yield _("Pay continues from"), day(claim.pay_continues_from)
    for other in claim.other_days:
        yield OTHER_DAY_KINDS[other.kind], _days(other)


def _rest(claim: Claim) -> Rows:
    for name, value in claim.details.items():
        yield name, str(value)
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
