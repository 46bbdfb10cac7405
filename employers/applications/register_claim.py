"""A claim as a report in the register carries it."""

from employers.applications.unclaimed import BENEFIT
from employers.benefits.common import LONGEST_SPECIFIER
from employers.benefits.claim import Claim, Contact, Employee, Employment, PayPeriod, Period
from employers.income_register.codes import ILLNESS
from employers.income_register.models import PaidAbsence
from employers.organisations.models import Organisation
from employers.people.models import Employment as Told
from employers.people.models import Person

BENEFITS = {ILLNESS: BENEFIT}  # by the cause of the absence
LONGEST_REFERENCE = 20  # characters that a bank takes


def claim_of(absence: PaidAbsence, *, reference: str) -> Claim:
    """What is masked or missing stays empty: the law's checks say so. `benefit` is empty where we know none."""
    organisation, person = absence.report.organisation, absence.report.person
    employee, employment = who_and_since(person, organisation=organisation) if person else (None, None)
    payment_reference, specifier, rest = payment_of(absence)
    return Claim(
        benefit=BENEFITS.get(absence.cause_code or 0, ""),
        employer=organisation.business_id,
        reference=reference,
        employee=employee,
        employment=employment,
        absence=days_of(absence),
        pay_periods=pay_of(absence),
        certificate="electronic",
        contact=contact_of(absence),
        payment_reference=payment_reference,
        payment_specifier=specifier,
        additional_information="\n".join([*([absence.information] if absence.information else []), *rest]),
    )


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
