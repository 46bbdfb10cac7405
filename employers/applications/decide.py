"""Decide an application: what the law gives with every wage known, and why that differs from the estimate."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from employers.applications import lifecycle
from employers.applications.assign import assign
from employers.applications.calculate import calculate
from employers.applications.models import Application, Decision
from employers.applications.pay import await_payment
from employers.applications.record import move
from employers.benefits.claim import Income
from employers.benefits.estimate import Estimate, money
from employers.benefits.money import cents
from employers.law.queries import law_on
from employers.organisations.access import Actor
from employers.records import clock

NOTHING = Decimal("0.00")
TO_EMPLOYER = "to_employer"  # the last line of the differences: what the employer gets

NARROWED = "narrowed"  # why a line of the decision is not the estimate's: an official granted a part


class IncomeNeeded(Exception):
    """Nobody knows the income: the official has to give it."""


class FigureNeeded(Exception):
    """A value of the law is not known for the day: it has to be confirmed first."""


class ReasonNeeded(Exception):
    """Whatever is not granted whole, or was an official's choice, is told why."""


class AmountOutOfRange(Exception):
    """A part is more than nothing and less than the whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What the official says. `amount`, EUR to the employer, narrows a part; `income` overrides the register;
    `choice` is one of `calculate.CHOICES`."""

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
    """Raises IncomeNeeded, FigureNeeded, ReasonNeeded, AmountOutOfRange, calculate.ChoiceNotOpen, lifecycle.WrongState
    or lifecycle.NotYours."""
    ruling = Ruling(outcome=outcome, reason=reason.strip(), income=income, amount=amount, choice=choice)
    if (outcome != lifecycle.GRANTED or choice) and not ruling.reason:
        raise ReasonNeeded
    application = assign(move(application_id, "decide", by=by, at=at, reason=ruling.reason), by=by)
    decision = _write(application, ruling, by=by, at=at)
    application.outcome, application.decision = outcome, decision
    application.save(update_fields=["outcome", "decision"])
    await_payment(decision)
    return decision


def _write(application: Application, ruling: Ruling, *, by: Actor, at: datetime) -> Decision:
    said = application.versions.get(number=application.version)
    counted = calculate(application, said, income=ruling.income, choice=ruling.choice)
    amount = _amount(ruling, counted.estimate)
    assert by.user  # the lifecycle lets officials alone decide
    return Decision.objects.create(
        application=application,
        outcome=ruling.outcome,
        amount=amount,
        reason=ruling.reason,
        calculation=counted.estimate.as_dict(),
        basis=counted.basis,
        differences=list(_differences(said.estimate, counted.estimate, amount=amount, ruling=ruling, why=counted.why)),
        decided_at=at,
        decided_by=by.user,
        appeal_until=appeal_until(clock.day_of(at)),
    )


def appeal_until(decided_on: date) -> date:
    return decided_on + timedelta(days=law_on(decided_on).count("appeal.days"))


def _amount(ruling: Ruling, calculation: Estimate) -> Decimal:
    if ruling.outcome in lifecycle.DEAD_OUTCOMES:
        return NOTHING
    if ruling.outcome == lifecycle.PARTLY_GRANTED and ruling.amount is not None:
        return _part(ruling.amount, calculation.to_employer)
    return amount_of(calculation)


def amount_of(calculation: Estimate) -> Decimal:
    """EUR to the employer. Raises IncomeNeeded or FigureNeeded."""
    if calculation.to_employer is None:
        codes = {problem.code for problem in calculation.problems}
        raise IncomeNeeded if "income_unknown" in codes else FigureNeeded
    return calculation.to_employer


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
