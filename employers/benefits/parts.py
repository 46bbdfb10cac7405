"""Parts of what was paid for an absence: pay for some of its days, by the weekday."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal

from employers.benefits.claim import PayPeriod, Period
from employers.benefits.weekdays import weekdays_between

CENT = Decimal("0.01")


def clipped(pay: PayPeriod, to: Period) -> PayPeriod | None:
    """The pay in equal parts over its weekdays, as an estimate spreads it (7:4), down to a cent; None when no day is
    left."""
    start, end = max(pay.start, to.start), min(pay.end, to.end)
    if start > end:
        return None
    if (start, end) == (pay.start, pay.end):
        return pay
    days, whole = len(weekdays_between(start, end)), len(weekdays_between(pay.start, pay.end))
    amount = pay.amount * days / whole if whole else Decimal(0)
    return PayPeriod(start=start, end=end, amount=amount.quantize(CENT, ROUND_DOWN))


def within(pays: Iterable[PayPeriod], to: Period) -> tuple[PayPeriod, ...]:
    return tuple(part for pay in pays if (part := clipped(pay, to)))


def together(pays: Iterable[PayPeriod]) -> tuple[PayPeriod, ...]:
    """In the order of their days. Of the same days told twice the pay is added up: it was paid in two goes."""
    found: list[PayPeriod] = []
    for pay in sorted(pays, key=lambda one: (one.start, one.end)):
        if found and pay.start <= found[-1].end:
            before = found.pop()
            pay = replace(before, end=max(before.end, pay.end), amount=before.amount + pay.amount)
        found.append(pay)
    return tuple(found)
