"""A claim as a report in the register carries it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from employers.applications.models import Application
from employers.applications.queries import inherited, last_before
from employers.benefits.claim import Claim, Contact, Employee, Employment, PayPeriod, Period
from employers.benefits.common import LONGEST_SPECIFIER
from employers.income_register.codes import benefit_claimed
from employers.income_register.models import PaidAbsence
from employers.law.queries import laws
from employers.organisations.models import Organisation
from employers.people.models import Employment as Told
from employers.people.models import Person
from employers.records.clock import day_of

# Pregnancy and parental leave are one cause in the register: such a claim is taken for the parental allowance, the
# lesser of the two after its first days, and an official puts right what was meant.
ANNUAL_LEAVE = "annual_leave_compensation"
WITH_CERTIFICATE = ("sickness_allowance", "partial_sickness_allowance", "special_pregnancy_allowance")
LONGEST_REFERENCE = 20  # characters that a bank takes
# What a report says of its claim. Names and the employment are told for the employer's reports together, and what no
# report has a place for was said by the employer itself.
FOLLOWED = ("absence", "pay_periods", "contact", "payment_reference", "payment_specifier", "additional_information")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One payment that is asked for on an absence: `ReimbPayment`."""

    payment_type: int | None
    reference: str | None
    specifier: str | None


def claim_of(absence: PaidAbsence, *, reference: str, place: int = 0) -> Claim:
    """What is masked or missing stays empty, and so does what a report has no place for: the law's checks say so.

    `place`: which of the payments asked for. `benefit` is empty where we know none. Leave costs are claimed by the
    month, without an absence and its pay.
    """
    benefit = benefit_of(absence, place=place)
    by_absence = benefit != ANNUAL_LEAVE
    organisation, person = absence.report.organisation, absence.report.person
    employee, employment = who_and_since(person, organisation=organisation) if person else (None, None)
    payment_reference, specifier, rest = payment_of(asked_for(absence)[place])
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


def followed(said: Claim, *, before: Claim, after: Claim) -> Claim:
    """What was said, with what the register changed in it: the employer's own words about the rest stay."""
    changed = {name: getattr(after, name) for name in FOLLOWED if getattr(before, name) != getattr(after, name)}
    return replace(said, **changed)


def going_on(
    claim: Claim, *, organisation: Organisation, person: Person | None, without: Application | None = None
) -> Claim:
    """A month's report claims its part of an absence: the next month's continues it. `without`: not that one."""
    if claim.absence is None or person is None:
        return claim
    start, benefit = claim.absence.start, claim.benefit
    last = last_before(start, benefit=benefit, organisation=organisation, person=person)
    continues = inherited(start, benefit=benefit, last=None if last == without else last, law_on=laws())
    return replace(claim, continues_application=str(continues.pk) if continues else None)


def asked_for(absence: PaidAbsence) -> list[Asked]:
    first = Asked(
        payment_type=absence.reimbursement_type,
        reference=absence.reimbursement_reference,
        specifier=absence.reimbursement_specifier,
    )
    further: list[Mapping[str, Any]] = absence.further or []
    return [first, *(Asked(**one) for one in further)]


def benefit_of(absence: PaidAbsence, *, place: int = 0) -> str:
    on = day_of(absence.report.received_at)
    return benefit_claimed(asked_for(absence)[place].payment_type, absence.cause_code, on=on)


def is_masked(absence: PaidAbsence) -> bool:
    """No report came into the register without these: who sees it without them does not see all of it."""
    return None in (absence.start, absence.cause_code, absence.amount)


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
    """Of one that goes on, as far as it was paid: see `employers.income_register.queries.LAST_DAY`."""
    start, end = absence.start, absence.end
    if start and end is None and absence.until:
        known = min(absence.until, absence.report.period_end)
        end = known if known >= start else None
    return Period(start=start, end=end) if start and end else None


def pay_of(absence: PaidAbsence) -> tuple[PayPeriod, ...]:
    days = days_of(absence)
    if days is None or absence.amount is None:
        return ()
    return (PayPeriod(start=days.start, end=days.end, amount=absence.amount),)


def payment_of(asked: Asked) -> tuple[str | None, str | None, list[str]]:
    """Reference or specifier for the payment, not both; what a bank has no room for is kept as words."""
    reference, specifier = asked.reference, asked.specifier
    if reference and len(reference) <= LONGEST_REFERENCE:
        return reference, None, [specifier] if specifier else []
    if specifier and len(specifier) <= LONGEST_SPECIFIER:
        return None, specifier, [reference] if reference else []
    return None, None, [text for text in (reference, specifier) if text]


def contact_of(absence: PaidAbsence) -> Contact | None:
    if not absence.contact:
        return None
    return Contact(**{name: absence.contact.get(name) or "" for name in ("name", "phone", "email")})
