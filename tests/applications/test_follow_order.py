"""Versions of two reports in any order, some looked at between: the end follows from those that count.

Where two reports claim the same days, which of them the application follows is the order's to say: it is one of them.
"""

from datetime import date
from itertools import combinations

from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from employers.applications import review_register
from employers.applications.models_register import RegisterClaim
from employers.income_register.models import PaidAbsence
from tests.applications.following import live
from tests.applications.reports import AT, absence, claimed, report, reviewed, told

DAYS = [(date(2026, 3, 2), date(2026, 3, 20)), (date(2026, 3, 2), date(2026, 3, 13)),
        (date(2026, 3, 16), date(2026, 3, 20)), (date(2026, 4, 7), date(2026, 4, 14))]  # fmt: skip
CONTENT = st.sampled_from(["0", "1", "2", "3", "02", "13", "-", "m"])  # which days are claimed; masked; claimed not


def absences(content: str) -> list:
    if content == "-":
        return [absence(*DAYS[0])]
    return [claimed(*DAYS[int(place)], amount=f"{1000 + 10 * int(place)}.00") for place in content]


def version(name: str, number: int, content: str):
    if content == "m":
        return report(name, version=number, absences_told=False)
    if content == "02":  # overlapping days are not told in one report
        content = "12"
    return report(name, *absences(content), version=number)


def as_told() -> list:
    """What the versions that count claim, as an application would say it."""
    counting = PaidAbsence.objects.filter(current=True, reimbursement_type__isnull=False)
    return sorted({("sickness_allowance", one.start, one.end, str(one.amount)) for one in counting})


def overlap(one, other) -> bool:
    return one[1] <= other[2] and other[1] <= one[2]


@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    first=st.lists(CONTENT, min_size=1, max_size=3),
    second=st.lists(CONTENT, max_size=2),
    ends=st.sampled_from(["", "r1", "r2"]),
    data=st.data(),
)
def test_the_end_follows_from_the_versions_that_count(sandbox, first, second, ends, data):
    versions = [version("r1", number, content) for number, content in enumerate(first, 1)]
    versions += [version("r2", number, content) for number, content in enumerate(second, 1)]
    versions += [report(ends, version=9, status=2)] if ends else []
    places = data.draw(st.permutations([*range(len(versions)), 0]))
    order = [versions[place] for place in places]
    looked = data.draw(st.lists(st.booleans(), min_size=len(order), max_size=len(order)))
    with transaction.atomic():
        for one, look in zip(order, looked, strict=True):
            (reviewed if look else told)(one)
        review_register.review_register(at=AT)
        expected, found = as_told(), live()
        assert not review_register.is_any_due()
        if not any(overlap(one, other) for one, other in combinations(expected, 2)):
            assert found == expected
        assert all(any(overlap(one, other) for other in expected) for one in found)  # nothing that is told no longer
        assert not any(overlap(one, other) for one, other in combinations(found, 2))  # nothing twice
        assert all(any(overlap(one, other) for other in found) for one in expected)  # nothing lost
        assert set(RegisterClaim.objects.values_list("attempts", flat=True)) <= {0}
        transaction.set_rollback(True)
