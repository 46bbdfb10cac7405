"""What differs between an application and the register, and all that only seems to: each with an agreeing twin."""

from datetime import date
from decimal import Decimal

import pytest

from employers.applications.compare import Register, Told, differences
from employers.benefits.claim import Employment, OtherDays, PayPeriod, Period
from employers.benefits.law import Law
from tests import cast


def day(text: str) -> date:
    """`3-2`: 2 March 2026."""
    month, number = text.split("-")
    return date(2026, int(month), int(number))


def days(text: str) -> tuple[date, date]:
    start, end = text.split("..")
    return day(start), day(end)


def told(text: str, amount: str | None = "1800.00", cause: int = 1) -> Told:
    start, end = days(text)
    return Told(start=start, end=end, cause=cause, amount=amount and Decimal(amount))


def paid(text: str, amount: str = "1800.00") -> PayPeriod:
    start, end = days(text)
    return PayPeriod(start=start, end=end, amount=Decimal(amount))


def window(text: str) -> Period:
    start, end = days(text)
    return Period(start=start, end=end)


def other(text: str, kind: str) -> OtherDays:
    start, end = days(text)
    return OtherDays(start=start, end=end, kind=kind)


MARCH, REST = "3-2..3-20", "3-2..3-13"
SINCE = Employment(start=date(2019, 5, 2))
ALL = (window("2-1..4-30"),)


def found(*absences: Told, unpaid=(), windows=ALL, employment=SINCE, paid_since=None, **said) -> dict[str, tuple]:
    """By code, what was claimed and what is told."""
    periods = said.pop("pay_periods", (paid(MARCH),))
    span = Period(start=min(one.start for one in periods), end=max(one.end for one in periods))
    claim = cast.claim(**{"absence": span, "pay_periods": periods} | said)
    facts = {"unpaid": unpaid, "windows": windows, "employment": employment, "paid_since": paid_since}
    register = Register(absences=absences, **facts)
    rows = differences(claim, register, laws=Law.on)
    assert len({one.code for one in rows}) == len(rows)
    return {one.code: (one.claimed, one.register) for one in rows}


def ends(text: str) -> dict[str, str]:
    start, end = days(text)
    return {"start": start.isoformat(), "end": end.isoformat()}


@pytest.mark.parametrize(
    ("absences", "said"),
    [
        ([told(MARCH)], {}),
        ([told(MARCH, "1800.99")], {}),  # a cent here or there
        ([told(MARCH, "1817.00")], {}),  # less than a hundredth
        ([told(MARCH, None)], {}),  # masked
        ([told("3-2..3-6", "600.00"), told("3-9..3-13", "600.00"), told("3-16..3-20", "600.00")], {}),  # by the week
        ([told("3-2..3-31", "2700.00")], {}),  # told of more days than are claimed
        ([told("3-1..3-22")], {}),  # a Sunday more at both ends
        ([told("3-3..3-20")], {}),  # it began in the middle of a day
        ([told(MARCH, "1000.00"), told(MARCH, "800.00")], {}),  # paid in two goes
        ([told("3-2..3-13", "1200.00"), told("3-16..3-17", "300.00", 21), told("3-18..3-20", "300.00")],
         {"other_days": (other("3-16..3-17", "annual_leave"),), "pay_periods": (paid(MARCH, "1500.00"),)}),
        ([told("3-2..3-31", "2400.00"), told("4-1..4-10", "1200.00")],
         {"pay_periods": (paid("3-2..4-10", "3600.00"),)}),
        ([told("3-2..4-10", "3600.00")],
         {"pay_periods": (paid("3-2..3-31", "2400.00"), paid("4-1..4-10", "1200.00"))}),
        ([told(MARCH, "900.00")], {"pay_basis": "difference"}),
        ([told(MARCH, cause=20)], {"insurer_case": "occupational_accident"}),
        ([told("3-2..3-8"), told("3-30..4-3", "500.00")], {"pay_periods": (paid("3-30..4-3", "500.00"),)}),  # a relapse
        ([told(MARCH, cause=3)], {"benefit": "donor_allowance"}),  # told under causes that we do not know
        ([told("4-2..4-10"), told("4-6..4-6", "80.00", 18)], {"pay_periods": (paid("4-2..4-10"),)}),  # Easter Monday
    ],
)  # fmt: skip
def test_what_agrees(absences, said):
    assert found(*absences, **said) == {}


