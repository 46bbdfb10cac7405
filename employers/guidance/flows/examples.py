"""What one can get back, as three examples. The sums come from the rules; here are only days and pay."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from employers.benefits import rules
from employers.benefits.claim import Claim, Employment, Income, PayPeriod, Period
from employers.benefits.law import Law
from employers.benefits.weekdays import add_weekdays, first_weekday
from employers.guidance.flows.worth import estimated

FOUR_WEEKS = 28  # days
PREGNANCY_LEAVE = 40  # weekdays
TWO_MONTHS = 61  # days, of which pay for more than a month
PAY = Decimal(3000)  # EUR a month


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """`sum`: EUR to the employer; None where a figure of the day is not known."""

    benefit: str
    monthly_pay: Decimal
    days: int  # calendar days
    sum: Decimal | None


def examples(on: date, *, law: Law) -> list[Example]:
    """Only those whose sum is known on the day."""
    start = first_weekday(on)
    leave = (add_weekdays(start, PREGNANCY_LEAVE - 1) - start).days + 1
    made = [
        _absence("sickness_allowance", FOUR_WEEKS, start, law),
        _absence("pregnancy_allowance", leave, start, law),
        _family_leave(start, law),
    ]
    return [example for example in made if example.sum is not None]


def _absence(benefit: str, days: int, on: date, law: Law) -> Example:
    found = estimated(benefit, days=days, monthly_pay=PAY, on=on, law=law)
    return Example(benefit=benefit, monthly_pay=PAY, days=days, sum=found.to_employer)


def _family_leave(on: date, law: Law) -> Example:
    leave = Period(start=on, end=on + timedelta(days=TWO_MONTHS - 1))
    claim = Claim(
        benefit="family_leave_compensation",
        employment=Employment(start=date(on.year - 2, 1, 1)),
        absence=leave,
        pay_periods=(PayPeriod(start=leave.start, end=leave.end, amount=2 * PAY),),
        details={"basis": "pregnancy", "contract": {"kind": "open_ended"}, "working_time_percent": 100},
    )
    found = rules.estimate(claim, law=law, income=Income())
    return Example(benefit=claim.benefit, monthly_pay=PAY, days=TWO_MONTHS, sum=found.to_employer)
