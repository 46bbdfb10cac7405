"""What goes on from what: which claims before count, from which days the income is asked, what is carried along."""

from datetime import date
from typing import Any

import pytest

from employers.benefits import rules
from employers.benefits.claim import Claim, Earlier
from employers.benefits.law import Law
from tests.benefits.claims import END, absent

MONDAY = date(2026, 3, 2)
LONG_AGO = Law.on(date(1900, 1, 1))  # no value is in force


def before(paid: str, *, onset: str = "2026-02-02", group: str | None = "sickness", **counts: int) -> Earlier:
    return Earlier(last_paid_day=date.fromisoformat(paid), onset=date.fromisoformat(onset), group=group, **counts)


def away(benefit: str, **said: Any) -> Claim:
    return absent(MONDAY, END, benefit=benefit, **said)


@pytest.mark.parametrize(
    ("benefit", "earlier", "goes_on"),
    [
        ("sickness_allowance", before("2026-02-28"), True),
        ("sickness_allowance", before("2026-02-20"), True),  # back within 30 days
        ("sickness_allowance", before("2026-01-30", onset="2026-01-05"), False),
        ("sickness_allowance", before("2026-01-30", onset="2026-01-05", group=None), False),
        ("sickness_allowance", before("2026-02-28", group="parents"), False),
        ("parental_allowance", before("2025-02-28", onset="2025-02-03", group="parents"), True),  # however long ago
        ("parental_allowance", before("2026-02-28"), False),
        ("donor_allowance", before("2026-02-28", group="donor"), True),
        ("donor_allowance", before("2026-02-20", group="donor"), False),
        ("family_leave_compensation", before("2026-02-28"), False),
        ("no_such_benefit", before("2026-02-28"), False),
    ],
)
def test_what_goes_on_or_comes_back(benefit, earlier, goes_on):
    assert rules.inherits(away(benefit), law=Law.on(MONDAY), earlier=earlier) is goes_on


def test_without_days_or_law_nothing_goes_on():
    assert not rules.inherits(Claim(benefit="sickness_allowance"), law=Law.on(MONDAY), earlier=before("2026-02-28"))
    assert not rules.inherits(away("sickness_allowance"), law=LONG_AGO, earlier=before("2026-02-20"))


@pytest.mark.parametrize(
    ("benefit", "earlier", "days"),
    [
        ("sickness_allowance", None, ["2026-03-02"]),
        ("sickness_allowance", before("2026-02-20"), ["2026-02-02", "2026-03-02"]),  # the greater of the two: 11:2.7
        ("sickness_allowance", before("2026-02-28"), ["2026-02-02"]),
        ("sickness_allowance", before("2026-01-30", onset="2026-01-05"), ["2026-03-02"]),
        ("donor_allowance", before("2026-02-28", group="donor"), ["2026-02-02"]),
        ("donor_allowance", before("2026-02-20", group="donor"), ["2026-03-02"]),
        ("family_leave_compensation", None, ["2026-03-02"]),
        ("no_such_benefit", None, []),
    ],
)
def test_before_which_days_income_counts(benefit, earlier, days):
    found = rules.income_days(away(benefit), law=Law.on(MONDAY), earlier=earlier)
    assert found == [date.fromisoformat(day) for day in days]


def test_before_which_day_income_counts_where_little_is_known():
    assert rules.income_days(Claim(benefit="sickness_allowance"), law=LONG_AGO) == [date.min]
    assert rules.income_days(Claim(benefit="annual_leave_compensation"), law=LONG_AGO) == [date.min]
    relapse = before("2026-02-20")
    assert rules.income_days(away("sickness_allowance"), law=LONG_AGO, earlier=relapse) == [date(2026, 2, 2)]
    lost = Law.on(date(1999, 1, 1))
    assert rules.income_days(away("donor_allowance"), law=lost, earlier=before("2026-02-28", group="donor")) == [
        date(2026, 2, 2)
    ]


PARENT = before("2026-02-28", group="parents", days_used=20, raised_days_used=5)


@pytest.mark.parametrize(
    ("benefit", "details", "earlier", "carried"),
    [
        ("parental_allowance", {}, None, (33, 33, 0)),
        ("parental_allowance", {}, PARENT, (53, 38, 0)),
        ("parental_allowance", {"days_used": 10, "raised_days_used": 0}, PARENT, (43, 33, 0)),
        ("partial_parental_allowance", {}, None, (17, 0, 0)),  # 33 half days
        ("partial_parental_allowance", {}, PARENT, (37, 5, 0)),
        ("partial_parental_allowance", {"days_used": 10}, PARENT, (27, 5, 0)),
        ("pregnancy_allowance", {}, None, (0, 0, 33)),
        ("pregnancy_allowance", {}, before("2026-02-28", group="parents", pregnancy_days_used=4), (0, 0, 37)),
    ],
)
def test_the_days_used_are_carried_along(benefit, details, earlier, carried):
    later = rules.as_earlier(away(benefit, details=details), law=Law.on(MONDAY), earlier=earlier)
    assert (later.days_used, later.raised_days_used, later.pregnancy_days_used) == carried
    assert (later.last_paid_day, later.period_end, later.group) == (END, END, "parents")


def test_what_cannot_go_on():
    with pytest.raises(ValueError, match=r"^a sum is not continued$"):
        rules.as_earlier(away("family_leave_compensation"), law=Law.on(MONDAY))
    with pytest.raises(ValueError, match=r"^the days of the claim cannot be counted$"):
        rules.as_earlier(Claim(benefit="sickness_allowance"), law=Law.on(MONDAY))
    with pytest.raises(LookupError):
        rules.as_earlier(away("no_such_benefit"), law=Law.on(MONDAY))


def test_what_is_carried_along_where_the_waiting_took_it_all():
    """Of an earlier spell that nothing is inherited from, neither the paid day nor the way of waiting."""
    three_days = absent(MONDAY, date(2026, 3, 4))
    long_ago = before("2026-01-30", onset="2026-01-05")
    alone = rules.as_earlier(three_days, law=Law.on(MONDAY), earlier=long_ago)
    assert (alone.last_paid_day, alone.onset, alone.wait) == (date(2026, 3, 1), MONDAY, "full")
    relapse = rules.as_earlier(absent(MONDAY, MONDAY), law=Law.on(MONDAY), earlier=before("2026-02-20"))
    assert (relapse.last_paid_day, relapse.onset) == (date(2026, 2, 20), date(2026, 2, 2))


def test_the_way_of_waiting_goes_on():
    def later(earlier: Earlier | None) -> Earlier:
        claim = away("rehabilitation_allowance", details={"waiting": "thirty"})
        return rules.as_earlier(claim, law=Law.on(MONDAY), earlier=earlier)

    begun_with_one_day = Earlier(last_paid_day=date(2026, 2, 28), group="rehabilitation", wait="onset")
    assert later(begun_with_one_day).wait == "onset"
    assert later(None).wait == "thirty"
    long_ago = Earlier(last_paid_day=date(2025, 2, 28), group="rehabilitation", wait="onset")
    assert later(long_ago).wait == "thirty"