@pytest.mark.parametrize(
    ("absences", "said", "expected"),
    [
        ([told(MARCH, "1200.00")], {}, {"pay": ("1800.00", "1200.00")}),
        ([told(MARCH, "1830.00")], {}, {"pay": ("1800.00", "1830.00")}),
        ([told("3-2..3-31", "2400.00"), told("4-1..4-10", "600.00")],
         {"pay_periods": (paid("3-2..4-10", "3600.00"),)}, {"pay": ("3600.00", "3000.00")}),
        ([told(REST)], {}, {"period": (ends(MARCH), ends(REST))}),
        ([told("3-9..3-20")], {}, {"period": (ends(MARCH), ends("3-9..3-20"))}),
        ([told("3-2..3-6"), told("3-16..3-20")], {}, {"worked_days": (ends(MARCH), ends("3-9..3-13"))}),
        ([told(MARCH, cause=21)], {}, {"cause": ("cause_1", "cause_21")}),
        ([told(REST), told("3-16..3-20", cause=20)], {}, {"cause": ("cause_1", "cause_20")}),
        ([], {}, {"not_told": (ends(MARCH), "")}),
        ([told("2-2..2-6")], {}, {"not_told": (ends(MARCH), "")}),
    ],
)  # fmt: skip
def test_what_differs(absences, said, expected):
    assert found(*absences, **said) == expected


@pytest.mark.parametrize("windows", [(), (window("2-1..2-28"),), (window("2-1..3-13"),)])
@pytest.mark.parametrize("absences", [[], [told(REST)]])
def test_days_of_which_nothing_is_told_yet_differ_in_nothing(absences, windows):
    assert found(*absences, windows=windows) == {}


def test_windows_that_follow_each_other_are_one():
    assert set(found(windows=(window("2-1..3-8"), window("3-9..4-30")))) == {"not_told"}


ENDED, BEGAN = Employment(start=SINCE.start, end=day("3-13")), Employment(start=day("3-9"))


@pytest.mark.parametrize(
    ("known", "said", "paid_since", "expected"),
    [
        (ENDED, SINCE, None, {"employment_end": ("", "2026-03-13")}),
        (ENDED, Employment(start=SINCE.start, end=day("3-20")), None, {"employment_end": ("2026-03-20", "2026-03-13")}),
        (ENDED, ENDED, None, {}),
        (Employment(start=SINCE.start, end=day("3-20")), SINCE, None, {}),  # it ended with the absence
        (BEGAN, SINCE, None, {"employment_start": ("2019-05-02", "2026-03-09")}),
        (BEGAN, SINCE, day("2-1"), {}),  # another contract went before it
        (Employment(start=day("6-1")), SINCE, None, {}),  # employed anew after the absence
        (Employment(start=date(2020, 1, 1)), SINCE, None, {}),  # it does not matter for these days
        (None, SINCE, None, {}),
        (ENDED, None, None, {}),
    ],
)
def test_the_employment(known, said, paid_since, expected):
    claim = cast.claim(absence=window(MARCH), pay_periods=(paid(MARCH),), employment=said)
    register = Register(absences=[told(MARCH)], windows=ALL, employment=known, paid_since=paid_since)
    assert {one.code: (one.claimed, one.register) for one in differences(claim, register, laws=Law.on)} == expected


def test_family_leave_needs_three_months_of_employment():
    said = {"benefit": "family_leave_compensation", "absence": window(MARCH), "employment": SINCE}
    for start, codes in ((date(2025, 12, 20), {"employment_start"}), (date(2025, 12, 1), set())):
        register = Register(employment=Employment(start=start))
        assert {one.code for one in differences(cast.claim(**said), register, laws=Law.on)} == codes


def test_pay_for_days_told_as_unpaid():
    first, rest = window("3-2..3-5"), told("3-6..3-20")
    assert found(rest, unpaid=[first]) == {"unpaid": (ends(MARCH), ends("3-2..3-5"))}
    assert found(unpaid=[window(MARCH)], windows=()) == {"unpaid": (ends(MARCH), ends(MARCH))}
    assert found(told(MARCH), unpaid=[first]) == {}
    assert found(rest, unpaid=[first], pay_periods=(paid("3-6..3-20"),)) == {}
