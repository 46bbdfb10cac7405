"""Decide an application: what the law gives with every wage known, and why that differs from the estimate."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from employers.applications import lifecycle
from employers.applications.assess import as_it_is, assess
from employers.applications.assign import assign
from employers.applications.models import Application, ApplicationVersion, Decision
from employers.applications.pay import await_payment
from employers.applications.queries import every_payment, every_wage
from employers.applications.record import move
from employers.benefits import occupational_health
from employers.benefits.claim import Claim, Income, from_json
from employers.benefits.estimate import Estimate, blank, money
from employers.benefits.money import cents
from employers.law.queries import law_on
from employers.organisations.access import Actor
from employers.people.models import Person
from employers.records import clock

NOTHING = Decimal("0.00")
OCCUPATIONAL_HEALTH = "occupational_health_reimbursement"
TO_EMPLOYER = "to_employer"  # the last line of the differences: what the employer gets

# Why a line of the decision is not the estimate's.
ALL_WAGES = "all_wages"  # counted with every wage the register knows
INCOME_GIVEN = "income_given"  # counted with the income an official gave
NARROWED = "narrowed"  # an official granted a part
THREE_MONTHS = "three_months"  # an official chose the income of three months
RAISED_CEILING = "raised_ceiling"  # an official chose the raised ceiling of a small employer
CHOICES = (THREE_MONTHS, RAISED_CEILING)


class IncomeNeeded(Exception):
    """Nobody knows the income: the official has to give it."""


class FigureNeeded(Exception):
    """A value of the law is not known for the day: it has to be confirmed first."""


class ChoiceNotOpen(Exception):
    """The law does not leave this choice here."""


class ReasonNeeded(Exception):
    """Whatever is not granted whole, or was an official's choice, is told why."""


class AmountOutOfRange(Exception):
    """A part is more than nothing and less than the whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What the official says. `amount`, EUR to the employer, narrows a part; `income` overrides the register;
    `choice` is one of CHOICES."""

    outcome: str
    reason: str = ""
    income: Income | None = None
    choice: str = ""
    amount: Decimal | None = None


@transaction.atomic
def decide(
    *,
    application_id: UUID,
    outcome: str,
    reason: str,
    by: Actor,
    at: datetime,
    income: Income | None = None,
    amount: Decimal | None = None,
    choice: str = "",
) -> Decision:
    """Raises IncomeNeeded, FigureNeeded, ChoiceNotOpen, ReasonNeeded, AmountOutOfRange, lifecycle.WrongState or
    lifecycle.NotYours."""
    ruling = Ruling(outcome=outcome, reason=reason.strip(), income=income, amount=amount, choice=choice)
    if (outcome != lifecycle.GRANTED or choice) and not ruling.reason:
        raise ReasonNeeded
    application = assign(move(application_id, "decide", by=by, at=at, reason=ruling.reason), by=by)
    decision = _write(application, ruling, by=by, at=at)
    application.outcome = outcome
    application.save(update_fields=["outcome"])
    if decision.amount > NOTHING:
        await_payment(decision)
    return decision


def _write(application: Application, ruling: Ruling, *, by: Actor, at: datetime) -> Decision:
    said = application.versions.get(number=application.version)
    calculation, why = calculate(application, said, income=ruling.income, choice=ruling.choice)
    amount = _amount(ruling, calculation)
    assert by.user  # the lifecycle lets officials alone decide
    return Decision.objects.create(
        application=application,
        outcome=ruling.outcome,
        amount=amount,
        reason=ruling.reason,
        calculation=calculation.as_dict(),
        differences=list(_differences(said.estimate, calculation, amount=amount, ruling=ruling, why=why)),
        decided_at=at,
        decided_by=by.user,
        appeal_until=appeal_until(clock.day_of(at)),
    )


def appeal_until(decided_on: date) -> date:
    return decided_on + timedelta(days=law_on(decided_on).count("appeal.days"))


def calculate(
    application: Application, said: ApplicationVersion, *, income: Income | None, choice: str = ""
) -> tuple[Estimate, str]:
    """What the law gives, and the code of why it is not the estimate's.

    Nothing but what was said, the law of its day, the income and an official's choice enters. Raises ChoiceNotOpen.
    """
    claim = from_json(said.content)
    known, why = (income, INCOME_GIVEN) if income else (_register_income(application, choice), choice or ALL_WAGES)
    assessed = assess(
        claim,
        on=clock.day_of(application.submitted_at),
        organisation=application.organisation,
        income=known,
        filing=True,
        choose=_raised(claim) if choice == RAISED_CEILING else as_it_is,
    )
    return assessed.estimate or blank(claim.benefit, problems=assessed.problems), why


def _raised(claim: Claim) -> Callable[[Law], Law]:
    def choose(law: Law) -> Law:
        if claim.benefit != OCCUPATIONAL_HEALTH or not occupational_health.may_be_raised(claim, law=law):
            raise ChoiceNotOpen
        return occupational_health.raised(law)

    return choose


def _register_income(application: Application, choice: str) -> Income:
    if application.person is None or application.law_day is None:
        return Income()
    if choice == THREE_MONTHS:
        return _three_months(application.person, onset=application.law_day)
    return every_wage(application.person, onset=application.law_day)


def _three_months(person: Person, *, onset: date) -> Income:
    annual = three_month_income(every_payment(person, onset=onset), onset, law=Law.on(onset))
    if annual is None:
        raise ChoiceNotOpen
    return Income(annual=annual)


def _amount(ruling: Ruling, calculation: Estimate) -> Decimal:
    if ruling.outcome in lifecycle.DEAD_OUTCOMES:
        return NOTHING
    whole = calculation.to_employer
    if ruling.outcome == lifecycle.PARTLY_GRANTED and ruling.amount is not None:
        return _part(ruling.amount, whole)
    if whole is None:
        raise (
            IncomeNeeded if any(problem.code == "income_unknown" for problem in calculation.problems) else FigureNeeded
        )
    return whole


def _part(amount: Decimal, whole: Decimal | None) -> Decimal:
    if amount <= NOTHING or (whole is not None and amount > whole):
        raise AmountOutOfRange(amount)
    return cents(amount)


def _differences(
    estimate: dict[str, Any], calculation: Estimate, *, amount: Decimal, ruling: Ruling, why: str
) -> Iterator[dict[str, str | None]]:
    """Line by line, those that differ; None where the estimate knew no amount."""
    estimated = _by_code((line["code"], Decimal(line["amount"])) for line in estimate["lines"])
    decided = _by_code((line.code, line.amount) for line in calculation.lines)
    if ruling.outcome in lifecycle.PAYABLE_OUTCOMES:
        for code in {**estimated, **decided}:
            yield from _differing(code, estimated.get(code), decided.get(code), why=why)
    yield from _differing(TO_EMPLOYER, estimate["to_employer"], money(amount), why=_why(ruling, why))


def _by_code(lines: Iterable[tuple[str, Decimal]]) -> dict[str, str]:
    """Lines alike, as the months of a claim, are told together."""
    sums: dict[str, Decimal] = {}
    for code, amount in lines:
        sums[code] = sums.get(code, NOTHING) + amount
    return {code: money(amount) for code, amount in sums.items()}


def _why(ruling: Ruling, why: str) -> str:
    if ruling.outcome in lifecycle.DEAD_OUTCOMES:
        return ruling.outcome
    return NARROWED if ruling.amount is not None else why


def _differing(line: str, estimate: str | None, decision: str | None, *, why: str) -> Iterator[dict[str, str | None]]:
    if estimate != decision:
        yield {"line": line, "estimate": estimate, "decision": decision, "why": why}
