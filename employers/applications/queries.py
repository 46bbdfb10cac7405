"""Reads that more than one door needs."""

from datetime import date

from employers.benefits.claim import Claim, Income
from employers.benefits.income import annual_income, income_window
from employers.income_register.queries import wages
from employers.organisations.models import Organisation
from employers.people.models import Person


def own_wages(claim: Claim, *, organisation: Organisation | None) -> Income:
    """The yearly income as far as this employer's own wages in the register show it.

    What another employer pays is nobody's business, so the figure is "at least".
    """
    return Income()


def every_wage(person: Person, *, onset: date) -> Income:
    """The yearly income as every payer's reports show it: for decisions alone, an employer never sees it."""
    window = income_window(onset)
    payers = Organisation.objects.filter(report_versions__person=person).distinct()
    paid = [wage for payer in payers for wage in wages(payer, person, window=window)]
    return Income(annual=annual_income(paid, onset))
