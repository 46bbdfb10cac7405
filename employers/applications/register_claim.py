"""A claim as a report in the register carries it."""

from employers.benefits.claim import Claim, Contact, Employee, Employment, PayPeriod, Period
from employers.benefits.common import LONGEST_SPECIFIER
from employers.income_register.codes import (
    ANNUAL_LEAVE_COSTS,
    CLAIMS_DAILY_ALLOWANCE,
    CLAIMS_FAMILY_LEAVE,
    FAMILY_LEAVE,
    ILLNESS,
    PARTIAL_ILLNESS,
    REHABILITATION,
    SPECIAL_PREGNANCY,
)
from employers.income_register.models import PaidAbsence
from employers.organisations.models import Organisation
from employers.people.models import Employment as Told
from employers.people.models import Person

ANNUAL_LEAVE = "annual_leave_compensation"
# By what is asked for and the cause. Pregnancy and parental leave are one cause: a claim is taken for the parental
# allowance, the lesser of the two after its first days, and an official puts right what was meant.
BENEFITS = {
    (CLAIMS_DAILY_ALLOWANCE, ILLNESS): "sickness_allowance",
    (CLAIMS_DAILY_ALLOWANCE, FAMILY_LEAVE): "parental_allowance",
    (CLAIMS_DAILY_ALLOWANCE, SPECIAL_PREGNANCY): "special_pregnancy_allowance",
    (CLAIMS_DAILY_ALLOWANCE, REHABILITATION): "rehabilitation_allowance",
    (CLAIMS_FAMILY_LEAVE, FAMILY_LEAVE): "family_leave_compensation",
}
# Claimed through the register since 2025, by a code for what is asked that it has not told us.
BENEFITS_OF_CAUSE = {PARTIAL_ILLNESS: "partial_sickness_allowance", ANNUAL_LEAVE_COSTS: ANNUAL_LEAVE}
WITH_CERTIFICATE = ("sickness_allowance", "partial_sickness_allowance", "special_pregnancy_allowance")
LONGEST_REFERENCE = 20  # characters that a bank takes


def claim_of(absence: PaidAbsence, *, reference: str) -> Claim:
    """What is masked or missing stays empty, and so does what a report has no place for: the law's checks say so.

    `benefit` is empty where we know none. Leave costs are claimed by the month, without an absence and its pay.
    """
    benefit = benefit_of(absence)
    by_absence = benefit != ANNUAL_LEAVE
    organisation, person = absence.report.organisation, absence.report.person
    employee, employment = who_and_since(person, organisation=organisation) if person else (None, None)
    payment_reference, specifier, rest = payment_of(absence)
    return Claim(
        benefit=benefit,
        employer=organisation.business_id,
        reference=reference,
        employee=employee,
        employment=employment,
        absence=days_of(absence) if by_absence else None,
        pay_periods=pay_of(absence) if by_absence else (),
        pay_basis="full" if by_absence else "",
        certificate="electronic" if benefit in WITH_CERTIFICATE else None,
        contact=contact_of(absence),
        payment_reference=payment_reference,
        payment_specifier=specifier,
        additional_information="\n".join([*([absence.information] if absence.information else []), *rest]),
    )


def benefit_of(absence: PaidAbsence) -> str:
    known = BENEFITS_OF_CAUSE.get(absence.cause_code or 0, "")
    return known or BENEFITS.get((absence.reimbursement_type or 0, absence.cause_code or 0), "")


def who_and_since(person: Person, *, organisation: Organisation) -> tuple[Employee, Employment | None]:
    """Names and dates as this employer told them to the register."""
    told = Told.objects.filter(organisation=organisation, person=person).first() or Told()
    employee = Employee(
        personal_identity_code=person.identity_code,
        given_name=told.given_name or "",
        family_name=told.family_name or "",
    )
    return employee, Employment(start=told.start, end=told.end) if told.start else None


def days_of(absence: PaidAbsence) -> Period | None:
    return Period(start=absence.start, end=absence.end) if absence.start and absence.end else None


def pay_of(absence: PaidAbsence) -> tuple[PayPeriod, ...]:
    days = days_of(absence)
    if days is None or absence.amount is None:
        return ()
    return (PayPeriod(start=days.start, end=days.end, amount=absence.amount),)


def payment_of(absence: PaidAbsence) -> tuple[str | None, str | None, list[str]]:
    """Reference or specifier for the payment, not both; what a bank has no room for is kept as words."""
    reference, specifier = absence.reimbursement_reference, absence.reimbursement_specifier
    if reference and len(reference) <= LONGEST_REFERENCE:
        return reference, None, [specifier] if specifier else []
    if specifier and len(specifier) <= LONGEST_SPECIFIER:
        return None, specifier, [reference] if reference else []
    return None, None, [text for text in (reference, specifier) if text]


def contact_of(absence: PaidAbsence) -> Contact | None:
    if not absence.contact:
        return None
    return Contact(**{name: absence.contact.get(name) or "" for name in ("name", "phone", "email")})
