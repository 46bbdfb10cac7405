"""Estimates in one process, beside the same sums with nothing but Decimals: no days, no checks, no explanation.

Each estimate is asked for as a door asks: the day whose law applies, the law of that day, the answer.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from employers.benefits import rules
from employers.benefits.claim import Claim, Income, PayPeriod, Period
from employers.benefits.estimate import Estimate
from employers.benefits.law import Law
from employers.benefits.money import cents
from portal.sandbox.figure import Figure, timed

Sums = tuple[Decimal | None, ...]  # amount, to the employer; with a range, the least and the most amount
Bare = Callable[[Decimal], Sums]

ABSENCE = Period(start=date(2026, 3, 2), end=date(2026, 4, 10))
PAY = Decimal("3600.00")
WEEKDAYS, WAITING, RAISED = 33, 10, 16
SICKNESS = Claim(
    benefit="sickness_allowance",
    absence=ABSENCE,
    pay_periods=(PayPeriod(start=ABSENCE.start, end=ABSENCE.end, amount=PAY),),
)
PARENTAL = replace(SICKNESS, benefit="parental_allowance", details={"child_born": date(2026, 1, 10)})
EMPLOYEES, PREVENTIVE, MEDICAL = 25, Decimal("5200.00"), Decimal("6000.00")
HEALTH = Claim(
    benefit="occupational_health_reimbursement",
    details={
        "accounting_period": {"start": date(2020, 1, 1), "end": date(2020, 12, 31)},
        "employees": EMPLOYEES,
        "costs": (
            {"class": "I", "kind": "physician", "amount": PREVENTIVE},
            {"class": "II", "kind": "laboratory", "amount": MEDICAL},
        ),
    },
)


@dataclass(frozen=True, slots=True)
class Sample:
    what: str
    claim: Claim
    income: Callable[[Decimal], Income]
    bare: Callable[[Law], Bare]


def figures(count: int) -> list[Figure]:
    return [figure(sample, [Decimal(20000 + number) for number in range(count)]) for sample in SAMPLES]


def figure(sample: Sample, incomes: list[Decimal]) -> Figure:
    bare = sample.bare(law_of(sample.claim))
    if said(estimate(sample, incomes[0])) != bare(incomes[0]):
        raise ValueError(f"the bare sum is another one: {sample.what}")
    return Figure(
        f"estimates: {sample.what}",
        len(incomes),
        timed(lambda: [estimate(sample, income) for income in incomes]),
        timed(lambda: [bare(income) for income in incomes]),
        "the same sum of Decimals",
    )


def estimate(sample: Sample, income: Decimal) -> Estimate:
    return rules.estimate(sample.claim, law=law_of(sample.claim), income=sample.income(income))


def law_of(claim: Claim) -> Law:
    return Law.on(rules.law_day(claim))


def said(made: Estimate) -> Sums:
    ends = (made.range.amount.low, made.range.amount.high) if made.range else ()
    return (made.amount, made.to_employer, *ends)


def sickness(law: Law) -> Bare:
    rate, above, limit, divisor = values(law, "sickness", "rate", "rate_above_limit", "income_limit", "divisor")

    def bare(income: Decimal) -> Sums:
        daily = cents((rate * min(income, limit) + above * max(income - limit, Decimal(0))) / divisor)
        days = WEEKDAYS - WAITING
        return daily * days, cents(min(daily, PAY / WEEKDAYS) * days)

    return bare


def within_a_range(law: Law) -> Bare:
    deduction, certain = law.use("income.deduction"), sickness(law)
    shares = [1 - share for share in (deduction.value, deduction.low, deduction.high) if share is not None]

    def bare(income: Decimal) -> Sums:
        sums = [certain(income * share) for share in shares]
        amounts = [amount for amount, _ in sums if amount is not None]
        return *sums[0], min(amounts), max(amounts)

    return bare


def parental(law: Law) -> Bare:
    rate, raised, limit, divisor = values(law, "parents", "rate", "raised_rate", "income_limit", "divisor")

    def bare(income: Decimal) -> Sums:
        first, then = (cents(share * min(income, limit) / divisor) for share in (raised, rate))
        pay = PAY / WEEKDAYS
        to_employer = min(first, pay) * RAISED + min(then, pay) * (WEEKDAYS - RAISED)
        return first * RAISED + then * (WEEKDAYS - RAISED), cents(to_employer)

    return bare


def occupational_health(law: Law) -> Bare:
    ceiling, share, one, two = values(
        law, "occupational_health", "ceiling", "class_2_share", "class_1_rate", "class_2_rate"
    )

    def bare(_income: Decimal) -> Sums:
        total = ceiling * EMPLOYEES
        preventive = min(PREVENTIVE, total)
        medical = min(MEDICAL, total - preventive, share * total)
        amount = cents(one * preventive) + cents(two * medical)
        return amount, amount

    return bare


def values(law: Law, group: str, *names: str) -> list[Decimal]:
    return [law.value(f"{group}.{name}") for name in names]


def deducted(income: Decimal) -> Income:
    return Income(after_deduction=income)


SAMPLES = (
    Sample("sickness", SICKNESS, deducted, sickness),
    Sample("sickness with a range", SICKNESS, lambda income: Income(annual=income), within_a_range),
    Sample("parental, two rates", PARENTAL, deducted, parental),
    Sample("occupational health", HEALTH, deducted, occupational_health),
)
