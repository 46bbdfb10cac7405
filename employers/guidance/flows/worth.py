"""Is it worth applying? What an absence would give, from its length and a month's pay, and nothing about anybody."""

from datetime import date, timedelta
from decimal import Decimal

from employers.benefits import rules
from employers.benefits.claim import Claim, Income, PayPeriod, Period
from employers.benefits.estimate import Estimate
from employers.benefits.law import Law
from employers.benefits.money import cents
from employers.benefits.weekdays import weekdays_between
from employers.guidance.flows.shape import End, Flow, Question, otherwise

# Their sum follows from days and pay alone; the others ask more, on the pages of the estimate.
BENEFITS = ("sickness_allowance", "pregnancy_allowance", "parental_allowance", "rehabilitation_allowance")
MOST_DAYS = 366
MONTHS = 12
WEEKDAYS_OF_A_MONTH = 25  # for which a month's pay is counted in the law's sums

WORTH = Flow(
    slug="is-it-worth-it",
    start="benefit",
    questions={
        "benefit": Question(choices=BENEFITS, leads=[(otherwise, "days")]),
        "days": Question(kind="count", leads=[(otherwise, "monthly_pay")]),
        "monthly_pay": Question(kind="money", leads=[(otherwise, "sum")]),
    },
    ends={"sum": End(topics=("when-worth-applying", "estimate-is-not-a-decision"))},
)


def estimated(benefit: str, *, days: int, monthly_pay: Decimal, on: date, law: Law) -> Estimate:
    """As if the absence began on the day and full pay was paid for each of its weekdays. `days` are calendar days."""
    period = Period(start=on, end=on + timedelta(days=days - 1))
    weekdays = len(weekdays_between(period.start, period.end))
    pay = PayPeriod(start=period.start, end=period.end, amount=cents(monthly_pay * weekdays / WEEKDAYS_OF_A_MONTH))
    claim = Claim(benefit=benefit, absence=period, pay_periods=(pay,))
    return rules.estimate(claim, law=law, income=Income(annual=monthly_pay * MONTHS))
