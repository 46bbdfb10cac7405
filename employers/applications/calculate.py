"""What the law gives for a decision: every wage counts, and what only an official can choose."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from employers.applications import basis
from employers.applications.assess import as_it_is, assess
from employers.applications.models import Application, ApplicationVersion
from employers.applications.queries import every_payment, every_wage, greatest, income_days
from employers.benefits import occupational_health
from employers.benefits.claim import Claim, Income, from_json
from employers.benefits.estimate import Estimate, blank
from employers.benefits.income import three_month_income
from employers.benefits.law import Law
from employers.law.queries import law_on
from employers.people.models import Person
from employers.records import clock

OCCUPATIONAL_HEALTH = "occupational_health_reimbursement"

# Why the calculation is not the estimate's.
ALL_WAGES = "all_wages"  # counted with every wage the register knows
INCOME_GIVEN = "income_given"  # counted with the income an official gave
THREE_MONTHS = "three_months"  # an official chose the income of three months
RAISED_CEILING = "raised_ceiling"  # an official chose the raised ceiling of a small employer
CHOICES = (THREE_MONTHS, RAISED_CEILING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculation:
    """`why` is the code of why it is not the estimate's; `basis` is None where nothing could be counted."""

    estimate: Estimate
    why: str
    basis: dict[str, Any] | None


class ChoiceNotOpen(Exception):
    """The law does not leave this choice here."""


def calculate(
    application: Application, said: ApplicationVersion, *, income: Income | None, choice: str = ""
) -> Calculation:
    """What the law gives.

    Nothing but what was said, the law of its day, the income and an official's choice enters. Raises ChoiceNotOpen.
    """
    claim = from_json(said.content)
    known, why = (income, INCOME_GIVEN) if income else (_wages(application, claim, choice), choice or ALL_WAGES)
    assessed = assess(
        claim,
        on=clock.day_of(application.submitted_at),
        organisation=application.organisation,
        income=known,
        filing=True,
        choose=_raised(claim) if choice == RAISED_CEILING else as_it_is,
    )
    if assessed.estimate is None:
        return Calculation(estimate=blank(claim.benefit, problems=assessed.problems), why=why, basis=None)
    kept = basis.to_keep(law=assessed.law, income=assessed.income, earlier=assessed.earlier)
    return Calculation(estimate=assessed.estimate, why=why, basis=kept)


def _raised(claim: Claim) -> Callable[[Law], Law]:
    def choose(law: Law) -> Law:
        if claim.benefit != OCCUPATIONAL_HEALTH or not occupational_health.may_be_raised(claim, law=law):
            raise ChoiceNotOpen
        return occupational_health.raised(law)

    return choose


def _wages(application: Application, claim: Claim, choice: str) -> Income:
    """As the register knows them, from every payer."""
    if application.person is None or application.law_day is None:
        return Income()
    if choice == THREE_MONTHS:
        return _three_months(application.person, onset=application.law_day)
    days = income_days(claim, continues=application.continues)
    return greatest(every_wage(application.person, onset=day) for day in days)


def _three_months(person: Person, *, onset: date) -> Income:
    annual = three_month_income(every_payment(person, onset=onset), onset, law=law_on(onset))
    if annual is None:
        raise ChoiceNotOpen
    return Income(annual=annual)
