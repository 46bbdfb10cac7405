"""Which family leave is pregnancy leave, and which months of it accrue annual leave."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employers.benefits.claim import Period
from employers.benefits.family_time import details_told, family_times, is_woman, same_child, split
from employers.benefits.law import Law
from employers.benefits.leave_months import full_months, is_in_time
from employers.benefits.periods import overlap
from employers.benefits.weekdays import weekdays_between
from tests.benefits.strategies import unhurried

LAW = Law.on(date(2026, 3, 2))
MARCH_2, APRIL_18 = date(2026, 3, 2), date(2026, 4, 18)


def day(month, number, year=2026):
    return date(year, month, number)


def leave(start, end):
    return Period(start=start, end=end)


def benefits(absence, **about):
    (time,) = family_times([absence], law=LAW, **about)
    return list(split(absence, time))


@pytest.mark.parametrize(
    ("code", "woman"), [("010190-9123", True), ("010190-901R", False), ("131052-308T", True), ("", False)]
)
def test_the_individual_number_of_women_is_even(code, woman):
    assert is_woman(code) is woman


def test_a_womans_first_leave_is_pregnancy_leave_for_forty_weekdays():
    """40 weekdays from 2 March 2026 end on 18 April: the reference's own example."""
    assert benefits(leave(MARCH_2, day(9, 9)), woman=True) == [
        ("pregnancy_allowance", leave(MARCH_2, APRIL_18)),
        ("parental_allowance", leave(day(4, 20), day(9, 9))),
    ]


def test_a_mans_is_parental_leave():
    whole = leave(MARCH_2, day(4, 30))
    assert benefits(whole, woman=False) == [("parental_allowance", whole)]


def test_what_the_employer_has_said_counts_more():
    whole = leave(MARCH_2, day(4, 30))
    assert benefits(whole, woman=True, parental=[leave(MARCH_2, day(3, 10))]) == [("parental_allowance", whole)]
    later = leave(day(3, 16), APRIL_18)
    said = benefits(whole, woman=False, pregnancies=[later])
    assert ("pregnancy_allowance", later) in said
    assert ("parental_allowance", leave(MARCH_2, day(3, 15))) in said


def test_special_pregnancy_leave_comes_before():
    """The first day of any parents' allowance decides the year of them all."""
    special, own = leave(day(1, 12), day(3, 1)), leave(MARCH_2, day(5, 30))
    (time,) = family_times([own], special=[special], woman=True, law=LAW)
    assert (time.first_day, time.pregnancy) == (day(1, 12), leave(MARCH_2, APRIL_18))
    assert details_told(MARCH_2, benefit="pregnancy_allowance", time=time) == {"first_benefit_day": day(1, 12)}


def test_a_leave_within_two_years_is_for_the_same_child():
    first, second = leave(MARCH_2, day(5, 30)), leave(day(2, 1, 2028), day(2, 29, 2028))
    times = family_times([first, second], woman=True, law=LAW)
    assert len(times) == 1
    assert list(split(second, times[0])) == [("parental_allowance", second)]
    told = details_told(second.start, benefit="parental_allowance", time=times[0])
    used = len(weekdays_between(day(4, 20), day(5, 30)))
    assert told == {"first_benefit_day": MARCH_2, "days_used": used, "raised_days_used": used}
    third = leave(day(3, 2, 2028), day(5, 30, 2028))
    again = family_times([first, third], woman=True, law=LAW)
    assert [time.first_day for time in again] == [MARCH_2, day(3, 2, 2028)]
    assert again[1].pregnancy


DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2027, 12, 31))
LEAVES = st.lists(
    st.builds(lambda start, days: leave(start, start + timedelta(days=days)), DAYS, st.integers(0, 200)), max_size=6
)


@unhurried
@given(LEAVES, st.booleans())
def test_every_leave_is_in_one_time_and_every_weekday_is_for_one_allowance(leaves, woman):
    times = family_times(leaves, woman=woman, law=LAW)
    for one in leaves:
        (time,) = [time for time in times if time.first_day <= one.start < time.until]
        parts = [period for _benefit, period in split(one, time)]
        counted = [day for part in parts for day in weekdays_between(part.start, part.end)]
        assert sorted(counted) == weekdays_between(one.start, one.end)
        assert not any(overlap(a, b) for index, a in enumerate(parts) for b in parts[:index])
        if not woman:
            assert {benefit for benefit, _period in split(one, time)} == {"parental_allowance"}


def test_no_two_children_come_within_nine_months():
    assert same_child(MARCH_2, day(12, 1))
    assert not same_child(MARCH_2, day(12, 2))


def test_months_with_fourteen_days_accrue_leave():
    """From 16 March: 14 weekdays of March; 24 of April; 13 of May until the 18th, with Ascension Day off."""
    months = full_months([leave(day(3, 16), day(5, 18))], law=LAW)
    assert [(one.name, one.paid_days) for one in months] == [("2026-03", 14), ("2026-04", 24)]
    assert full_months([leave(day(3, 17), day(3, 31))], law=LAW) == []


def test_leave_accrues_for_160_weekdays_and_all_of_special_pregnancy_leave():
    """160 weekdays from 2 March 2026 end on 9 September: too few of September are left."""
    year = leave(MARCH_2, day(3, 1, 2027))
    assert [one.name for one in full_months([year], law=LAW)] == [f"2026-0{month}" for month in range(3, 9)]
    special = [leave(day(1, 1), day(3, 1))]
    assert [one.name for one in full_months([year], special=special, law=LAW)][:2] == ["2026-01", "2026-02"]


def test_each_month_has_two_years():
    """15:6. 1 March 2028 is a Wednesday."""
    (month,) = full_months([leave(MARCH_2, day(3, 31))], law=LAW)
    assert is_in_time(month, on=day(3, 1, 2028), law=LAW)
    assert not is_in_time(month, on=day(3, 2, 2028), law=LAW)
