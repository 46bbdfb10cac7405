"""Reads that more than one door needs."""

from employers.benefits.claim import Claim, Income
from employers.organisations.models import Organisation


def own_wages(claim: Claim, *, organisation: Organisation | None) -> Income:
    """The yearly income as far as this employer's own wages in the register show it.

    What another employer pays is nobody's business, so the figure is "at least".
    """
    return Income()
