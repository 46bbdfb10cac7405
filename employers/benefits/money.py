"""Euros and cents."""

from decimal import Decimal
from fractions import Fraction
from math import floor

HALF = Fraction(1, 2)


def cents(amount: Decimal | Fraction) -> Decimal:
    """Round half up to a cent, away from zero. Only where the law states an amount, never in between.

    A share of pay such as 0.01 / 30 has no exact Decimal; as a Fraction fifteen of them are half a cent, not less.
    """
    hundredths = Fraction(amount) * 100
    rounded = floor(abs(hundredths) + HALF)
    return Decimal(rounded if hundredths >= 0 else -rounded).scaleb(-2)
