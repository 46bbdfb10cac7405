"""Euros and cents."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

CENT = Decimal("0.01")


def cents(amount: Decimal | Fraction) -> Decimal:
    """Round half up to a cent, away from zero. Only where the law states an amount, never in between.

    A share of pay such as 0.01 / 30 has no exact Decimal; as a Fraction fifteen of them are half a cent, not less.
    """
    if isinstance(amount, Decimal):
        return amount.quantize(CENT, ROUND_HALF_UP) + 0  # never a negative nothing
    above, below = abs(amount.numerator), amount.denominator
    rounded = (200 * above + below) // (2 * below)
    return Decimal(rounded if amount >= 0 else -rounded).scaleb(-2)
