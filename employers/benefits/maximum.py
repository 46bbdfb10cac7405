"""Running maxima: how many weekdays a benefit is paid, those of the two preceding years counted in.

Sairausvakuutuslaki 1224/2004 8:8 (sickness allowance) and 8:12 (partial).
"""

from collections.abc import Iterable, Iterator
from datetime import date

from employers.benefits.claim import Paid
from employers.benefits.daily import Situation
from employers.benefits.deadlines import add_months
from employers.benefits.problems import Problem, problem

LOOK_BACK = 24  # months
CAPABLE_AGAIN = 12  # months without a paid day, after which what came before does not count


def check(situation: Situation, *, most: str, counted: tuple[str, ...], spare: int = 0) -> Iterator[Problem]:
    """A warning where the days would pass the maximum: the agency counts every employer's days, we know our own.

    `spare`: by how many days less the benefit ends.
    """
    claim, law = situation.claim, situation.law
    if claim.absence is None:
        return
    before = paid_before(claim.absence.start, [paid for paid in situation.paid if paid.benefit in counted])
    if before + len(situation.dates) > law.count(most) - spare:
        yield problem("absence", "maximum_exceeded", most=law.count(most))


def paid_before(onset: date, paid: Iterable[Paid]) -> int:
    """Weekdays paid in the two years before the onset, back to a gap of twelve months."""
    counted, next_start = 0, onset
    for period in sorted(paid, key=lambda one: one.first_day, reverse=True):
        if period.first_day >= onset or period.last_day < add_months(onset, -LOOK_BACK):
            continue
        if add_months(period.last_day, CAPABLE_AGAIN) < next_start:
            break
        counted += period.days
        next_start = period.first_day
    return counted
