"""Whether an age gives a right to sickness, partial sickness and rehabilitation allowance.

Sairausvakuutuslaki 1224/2004 8:1 as changed by 735/2024 and 737/2024.
"""

from collections.abc import Iterator
from datetime import date

from employers.benefits.daily import Situation
from employers.benefits.problems import Problem, problem

CENTURIES = dict.fromkeys("+", 1800) | dict.fromkeys("-YXWVU", 1900) | dict.fromkeys("ABCDEF", 2000)
KEEP_THE_OLD_LIMIT = date(2009, 1, 1)  # who was born before, keeps the limit of sixteen


def check(situation: Situation) -> Iterator[Problem]:
    """A warning: the agency looks at what the identity code alone says."""
    claim, law = situation.claim, situation.law
    birthday = born(claim.employee.personal_identity_code) if claim.employee else None
    if birthday is None or claim.absence is None:
        return
    lowest, highest = law.count("sickness.lowest_age"), law.count("sickness.highest_age")
    if birthday < KEEP_THE_OLD_LIMIT:
        lowest = min(lowest, law.count("sickness.lowest_age_before_2009"))
    if not lowest <= years(birthday, on=claim.absence.start) <= highest:
        yield problem("employee.personal_identity_code", "age_outside", least=lowest, most=highest)


def born(identity_code: str) -> date | None:
    """The date of birth in a personal identity code; None when there is none in it."""
    try:
        century = CENTURIES[identity_code[6]]
        return date(century + int(identity_code[4:6]), int(identity_code[2:4]), int(identity_code[:2]))
    except (IndexError, KeyError, ValueError):
        return None


def years(birthday: date, *, on: date) -> int:
    had_it = (on.month, on.day) >= (birthday.month, birthday.day)
    return on.year - birthday.year - (not had_it)
